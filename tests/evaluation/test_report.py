import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from rag.evaluation.questions import Case
from rag.evaluation.report import marked, render_report, web_address
from rag.evaluation.results import Result
from rag.evaluation.run_folder import Run
from rag.evaluation.running import evaluate_assistant
from tests.evaluation.sets import town_archive, town_assistant, town_cases

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&"


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder = tmp_path_factory.mktemp("report")
    archive = town_archive(folder / "towns")
    assistant = town_assistant(archive, declined=("Tarn",))
    return evaluate_assistant(town_cases(), assistant, folder=folder / "towns-run")


class Tags(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def hostile(run: Run) -> Run:
    """Every text of the run as an article that means harm could have it."""
    answer = {
        "text": HOSTILE,
        "abstained": False,
        "abstained_because": None,
        "sentences": [
            {
                "text": HOSTILE,
                "supported": True,
                "reason": None,
                "citations": [
                    {"marker": 1, "quote": HOSTILE, "article": "a", "start": 0, "end": 9}
                ],
            }
        ],
        "evidence": [{"quote": HOSTILE, "article": "a", "start": 0, "end": 9, "score": 0.5}],
        "articles": {
            "a": {
                "title": HOSTILE,
                "publisher": HOSTILE,
                "url": "javascript:alert(3)",
                "published": None,
            }
        },
    }
    case = Case(HOSTILE, HOSTILE, (HOSTILE,), answerable=True, kind=HOSTILE, articles=(HOSTILE,))
    results: list[Result] = [replace(each, case=case, answer=answer) for each in run.results]
    return replace(run, results=results, by_kind={HOSTILE: run.figures})


def test_nothing_that_an_article_says_becomes_part_of_the_page(run: Run) -> None:
    tags = Tags(render_report(hostile(run))).found
    assert [tag for tag, _ in tags].count("script") == 1
    assert "img" not in [tag for tag, _ in tags]
    assert [name for _, given in tags for name in given if name.startswith("on")] == []
    assert [given["href"] for tag, given in tags if tag == "a"] == []


def test_the_page_needs_no_other_file(run: Run) -> None:
    page = render_report(run)
    loading = [
        (tag, name)
        for tag, given in Tags(page).found
        for name in ("src", "href", "xlink:href", "srcset", "data")
        if (given.get(name) or "#").startswith("#") is False
    ]
    assert loading == []
    assert re.findall(r"https?://|@import|url\((?!#)", page) == []


def test_every_question_and_every_figure_is_there(run: Run) -> None:
    page = render_report(run)
    assert page.count('<details class="question"') == len(run.results)
    assert [
        figure.name for figure in run.figures if f"<code>{figure.name}</code>" not in page
    ] == []
    assert page.count("<svg") == 4


def test_the_report_lies_in_the_run_and_is_the_same_again(run: Run) -> None:
    assert run.report == Path(run.folder) / "report.html"
    assert run.report.read_text() == render_report(run)


def test_accepted_answers_are_marked_as_whole_words() -> None:
    text = marked("4 of 14 <b>came</b>, Four", ["4", "four"])
    assert str(text) == "<mark>4</mark> of 14 &lt;b&gt;came&lt;/b&gt;, <mark>Four</mark>"


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://a.example/x", "https://a.example/x"),
        ("javascript:alert(1)", None),
        (" https://a.example", None),
        (None, None),
    ],
)
def test_only_addresses_of_the_web_are_linked(address: object, kept: str | None) -> None:
    assert web_address(address) == kept
