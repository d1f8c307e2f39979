"""The public contract, with a scripted model; at the end once with the real ones."""

import json
import re
import weakref
from collections.abc import Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

import rag
from rag import AnswerFinished, Archive, Assistant, EvidenceFound, Question, TextWritten, ask
from rag.types import Judging, Message
from tests.fakes import ScriptedGenerator, make_archive

TRIP = {
    "title": "Blinken cancels China trip",
    "text": "Antony Blinken cancelled his trip to China because of a balloon. "
    "He said that he would travel when conditions allow.",
    "publisher": "AP",
    "published": "2023-02-04",
}
MEETING = {
    "title": "Raimondo meets Wang Wentao",
    "text": "Gina Raimondo met Wang Wentao in Washington on Thursday. "
    "They spoke about export controls.",
    "publisher": "Reuters",
    "published": "2023-05-25",
}
RIGHT = "Blinken cancelled his trip because of a balloon."


def write_dump(file: Path) -> Path:
    file.write_text("\n".join(map(json.dumps, (TRIP, MEETING))), encoding="utf-8")
    return file


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    archive = make_archive(tmp_path / "archive")
    archive.add(write_dump(tmp_path / "dump.jsonl"))
    return archive


def test_an_answer_has_markers_whose_citations_are_verbatim(archive: Archive) -> None:
    answer = ask("Why was the trip cancelled?", archive=archive, model=ScriptedGenerator(RIGHT))
    assert answer.text == "Blinken cancelled his trip because of a balloon [1]."
    assert answer.abstained is False
    citation = answer.citations[0]
    assert citation.marker == 1
    assert citation.quote == "Antony Blinken cancelled his trip to China because of a balloon."
    assert citation.quote == citation.article.text[citation.start : citation.end]
    assert citation.article.title == "Blinken cancels China trip"
    assert citation.article.published == date(2023, 2, 4)
    assert answer.sentences[0].text == RIGHT
    assert answer.sentences[0].supported
    assert answer.sentences[0].citations == (citation,)


def test_in_an_archive_of_the_past_a_month_is_that_of_any_year(archive: Archive) -> None:
    written = "The February trip was cancelled because of a balloon."
    generator = ScriptedGenerator(written)
    answer = ask("Why was the February trip cancelled?", archive=archive, model=generator)
    assert [(each.text, each.supported) for each in answer.sentences] == [(written, True)]


def test_every_marker_in_the_text_has_a_citation_and_every_citation_a_marker(
    archive: Archive,
) -> None:
    reply = f"{RIGHT} Gina Raimondo met Wang Wentao [9]. They spoke about export controls [3]."
    answer = Assistant(archive, ScriptedGenerator(reply)).ask("What about China?")
    markers = {int(number) for number in re.findall(r"\[(\d+)\]", answer.text)}
    assert markers == {citation.marker for citation in answer.citations} == {1, 2}


def test_a_question_that_no_article_answers_is_declined(archive: Archive) -> None:
    generator = ScriptedGenerator("The articles do not say.")
    answer = ask("What does the trip cost?", archive=archive, model=generator)
    assert answer.abstained
    assert answer.text.startswith("The articles do not say. The nearest, “")
    assert answer.citations == []
    assert answer.evidence != ()


def test_an_empty_archive_declines_without_asking_the_model(tmp_path: Path) -> None:
    generator = ScriptedGenerator()
    answer = ask("Why?", archive=make_archive(tmp_path / "empty"), model=generator)
    assert (answer.abstained, answer.text) == (True, "The articles do not say.")
    assert generator.asked == []


def test_without_a_model_the_answer_is_quotes(archive: Archive) -> None:
    answer = Assistant(archive, model="none").ask("Who met Wang Wentao?")
    assert answer.text == (
        "Reuters, 25 May 2023: “Gina Raimondo met Wang Wentao in Washington on Thursday.” "
        "(Thursday = 25 May 2023) [1]"
    )
    assert answer.model == "none"


def test_the_model_of_the_settings_is_the_default(tmp_path: Path) -> None:
    archive = make_archive(tmp_path / "archive", model="none")
    assert Assistant(archive).generator is None


def test_a_model_may_be_named_by_a_path(archive: Archive) -> None:
    with pytest.raises(rag.ModelError, match=r"no model file .*missing\.gguf"):
        ask("Why?", archive=archive, model=Path("missing.gguf"))


