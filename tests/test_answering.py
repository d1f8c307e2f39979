from collections.abc import Generator as PythonGenerator
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import pytest

from prompts.loader import load_prompt
from rag.answering import MODEL_DECLINED, MODEL_DOUBTS, NOTHING_FOUND, WEAK_EVIDENCE, Answerer
from rag.errors import ModelError
from rag.evidence import EvidenceFinder
from rag.types import (
    Answer,
    AnswerFinished,
    Article,
    EvidenceFound,
    Generator,
    Judging,
    Message,
    Passage,
    Question,
    SentenceChecked,
    TextWritten,
    Turn,
    Waiting,
)
from tests.fakes import ScriptedGenerator, WordEmbedder

TRIP = Article(
    "trip",
    "Trip off",
    "Blinken cancelled his trip to China because of a balloon. He will travel in June instead.",
    publisher="AP",
    published=date(2023, 2, 4),
)
FLOOD = Article("flood", "Orleby flood", "The river rose by two metres in the town of Orleby.")
WHY = Question("Why was the trip cancelled?")
PROMPT = load_prompt("answer.v2")
RIGHT = "Blinken cancelled his trip because of a balloon."


@dataclass
class FixedRetriever:
    """Finds the same articles whatever is asked, and remembers the questions."""

    articles: Sequence[Article] = (TRIP, FLOOD)
    asked: list[Question] = field(default_factory=list)

    def retrieve(self, question: Question, k: int) -> list[Passage]:
        self.asked.append(question)
        passages = [
            Passage(number, article, 0, len(article.text), 1 / number)
            for number, article in enumerate(self.articles, start=1)
        ]
        return passages[:k]


class FailingGenerator:
    """Writes one word and fails."""

    name = "failing"
    context_size = 4096

    def count_tokens(self, text: str) -> int:
        return len(text.split())

    def stream(
        self, messages: Sequence[Message], *, max_tokens: int, judging: Judging | None = None
    ) -> PythonGenerator[str, None, None]:
        yield "Blinken"
        raise ModelError("the model failed")


def answerer(
    generator: Generator | None,
    retriever: FixedRetriever | None = None,
    *,
    decline_below: float = 0.0,
) -> Answerer:
    return Answerer(
        retriever=retriever or FixedRetriever(),
        finder=EvidenceFinder(WordEmbedder(), lambda stem: 1.0),
        generator=generator,
        prompt=PROMPT,
        passages=5,
        quotes=4,
        answer_tokens=300,
        decline_below=decline_below,
    )


def answer(question: Question, *replies: str, retriever: FixedRetriever | None = None) -> Answer:
    generator = ScriptedGenerator(*replies, opinion=0.95) if replies else None
    *_, last = answerer(generator, retriever).stream(question)
    assert isinstance(last, AnswerFinished)
    return last.answer


def test_what_the_model_writes_is_checked_and_cited() -> None:
    given_answer = answer(WHY, f"{RIGHT} He went to Japan.")
    assert given_answer.text == "Blinken cancelled his trip because of a balloon [1]."
    assert [(each.text, each.supported, each.reason) for each in given_answer.sentences] == [
        (RIGHT, True, None),
        ("He went to Japan.", False, "no article names Japan with it"),
    ]
    assert [citation.quote for citation in given_answer.citations] == [
        "Blinken cancelled his trip to China because of a balloon."
    ]
    assert (given_answer.abstained, given_answer.abstained_because) == (False, None)
    assert (given_answer.question, given_answer.model) == (WHY.text, "scripted")


def test_events_come_as_they_happen() -> None:
    events = list(answerer(ScriptedGenerator(f"{RIGHT} He went to Japan.")).stream(WHY))
    assert isinstance(events[0], EvidenceFound)
    assert [passage.article for passage in events[0].passages] == [TRIP, FLOOD]
    assert events[0].evidence[0].text.startswith("Blinken cancelled his trip")
    written = [event.text for event in events if isinstance(event, TextWritten)]
    assert "".join(written) == f"{RIGHT} He went to Japan."
    checked = [place for place, event in enumerate(events) if isinstance(event, SentenceChecked)]
    assert events[checked[0] - 1] == TextWritten(" He")
    assert checked[1] == len(events) - 2
    assert isinstance(events[-1], AnswerFinished)


