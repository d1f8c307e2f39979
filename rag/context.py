"""A question among the turns before it -> what is searched for, and what is found."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from rag.chunking import embedded_text
from rag.followups import Standalone, own_stems, rewrite
from rag.one_voice import one_voice
from rag.retrieval import fuse
from rag.types import Passage, Question, Retriever, Turn
from rag.words import content_stems

# Weights of a follow-up behind what was said before it, and as it was asked, beside it as it stands
# alone: "Where?" by itself finds anything, so it only fills up and breaks ties. Measured by
# benchmarks.followups.
IN_CONTEXT, AS_ASKED = 1.5, 0.02
LOOKED_AT = 2  # passages that tell whether a guess was about the same subject
FEWEST_STEMS = 2  # fewer tell nothing: any article may have one

Restate = Callable[[str, Sequence[Turn]], str | None]


class Found(NamedTuple):
    """`searched` is the question as it stands alone."""

    searched: str
    passages: list[Passage]


def rules_alone(question: str, history: Sequence[Turn]) -> str | None:
    """Leave every question to the rules."""
    return None


def find_in_context(
    retriever: Retriever, question: Question, k: int, *, restate: Restate = rules_alone
) -> Found:
    """Search for a question, and for what it means after the turns before it; best first.

    Where the rules had to guess what it means, `restate` is asked; and where what was asked is
    found as it was, but not together with the guess, the subject has changed.
    """
    meaning = rewrite(question.text, question.history)
    if not meaning.sure:
        restated = restate(question.text, question.history)
        meaning = Standalone(restated, sure=True, context=meaning.context) if restated else meaning
    if not any(map(str.isalnum, meaning.text)):
        return Found(meaning.text, [])  # it names nothing; any passage would be as near as another
    asked = retriever.retrieve(question, k)
    if meaning.text == question.text:
        return Found(question.text, asked)
    meant = retriever.retrieve(replace(question, text=meaning.text), k)
    if not meaning.sure and _has_changed(own_stems(question.text), asked, meant):
        return Found(question.text, one_voice(fuse([asked, meant]))[:k])
    rankings, weights = [meant, asked], [1.0, AS_ASKED]
    if meaning.context:
        told = replace(question, text=f"{meaning.context} {meaning.text}")
        rankings, weights = [*rankings, retriever.retrieve(told, k)], [*weights, IN_CONTEXT]
    return Found(meaning.text, one_voice(fuse(rankings, weights))[:k])


def retrieve_in_context(retriever: Retriever, question: Question, k: int) -> list[Passage]:
    """Return what `find_in_context` finds."""
    return find_in_context(retriever, question, k).passages


def _has_changed(stems: set[str], asked: Sequence[Passage], meant: Sequence[Passage]) -> bool:
    """Whether a passage has all that was asked, but those for the guess have nothing of it."""
    if len(stems) < FEWEST_STEMS or not asked:
        return False
    told = [_stems(passage) for passage in meant[:LOOKED_AT]]
    return stems <= _stems(asked[0]) and not any(stems & each for each in told)


def _stems(passage: Passage) -> set[str]:
    return set(content_stems(embedded_text(passage.article, passage.text)))