@pytest.mark.parametrize(
    "history",
    [
        pytest.param([("Who did Raimondo meet?", "Wang Wentao [1].")], id="pairs"),
        pytest.param([["Who did Raimondo meet?", "Wang Wentao [1]."]], id="lists"),
        pytest.param((rag.Turn("Who did Raimondo meet?", "Wang Wentao [1]."),), id="turns"),
    ],
)
def test_a_follow_up_is_understood_from_the_turn_before(
    archive: Archive, history: Sequence[tuple[str, str]]
) -> None:
    generator = ScriptedGenerator("Gina Raimondo met Wang Wentao in Washington.")
    answer = Assistant(archive, generator).ask("Where?", history=history)
    assert answer.citations[0].article.title == "Raimondo meets Wang Wentao"
    assert answer.question == "Where?"
    assert "Question: Where did Raimondo meet Wang Wentao?" in generator.asked[0][1].content


def test_turns_may_come_with_the_question(archive: Archive) -> None:
    question = Question("Where?", history=(rag.Turn("Who did Raimondo meet?", "Wang Wentao."),))
    answer = Assistant(archive, model="none").ask(question)
    assert answer.citations[0].article.title == "Raimondo meets Wang Wentao"


@pytest.mark.parametrize(
    "turn",
    [
        pytest.param(("Only a question?",), id="one-part"),
        pytest.param(("Who?", None), id="no-answer-yet"),
        pytest.param("no", id="text-of-two-characters"),
        pytest.param({"role": "user", "content": "Who?"}, id="chat-message"),
        pytest.param(("Who?", "He.", "Why?"), id="three-parts"),
    ],
)
def test_a_turn_that_is_not_a_question_and_an_answer_is_refused(
    archive: Archive, turn: tuple[str, str]
) -> None:
    with pytest.raises(ValueError, match=r"expected turns of \(question, answer\), both text"):
        Assistant(archive, model="none").ask("Where?", history=[turn])


def test_filters_of_the_question_hold_for_everything_that_is_found(archive: Archive) -> None:
    question = Question("Who cancelled the trip?", published_from=date(2023, 5, 1))
    answer = Assistant(archive, model="none").ask(question)
    assert {quote.article.title for quote in answer.evidence} == {"Raimondo meets Wang Wentao"}


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("", id="empty"),
        pytest.param("???", id="punctuation"),
        pytest.param("😀" * 50, id="emoji"),
        pytest.param("Why \x00 was\u2028the trip\x85 cancelled", id="control-characters"),
        pytest.param("لماذا ألغيت الرحلة؟", id="right-to-left"),
        pytest.param("caf\udce9 trip", id="bytes-that-are-no-text"),
        pytest.param('AND OR NOT (trip:* "x [1 TO 2] ^~ \\', id="query-syntax"),
        pytest.param("trip " * 2000, id="ten-thousand-characters"),
        pytest.param("x" * 10_000, id="endless-word"),
    ],
)
def test_whatever_is_typed_is_answered_or_declined(archive: Archive, question: str) -> None:
    answer = ask(question, archive=archive, model=ScriptedGenerator(RIGHT))
    assert answer.abstained or answer.citations
    answer.text.encode()


def test_events_come_with_the_evidence_first_and_the_answer_last(archive: Archive) -> None:
    events = list(Assistant(archive, ScriptedGenerator(RIGHT)).stream("Why was it cancelled?"))
    assert isinstance(events[0], EvidenceFound)
    assert isinstance(events[-1], AnswerFinished)
    written = [event.text for event in events if isinstance(event, TextWritten)]
    assert "".join(written) == RIGHT


def test_the_evidence_is_there_before_the_model_is_asked(archive: Archive) -> None:
    generator = ScriptedGenerator(RIGHT)
    stream = Assistant(archive, generator).stream("Why was the trip cancelled?")
    assert stream.evidence[0].text.startswith("Antony Blinken cancelled his trip")
    assert generator.asked == []
    assert stream.answer.text == "Blinken cancelled his trip because of a balloon [1]."
    assert stream.evidence == stream.answer.evidence


def test_leaving_the_stream_stops_the_model(archive: Archive) -> None:
    generator = ScriptedGenerator(RIGHT)
    with Assistant(archive, generator).stream("Why was the trip cancelled?") as stream:
        while not isinstance(next(stream), TextWritten):
            pass
    assert generator.stopped == 1
    assert list(stream) == []
    with pytest.raises(ValueError, match="closed before the answer was finished"):
        _ = stream.answer


