import json
from dataclasses import replace
from datetime import UTC, datetime

from pydantic import TypeAdapter

from rag.json_form import Place, answer_form, article_form, from_form, to_form
from rag.types import Answer, Article, Citation, DateOrigin, Quote, Sentence, Span, Timings

TRIP = Article(
    "trip",
    "Trip “off”",
    "He stayed. 😀 went.",
    publisher="AP",
    author="A. Writer",
    url="https://example.org/trip",
    published=datetime(2023, 2, 4, 12, 30, tzinfo=UTC),
    published_origin=DateOrigin.METADATA,
)
FLOOD = Article("flood", "", "It rained.")
REPRINT = Article("reprint", "", "Yes: he stayed.")
CITATION = Citation(1, TRIP, 0, 10, (Quote(REPRINT, 5, 15),))
ANSWER = Answer(
    question="Why?",
    text="He stayed [1].",
    sentences=(
        Sentence("He stayed.", True, (CITATION,)),
        Sentence("He flew.", False, (), "no article says so"),
    ),
    evidence=(Quote(TRIP, 0, 10, 0.123456), Quote(FLOOD, 0, 10, 0.1)),
    abstained=False,
    abstained_because=None,
    model="scripted",
    timings=Timings(0.25, None, 0.5),
    confidence=0.6543,
)
ECHO = {"quote": "he stayed.", "article": "reprint", "start": 5, "end": 15, "score": 0.0}
CITED = {"marker": 1, "quote": "He stayed.", "article": "trip", "start": 0, "end": 10}
CITED |= {"also": [ECHO]}
DESCRIBED = {
    "id": "trip",
    "title": "Trip “off”",
    "publisher": "AP",
    "author": "A. Writer",
    "url": "https://example.org/trip",
    "published": "2023-02-04T12:30:00+00:00",
    "published_origin": "metadata",
}
BARE: dict[str, str | None] = {
    "id": "flood",
    "title": "",
    "publisher": None,
    "author": None,
    "url": None,
}
BARE |= {"published": None, "published_origin": None}


def test_an_answer_is_told_whole_with_each_article_once() -> None:
    assert json.loads(json.dumps(answer_form(ANSWER))) == {
        "question": "Why?",
        "text": "He stayed [1].",
        "abstained": False,
        "abstained_because": None,
        "confidence": 0.6543,
        "sentences": [
            {
                "text": "He stayed.",
                "supported": True,
                "reason": None,
                "citations": [CITED],
                "disagreement": None,
            },
            {
                "text": "He flew.",
                "supported": False,
                "reason": "no article says so",
                "citations": [],
                "disagreement": None,
            },
        ],
        "citations": [CITED],
        "evidence": [
            {"quote": "He stayed.", "article": "trip", "start": 0, "end": 10, "score": 0.1235},
            {"quote": "It rained.", "article": "flood", "start": 0, "end": 10, "score": 0.1},
        ],
        "articles": {"trip": DESCRIBED, "reprint": BARE | {"id": "reprint"}, "flood": BARE},
        "model": "scripted",
        "timings": {"evidence_seconds": 0.25, "first_token_seconds": None, "total_seconds": 0.5},
    }


def test_offsets_count_characters() -> None:
    answer = replace(ANSWER, evidence=(Quote(TRIP, 11, 18),))
    told = json.loads(json.dumps(answer_form(answer)))["evidence"][0]
    assert told["quote"] == "😀 went." == TRIP.text[told["start"] : told["end"]]


def test_an_article_is_described_without_its_text() -> None:
    assert article_form(FLOOD) == BARE


def test_an_answer_is_read_back_as_it_was() -> None:
    articles: dict[str, Article] = {}
    form = json.loads(json.dumps(to_form(ANSWER, articles)))
    placed = from_form(form, lambda id_, span, words: Place(articles[id_], span))
    read = TypeAdapter(Answer).validate_python(placed)
    rounded = tuple(replace(quote, score=round(quote.score, 4)) for quote in ANSWER.evidence)
    assert read == replace(ANSWER, evidence=rounded)


def test_words_may_stand_elsewhere_when_an_answer_is_read_back() -> None:
    later = replace(TRIP, text="Corrected. He stayed.")
    told: list[tuple[str, Span, str]] = []

    def locate(id_: str, span: Span, words: str) -> Place:
        told.append((id_, span, words))
        return Place(later, Span(11, 21))

    read = TypeAdapter(Citation).validate_python(from_form(to_form(CITATION, {}), locate))
    assert told == [
        ("trip", Span(0, 10), "He stayed."),
        ("reprint", Span(5, 15), "he stayed."),
    ]
    assert read == Citation(1, later, 11, 21, (Quote(later, 11, 21),))
    assert read.quote == "He stayed."