def test_the_model_reads_the_passages_and_the_question() -> None:
    generator = ScriptedGenerator(RIGHT)
    list(answerer(generator).stream(WHY))
    ((system, user),) = generator.asked
    assert (system.role, user.role) == ("system", "user")
    assert "[1] Trip off (AP, 4 February 2023)\nBlinken cancelled his trip" in user.content
    assert user.content.endswith(f"Question: Why was the trip cancelled?\n\n{PROMPT.answer}")


def test_the_model_reads_the_evidence_with_its_neighbours_not_whole_passages() -> None:
    filler = " ".join(f"Sentence number {number} is about rain." for number in range(1, 8))
    long = Article("long", "Trip off", f"{filler} {TRIP.text} {filler}")
    generator = ScriptedGenerator(RIGHT)
    one_quote = replace(answerer(generator, FixedRetriever((long,))), quotes=1)
    list(one_quote.stream(WHY))
    excerpt = generator.asked[0][1].content.split("\n")[3]
    assert excerpt == f"Sentence number 7 is about rain. {TRIP.text}"


def test_without_a_model_the_answer_is_quotes() -> None:
    given_answer = answer(WHY)
    assert given_answer.text == (
        "AP, 4 February 2023: “Blinken cancelled his trip to China because of a balloon.” [1]"
    )
    assert (given_answer.model, given_answer.abstained) == ("none", False)
    assert given_answer.timings.first_token_seconds is None


@pytest.mark.parametrize(
    "reply",
    [
        pytest.param("", id="empty"),
        pytest.param("[1]", id="only-a-marker"),
        pytest.param("[1]. [2][1].", id="only-markers"),
        pytest.param("\n \n", id="white-space"),
        pytest.param("4.", id="a-number"),
        pytest.param("He went to Japan.", id="unproved"),
        pytest.param("😀", id="emoji"),
    ],
)
def test_where_nothing_written_is_proved_the_answer_is_quotes(reply: str) -> None:
    given_answer = answer(WHY, reply)
    assert given_answer.text == (
        "AP, 4 February 2023: “Blinken cancelled his trip to China because of a balloon.” [1]"
    )
    assert not given_answer.abstained


def test_where_nothing_is_proved_and_the_model_was_not_sure_the_answer_declines() -> None:
    generator = ScriptedGenerator("Twenty houses burned.", opinion=0.65)
    *_, last = answerer(generator, decline_below=0.3).stream(WHY)
    assert isinstance(last, AnswerFinished)
    assert 0.3 < last.answer.confidence < 0.5
    assert last.answer.abstained_because == "no article proves what the model wrote"
    assert last.answer.text.startswith("The articles do not say. The nearest, “Trip off”")
    assert [each.text for each in last.answer.sentences] == ["Twenty houses burned."]


def test_sentences_that_are_only_markers_are_no_sentences() -> None:
    assert [each.text for each in answer(WHY, f"[1] {RIGHT} [2]").sentences] == [RIGHT]


@pytest.mark.parametrize(
    "reply",
    [
        "The articles do not say.",
        "The articles do not say",
        "the articles do not say why. Perhaps it was a balloon.",
        "The articles do not say [1].",
    ],
)
def test_a_model_that_declines_makes_the_answer_decline(reply: str) -> None:
    given_answer = answer(WHY, reply)
    assert given_answer.text == (
        "The articles do not say. The nearest, “Trip off” (AP, 4 February 2023), says: “Blinken "
        "cancelled his trip to China because of a balloon.” Another, “Orleby flood”, says: “The "
        "river rose by two metres in the town of Orleby.”"
    )
    assert (given_answer.abstained, given_answer.abstained_because) == (True, MODEL_DECLINED)
    assert [(each.supported, each.reason) for each in given_answer.sentences] == [
        (False, "it declines to answer")
    ]
    assert given_answer.citations == []
    assert given_answer.evidence[0].article == TRIP