def test_a_stream_that_was_closed_at_once_has_no_evidence(archive: Archive) -> None:
    stream = Assistant(archive, ScriptedGenerator(RIGHT)).stream("Why?")
    stream.close()
    assert stream.evidence == ()


def test_a_stream_without_evidence_says_so(tmp_path: Path) -> None:
    stream = Assistant(make_archive(tmp_path / "empty"), ScriptedGenerator()).stream("Why?")
    assert stream.evidence == ()
    assert stream.answer.abstained


class Echo:
    """Repeats what the first passage says; several threads may ask at once."""

    name, context_size = "echo", 4096

    def count_tokens(self, text: str) -> int:
        return len(text.split())

    def stream(
        self, messages: Sequence[Message], *, max_tokens: int, judging: Judging | None = None
    ) -> Generator[str, None, None]:
        yield from re.findall(r"\S+\s*", messages[1].content.split("\n")[3])


def test_threads_asking_at_once_each_get_their_own_answer(archive: Archive) -> None:
    assistant = Assistant(archive, Echo())
    questions = ["Why was the trip of Blinken cancelled?", "Who met Wang Wentao?"] * 10
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(assistant.ask, questions))
    alone = {question: Assistant(archive, Echo()).ask(question) for question in questions[:2]}
    assert [(each.question, each.text) for each in answers] == [
        (question, alone[question].text) for question in questions
    ]
    assert "Gina Raimondo met Wang Wentao" in alone[questions[1]].text


def test_an_assistant_can_be_changed_and_shares_the_model_that_stays(archive: Archive) -> None:
    generator = ScriptedGenerator(RIGHT)
    before = Assistant(archive, generator)
    more = before.changed(passages=7)
    assert (more.settings.passages, more.generator) == (7, generator)
    quotes = more.changed(model="none")
    assert (quotes.settings.passages, quotes.settings.model, quotes.generator) == (7, "none", None)
    assert (before.settings.passages, before.generator) == (6, generator)
    assert quotes.ask("Why was the trip cancelled?").model == "none"
    assert before.ask("Why was the trip cancelled?").model == "scripted"


def test_ask_leaves_the_archive_that_it_was_given_open(archive: Archive) -> None:
    ask("Why?", archive=archive, model="none")
    assert len(archive) == 2


def test_loading_makes_ready_what_asking_needs(archive: Archive) -> None:
    assistant = Assistant(archive, "none")
    assistant.load()
    assert assistant.generator is None


@pytest.mark.model
def test_the_real_models_answer_through_the_public_contract(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    models_folder: Path,
    minilm_folder: Path,
    smollm_file: Path,
) -> None:
    monkeypatch.setenv("NEWSDESK_MODELS", str(models_folder))
    monkeypatch.setenv("NEWSDESK_ANSWER_TOKENS", "40")
    with Archive(tmp_path / "archive") as archive:
        report = archive.add(write_dump(tmp_path / "dump.jsonl"))
        assert (len(report.added), report.failed, report.vectors_left) == (2, [], 0)
        passages = archive.search("Which journey did the secretary call off?", k=10)
        assert passages[0].text in passages[0].article.text
    question = "Why did Antony Blinken cancel his trip to China?"
    answer = ask(question, archive=tmp_path / "archive", model="smollm2-135m")
    assert answer.model == "smollm2-135m"
    assert not answer.abstained
    assert "balloon" in answer.text
    for citation in answer.citations:
        assert citation.quote == citation.article.text[citation.start : citation.end]


@pytest.mark.model
def test_an_assistant_that_lets_its_model_go_loads_it_when_asked_again(
    tmp_path: Path, smollm_file: Path
) -> None:
    archive = make_archive(tmp_path / "archive", models=smollm_file.parents[1])
    archive.add(write_dump(tmp_path / "dump.jsonl"))
    assistant = Assistant(archive, "smollm2-135m")
    before = weakref.ref(assistant.generator)
    assistant.release()
    assert before() is None
    assert assistant.ask("Why was the trip cancelled?").model == "smollm2-135m"


def test_a_generator_that_was_given_stays(archive: Archive) -> None:
    generator = ScriptedGenerator(RIGHT)
    assistant = Assistant(archive, generator)
    assistant.release()
    assert assistant.generator is generator
