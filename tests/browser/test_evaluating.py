"""Evaluating on the page."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("playwright", reason="pip install -e '.[dev]' brings playwright")

from playwright.sync_api import Page, expect

from rag import Archive
from tests.browser.pages import BECAUSE, BROWSER, WHY
from tests.fakes import ScriptedGenerator

pytestmark = BROWSER


def question_set(folder: Path) -> Path:
    """Three questions: one that the articles answer, one hostile, one that they do not answer."""
    hostile = "Was anybody hurt in the <img src=x onerror=window.hacked=true> ferry fire?"
    cases = [
        {"id": "1", "question": WHY, "answers": ["over pay"], "answerable": True, "kind": "why"},
        {"id": "2", "question": hostile, "answers": ["Nobody"], "answerable": True, "kind": "<b>"},
        {"id": "3", "question": "Who is the mayor of Atlantis?", "answerable": False},
    ]
    file = folder / "dockers.jsonl"
    file.write_text("".join(f"{json.dumps(case)}\n" for case in cases))
    return file


def test_a_question_set_is_evaluated_and_its_report_downloaded(
    archive: Archive, tmp_path: Path, visit: Callable[[ScriptedGenerator], Page]
) -> None:
    declined = "The articles do not say."
    page = visit(ScriptedGenerator(BECAUSE, declined, declined, seconds_per_word=0.1))
    page.get_by_role("tab", name="Evaluate").click()
    page.locator("#evaluate-tab input[type=file]").set_input_files(question_set(tmp_path))
    expect(page.get_by_label("Question set")).to_have_value("dockers")
    page.get_by_role("button", name="Evaluate").click()
    expect(page.locator("#evaluation-progress .progress")).to_contain_text("of 3 questions")
    run = page.locator("#figures .run")
    expect(run.locator(".value").first).to_have_text("66.7 %", timeout=30_000)
    expect(run.locator(".legend li")).to_have_text(["right 2", "wrongly declined 1"])
    expect(run.locator("figure svg").first).to_be_visible()
    expect(page.locator("#runs label")).to_contain_text("dockers · 3 questions · 67 % right")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the report").click()
    assert download.value.suggested_filename == "report.html"
    kept = archive.folder / "evaluations" / "dockers" / "report.html"
    assert download.value.path().read_text() == kept.read_text()
    page.reload()
    page.get_by_role("tab", name="Evaluate").click()
    page.locator("#runs label").click()
    expect(run.locator(".value").first).to_have_text("66.7 %")
    assert page.evaluate("window.hacked") is None


def test_a_wrong_line_of_a_question_set_is_named(
    tmp_path: Path, visit: Callable[[None], Page]
) -> None:
    file = question_set(tmp_path)
    file.write_text(file.read_text() + '{"id": "<b>4</b>", "answerable": true}\n')
    page = visit(None)
    page.get_by_role("tab", name="Evaluate").click()
    page.locator("#evaluate-tab input[type=file]").set_input_files(file)
    expect(page.locator("#evaluation-progress .trouble")).to_have_text(
        "dockers.jsonl, line 4 has no field 'question'; add it"
    )
    page.get_by_role("button", name="Evaluate").click()
    expect(page.locator("#evaluation-progress .trouble")).to_have_text(
        "there is no such question set; choose one, or upload it"
    )


def test_an_evaluation_that_is_stopped_goes_on_where_it_was(
    tmp_path: Path, visit: Callable[[ScriptedGenerator], Page]
) -> None:
    declined = "The articles do not say."
    page = visit(
        ScriptedGenerator(BECAUSE, "word " * 500, declined, declined, seconds_per_word=0.1)
    )
    page.get_by_role("tab", name="Evaluate").click()
    page.locator("#evaluate-tab input[type=file]").set_input_files(question_set(tmp_path))
    expect(page.get_by_label("Question set")).to_have_value("dockers")
    page.get_by_role("button", name="Evaluate").click()
    expect(page.locator("#evaluation-progress .progress")).to_contain_text("1 of 3 questions")
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("#evaluation-progress")).to_contain_text("Stopped. 1 of 3 questions")
    expect(page.locator("#runs label")).to_contain_text("stopped at 1 of 3 questions")
    page.get_by_role("button", name="Evaluate").click()
    value = page.locator("#figures .run .value").first
    expect(value).to_have_text("66.7 %", timeout=30_000)
    expect(page.locator("#runs label")).to_have_count(1)