def test_declining_in_the_middle_leaves_what_was_proved() -> None:
    given_answer = answer(WHY, f"{RIGHT} The articles do not say. He will travel in June.")
    assert given_answer.text == (
        "Blinken cancelled his trip because of a balloon [1]. He will travel in June [1]."
    )
    assert not given_answer.abstained


def test_a_model_that_repeats_itself_is_stopped() -> None:
    generator = ScriptedGenerator(" ".join([f"{RIGHT[:-1]} [1]."] * 50))
    events = list(answerer(generator).stream(WHY))
    assert generator.stopped == 1
    assert [event.sentence.text for event in events if isinstance(event, SentenceChecked)] == [
        RIGHT
    ]


def test_a_repetition_at_the_very_end_is_left_out() -> None:
    assert answer(WHY, f"{RIGHT} {RIGHT}").text == (
        "Blinken cancelled his trip because of a balloon [1]."
    )


def test_a_last_sentence_without_an_end_is_checked_too() -> None:
    assert answer(WHY, RIGHT.rstrip(".")).text == (
        "Blinken cancelled his trip because of a balloon [1]"
    )


@pytest.mark.parametrize("question", ["", " \n", "???", "😀 …", "\u202e"])
def test_a_question_without_a_word_declines_without_retriever_or_model(question: str) -> None:
    generator, retriever = ScriptedGenerator(), FixedRetriever()
    *_, last = answerer(generator, retriever).stream(Question(question))
    assert isinstance(last, AnswerFinished)
    assert last.answer.text == "The articles do not say."
    assert last.answer.abstained_because == NOTHING_FOUND
    assert (generator.asked, retriever.asked) == ([], [])


@pytest.mark.parametrize(
    "articles",
    [
        pytest.param((), id="no-article"),
        pytest.param((Article("1", "", ""),), id="no-text"),
        pytest.param((Article("1", "T", "No. 😀"),), id="no-sentence"),
    ],
)
def test_where_nothing_is_found_the_model_is_not_asked(articles: tuple[Article, ...]) -> None:
    generator = ScriptedGenerator()
    *_, last = answerer(generator, FixedRetriever(articles)).stream(WHY)
    assert isinstance(last, AnswerFinished)
    assert last.answer.abstained_because == NOTHING_FOUND
    assert last.answer.evidence == ()
    assert generator.asked == []


def test_weak_evidence_declines_and_names_the_nearest_article() -> None:
    asked = Question("Did Fleming discover penicillin in London?")
    *_, last = answerer(None, decline_below=0.4).stream(asked)
    assert isinstance(last, AnswerFinished)
    given_answer = last.answer
    assert given_answer.abstained_because == WEAK_EVIDENCE
    assert given_answer.confidence < 0.4
    assert given_answer.text.startswith("The articles do not say. The nearest, “")


def test_a_model_that_doubts_makes_the_answer_decline_before_it_writes() -> None:
    generator = ScriptedGenerator(RIGHT, opinion=0.1)
    *_, last = answerer(generator, decline_below=0.4).stream(WHY)
    assert isinstance(last, AnswerFinished)
    assert last.answer.abstained_because == MODEL_DOUBTS
    assert last.answer.timings.first_token_seconds is None
    assert generator.asked == []
    (judged,) = generator.judged
    assert judged[1].content.endswith(f"Question: Why was the trip cancelled?\n\n{PROMPT.judge}")


