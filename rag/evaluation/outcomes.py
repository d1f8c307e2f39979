"""What became of a question: right, or the stage that went wrong."""

from collections.abc import Sequence
from enum import StrEnum

from rag.evaluation.questions import Case
from rag.evaluation.ranking_measures import holds_quote, named
from rag.evaluation.text_measures import contains_answer
from rag.types import Answer, Passage
from rag.verification import without_markers


class Outcome(StrEnum):
    """In the order in which the reasons are looked for."""

    RIGHT = "right"
    WRONGLY_ANSWERED = "wrongly answered"  # the articles do not say
    NOT_RETRIEVED = "not retrieved"  # the answer stands in none of the passages given
    WRONGLY_DECLINED = "wrongly declined"
    UNSUPPORTED = "unsupported"  # said, but left out of the answer since nothing proved it
    NOT_USED = "retrieved but not used"
    UNJUDGED = "not judged"  # the set gives no accepted answers


def judge(case: Case, answer: Answer, passages: Sequence[Passage]) -> Outcome:
    """Say what became of the case; `passages` are those the answer was made from."""
    if case.answerable is False:
        return Outcome.RIGHT if answer.abstained else Outcome.WRONGLY_ANSWERED
    if not case.answers:
        return Outcome.UNJUDGED
    if answers_rightly(case, answer):
        return Outcome.RIGHT
    if not any(holds_answer(case, passage) for passage in passages):
        return Outcome.NOT_RETRIEVED
    if answer.abstained:
        return Outcome.WRONGLY_DECLINED
    if any(contains_answer(sentence.text, case.answers) for sentence in answer.sentences):
        return Outcome.UNSUPPORTED
    return Outcome.NOT_USED


def answers_rightly(case: Case, answer: Answer) -> bool:
    """Whether the answer holds an accepted one; what it says in declining does not count."""
    text = without_markers(answer.text)
    return not answer.abstained and bool(contains_answer(text, case.answers))


def holds_answer(case: Case, passage: Passage) -> bool:
    """Whether the passage has a given quote, or an accepted answer in a relevant article."""
    if any(holds_quote(passage, quote) for quote in case.quotes):
        return True
    relevant = not case.articles or named(passage.article, case.articles) in case.articles
    return relevant and bool(contains_answer(passage.text, case.answers))
