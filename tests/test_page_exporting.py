import json

import pytest

from rag.conversations import Rating
from rag.page.conversation import Exchange, Fate
from rag.page.exporting import file_name, to_json_lines, to_markdown
from rag.page.keeping import keep
from tests.page_values import HOSTILE, PORT, cite, make_answer, proved, quote

ANSWER = make_answer(
    proved("Over pay.", cite(PORT, "They want more pay.")),
    text="Over pay [1].",
    evidence=[quote(PORT, "They want more pay.")],
)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        pytest.param("Why did they strike?", "Why-did-they-strike.md", id="a question"),
        pytest.param("../../etc/passwd", "etc-passwd.md", id="a path"),
        pytest.param("¿¡!?", "conversation.md", id="no letters"),
        pytest.param("é" * 99, "é" * 60 + ".md", id="a long one"),
    ],
)
def test_a_file_has_a_name_that_every_system_takes(title: str, name: str) -> None:
    assert file_name(title, "md") == name


def test_markdown_tells_all_questions_with_answers_sources_and_ratings() -> None:
    conversation = (
        Exchange(1, "Why?", answer=ANSWER, rating=Rating(False, "too *short*")),
        Exchange(2, "When?", stopped=True),
        Exchange(3, "Who?", error="the model broke off; ask again"),
    )
    assert to_markdown("Why?", conversation) == (
        "# Why?\n\n"
        "## 1. Why?\n\n"
        "Over pay \\[1\\].\n\n"
        "\\[1\\] “Port strike begins” (Harrow Gazette, 14 August 2023) "
        "https://www.harrow.example/port?a=1&b=2\n\n"
        "> “They want more pay.”\n\n"
        "*Rated bad: too \\*short\\**\n\n"
        "## 2. When?\n\n*Stopped*\n\n"
        "## 3. Who?\n\n*the model broke off; ask again*\n"
    )


def test_markdown_says_which_articles_are_no_longer_the_same() -> None:
    told = to_markdown("Why?", (Exchange(1, "Why?", answer=ANSWER, outdated={"port": Fate.GONE}),))
    assert (
        "*“Port strike begins” is no longer in the archive; the words are shown as they were then.*"
    ) in told


def test_nothing_in_an_exchange_is_markup_in_markdown() -> None:
    answer = make_answer(proved("Bad.", cite(HOSTILE, HOSTILE.text)), text=HOSTILE.text)
    told = to_markdown(HOSTILE.text, (Exchange(1, HOSTILE.text, answer=answer),))
    assert "<script" not in told.replace("\\<", "")
    assert "](javascript" not in told.replace("\\]", "")


def test_json_lines_have_the_answer_with_its_proof() -> None:
    kept = [keep(Exchange(1, "Why?", answer=ANSWER)), keep(Exchange(2, "When?", stopped=True))]
    first, second = map(json.loads, to_json_lines("abc", kept).splitlines())
    assert (first["conversation"], first["number"], first["question"]) == ("abc", 1, "Why?")
    (citation,) = first["answer"]["sentences"][0]["citations"]
    start = PORT.text.index("They want")
    assert citation == {
        "marker": 1,
        "article": "port",
        "start": start,
        "end": start + 19,
        "also": [],
        "quote": "They want more pay.",
    }
    assert first["articles"]["port"]["title"] == "Port strike begins"
    assert (second["answer"], second["stopped"], second["rating"]) == (None, True, None)