def test_a_model_that_is_sure_writes_after_it_was_asked_the_same() -> None:
    generator = ScriptedGenerator(RIGHT, opinion=0.9)
    *_, last = answerer(generator, decline_below=0.4).stream(WHY)
    assert isinstance(last, AnswerFinished)
    assert last.answer.text == "Blinken cancelled his trip because of a balloon [1]."
    ((judged,), (asked,)) = generator.judged, generator.asked
    assert judged[1].content.removesuffix(PROMPT.judge) == asked[1].content.removesuffix(
        PROMPT.answer
    )


def test_where_the_evidence_is_hopeless_no_model_is_asked() -> None:
    generator = ScriptedGenerator(opinion=0.9)
    asked = Question("Did Alexander Fleming of Paddington discover Penicillium notatum in 1928?")
    *_, last = answerer(generator, decline_below=0.4).stream(asked)
    assert isinstance(last, AnswerFinished)
    assert last.answer.abstained_because == WEAK_EVIDENCE
    assert (generator.judged, generator.asked) == ([], [])


def test_an_article_without_title_publisher_or_date_can_be_named_and_quoted() -> None:
    bare = FixedRetriever((Article("1", "", TRIP.text),))
    assert answer(WHY, "The articles do not say.", retriever=bare).text == (
        "The articles do not say. The nearest, an article without a headline, says: “Blinken "
        "cancelled his trip to China because of a balloon.”"
    )
    assert answer(WHY, retriever=bare).text == (
        "an article without a headline: “Blinken cancelled his trip to China because of a "
        "balloon.” [1]"
    )


def test_a_follow_up_is_searched_with_and_without_the_turn_before() -> None:
    retriever = FixedRetriever()
    history = (Turn("Who cancelled the trip?", "Blinken did [1]."),)
    question = Question("Why?", published_to=date(2023, 3, 1), history=history)
    answer(question, RIGHT, retriever=retriever)
    assert [asked.text for asked in retriever.asked] == [
        "Why?",
        "Why was it that Blinken cancelled the trip?",
        "Who cancelled the trip? Blinken did. Why was it that Blinken cancelled the trip?",
    ]
    assert {asked.published_to for asked in retriever.asked} == {date(2023, 3, 1)}


def test_a_question_mark_alone_asks_on_after_a_turn() -> None:
    history = (Turn("Why was the trip cancelled?", "The articles do not say."),)
    assert not answer(Question("?", history=history)).abstained


def test_a_failing_model_leaves_the_evidence() -> None:
    events = answerer(FailingGenerator()).stream(WHY)
    first = next(events)
    assert isinstance(first, EvidenceFound)
    assert first.evidence
    with pytest.raises(ModelError, match="the model failed"):
        list(events)


def test_the_evidence_tells_what_was_searched_for() -> None:
    history = (Turn("Why was the trip cancelled?", "Because of a balloon [1]."),)
    alone, leaning = (
        next(answerer(ScriptedGenerator(RIGHT)).stream(question))
        for question in (WHY, Question("Who cancelled it?", history=history))
    )
    assert isinstance(alone, EvidenceFound)
    assert isinstance(leaning, EvidenceFound)
    assert alone.searched == WHY.text
    assert leaning.searched == "Who cancelled the trip?"


def test_the_evidence_is_there_while_the_model_writes_for_others() -> None:
    generator = ScriptedGenerator("word " * 20, RIGHT)
    others = answerer(generator).stream(WHY)
    while not isinstance(next(others), TextWritten):
        pass
    mine = answerer(generator).stream(WHY)
    assert isinstance(next(mine), EvidenceFound)
    assert next(mine) == Waiting(1)
    others.close()
    coming = [event for event in mine if event != TextWritten("")]
    assert coming[0] == Waiting(0)
    assert isinstance(coming[-1], AnswerFinished)
    assert coming[-1].answer.text == "Blinken cancelled his trip because of a balloon [1]."


def test_closing_stops_the_model() -> None:
    generator = ScriptedGenerator(RIGHT)
    events = answerer(generator).stream(WHY)
    while not isinstance(next(events), TextWritten):
        pass
    events.close()
    assert generator.stopped == 1


