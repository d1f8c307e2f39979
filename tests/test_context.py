from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from rag.context import find_in_context, retrieve_in_context
from rag.types import Article, Passage, Question, Turn

BRIDGE = (Turn("Which bridge in Northgate has cracked girders?", "Weir Bridge [1]."),)
ALONE = "How long will Weir Bridge be closed in Northgate?"
TOLD = f"{BRIDGE[0].question} Weir Bridge. {ALONE}"
GUESS = "About Weir Bridge: who won the cup?"
TOLD_GUESS = f"{BRIDGE[0].question} Weir Bridge. {GUESS}"


@dataclass
class Listed:
    """Finds what is listed for a question's text, and remembers the questions."""

    found: Mapping[str, Sequence[str]]
    asked: list[Question] = field(default_factory=list)

    def retrieve(self, question: Question, k: int) -> list[Passage]:
        self.asked.append(question)
        texts = self.found.get(question.text, [])
        return [
            Passage(sum(map(ord, text)), Article(text, "", text), 0, len(text), 1.0)
            for text in texts[:k]
        ]


def texts(passages: Sequence[Passage]) -> list[str]:
    return [passage.text for passage in passages]


def test_a_follow_up_is_searched_alone_and_behind_what_was_said_and_as_it_was_asked() -> None:
    question = Question(
        "How long will it be closed?", published_to=date(2023, 9, 9), history=BRIDGE
    )
    retriever = Listed({ALONE: ["a", "b"], TOLD: ["b", "c"], question.text: ["d"]})
    searched, found = find_in_context(retriever, question, 3)
    assert searched == ALONE
    assert texts(found) == ["b", "c", "a"]
    assert [each.text for each in retriever.asked] == [question.text, ALONE, TOLD]
    assert {each.published_to for each in retriever.asked} == {date(2023, 9, 9)}


def test_what_only_the_question_as_asked_finds_comes_last() -> None:
    question = Question("How long will it be closed?", history=BRIDGE)
    retriever = Listed({ALONE: ["a"], TOLD: ["a"], question.text: ["d"]})
    assert texts(retrieve_in_context(retriever, question, 5)) == ["a", "d"]


def test_a_question_that_stands_alone_is_searched_once() -> None:
    question = Question("Who is Qin Gang?", history=BRIDGE)
    retriever = Listed({question.text: ["a"]})
    assert find_in_context(retriever, question, 5).searched == question.text
    assert [each.text for each in retriever.asked] == [question.text]


def test_where_only_the_question_as_asked_is_told_of_the_subject_has_changed() -> None:
    question = Question("Who won the cup?", history=BRIDGE)
    retriever = Listed({question.text: ["Rovers won the cup."], GUESS: ["Weir Bridge is closed."]})
    searched, found = find_in_context(retriever, question, 5)
    assert searched == "Who won the cup?"
    assert texts(found) == ["Rovers won the cup.", "Weir Bridge is closed."]


def test_where_the_guess_is_told_of_the_subject_is_the_same() -> None:
    question = Question("Who won the cup?", history=BRIDGE)
    here, there = "The Weir Bridge cup was won by Ada.", "Rovers won the cup."
    retriever = Listed({question.text: [there], GUESS: [here], TOLD_GUESS: [here]})
    searched, found = find_in_context(retriever, question, 5)
    assert searched == GUESS
    assert texts(found) == [here, there]


def test_a_guess_may_be_replaced_by_a_better_one_and_nothing_else_may() -> None:
    guessed: list[str] = []

    def restate(question: str, history: Sequence[Turn]) -> str:
        guessed.append(question)
        return "Who won the Weir Bridge cup?"

    unsure = Question("Who won the cup?", history=BRIDGE)
    sure = Question("How long will it be closed?", history=BRIDGE)
    retriever = Listed({})
    assert find_in_context(retriever, unsure, 5, restate=restate).searched == (
        "Who won the Weir Bridge cup?"
    )
    assert find_in_context(retriever, sure, 5, restate=restate).searched == ALONE
    assert guessed == ["Who won the cup?"]


def test_nothing_is_searched_for_where_there_is_no_word() -> None:
    retriever = Listed({"?": ["a"]})
    assert find_in_context(retriever, Question("?"), 5) == ("?", [])
    assert retriever.asked == []