def test_ten_thousand_characters_are_a_question_like_any_other() -> None:
    generator = ScriptedGenerator(RIGHT)
    *_, last = answerer(generator).stream(Question("Why was the trip cancelled? " * 360))
    assert isinstance(last, AnswerFinished)
    assert last.answer.text == "Blinken cancelled his trip because of a balloon [1]."
    assert sum(len(message.content.split()) for message in generator.asked[0]) < 4096 - 300


def test_timings_follow_one_another() -> None:
    timings = answer(WHY, RIGHT).timings
    assert timings.first_token_seconds is not None
    assert 0 < timings.evidence_seconds <= timings.first_token_seconds <= timings.total_seconds


def test_a_reprint_is_named_beside_its_original_and_not_quoted_again() -> None:
    reprint = Article("reprint", "Trip off", TRIP.text, publisher="The Week")
    given_answer = answer(WHY, RIGHT, retriever=FixedRetriever((reprint, TRIP)))
    assert given_answer.text == "Blinken cancelled his trip because of a balloon [1]."
    (citation,) = given_answer.citations
    assert citation.article == TRIP
    assert [also.article for also in citation.also] == [reprint]
    assert {quote.article.id for quote in given_answer.evidence} == {"trip"}


FIRE = [
    Article(
        f"fire-{day}",
        "Fire in Orleby",
        f"The fire in Orleby hurt {many} people.",
        publisher=publisher,
        published=date(2023, 5, day),
    )
    for many, publisher, day in ((12, "AP", 1), (15, "Gazette", 3))
]
HURT = Question("How many people were hurt in the Orleby fire?")


@pytest.mark.parametrize(
    ("articles", "told"),
    [
        (FIRE, "But Gazette, 3 May 2023 (newest): “The fire in Orleby hurt 15 people.” [2]"),
        (FIRE[::-1], "But AP, 1 May 2023 (earlier): “The fire in Orleby hurt 12 people.” [2]"),
    ],
)
@pytest.mark.parametrize("writes", [True, False])
def test_an_article_that_says_otherwise_is_quoted_beside_the_answer(
    articles: Sequence[Article], told: str, writes: bool
) -> None:
    sentence = articles[0].text
    generator = ScriptedGenerator(sentence) if writes else None
    *_, last = answerer(generator, FixedRetriever(articles)).stream(HURT)
    assert isinstance(last, AnswerFinished)
    answer = last.answer
    assert answer.text.endswith(told)
    assert [citation.article for citation in answer.citations] == list(articles)
    assert [each.disagreement is not None for each in answer.sentences] == [False, True]


def test_a_month_that_the_question_names_is_that_of_the_article_unless_a_day_is_given() -> None:
    said = "The February trip was cancelled because of a balloon."
    asked = Question("Why was the February trip cancelled?")
    assert answer(asked, said).text == "The February trip was cancelled because of a balloon [1]."
    told = answer(replace(asked, today=date(2026, 11, 22)), said)
    assert [each.reason for each in told.sentences if not each.supported] == [
        "no article says February of it"
    ]


def test_a_model_that_tells_of_both_is_left_alone() -> None:
    text = "The fire in Orleby hurt 12 people. The fire in Orleby hurt 15 people."
    told = answer(HURT, text, retriever=FixedRetriever(FIRE))
    assert [sentence.disagreement for sentence in told.sentences] == [None, None]


def test_a_question_in_parts_is_answered_with_a_quote_for_each() -> None:
    bridge = Article("bridge", "Bridge opens", "The bridge is three kilometres long. It is blue.")
    tunnel = Article("tunnel", "Tunnel dug", "The tunnel is five kilometres long.")
    asked = Question("Which is longer, the bridge or the tunnel?")
    given_answer = answer(asked, retriever=FixedRetriever((bridge, tunnel)))
    assert [each.quote for each in given_answer.citations] == [
        "The bridge is three kilometres long.",
        "The tunnel is five kilometres long.",
    ]
