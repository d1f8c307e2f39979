"""Whether a sentence puts an article's words into somebody else's mouth."""

from collections.abc import Iterator, Sequence

from rag.checks.actors import Actor, Known, actor_before, actor_behind
from rag.checks.doers import is_meant
from rag.checks.grammar import is_passive
from rag.checks.statements import Statement
from rag.checks.variants import VARIANTS
from rag.checks.wording import stem

SPEECH = {stem(word) for word in VARIANTS.speech}
ACCORDING = stem("according")


def not_their_words(
    claim: Statement,
    quoted: Sequence[Statement],
    before: Sequence[Statement],
    *,
    source: set[str],
    known: Known,
) -> str | None:
    """Return the reason where the sentence says that somebody said it who did not in the article.

    `before` are the sentences before the first quote, nearest first: they say who "she" is.
    `source` are the words for the publisher: what an article says, its publisher does.
    """
    speaker = next((each for each in _speakers(claim) if each.words), Actor())
    telling = speaker.telling(known)
    if not telling or telling & source or not (speaker.names(known) or telling & known.words):
        return None
    rest = claim.keys - speaker.keys
    main = max(quoted, key=lambda each: len(rest & each.places.keys()))
    heard = list(_speakers(main))
    if any(telling & each.keys for each in heard):
        return None
    if not heard and any(speaker.is_in(each, known) for each in quoted):
        return None
    is_unnamed = not heard or any(each.pronouns or not each.words for each in heard)
    if is_unnamed and is_meant(speaker, before, known):
        return None
    return f"no article has “{speaker.written}” say it"


def _speakers(statement: Statement) -> Iterator[Actor]:
    """Yield who says something: before "said", or behind it, or behind "according to"."""
    for place, word in enumerate(statement.words):
        if word.key == ACCORDING:
            yield actor_behind(statement, place + 1)
        elif word.key in SPEECH and not is_passive(statement, place):
            ahead = actor_before(statement, place)
            behind = actor_behind(statement, place, appositions=1) if word.breaks else Actor()
            yield Actor((*ahead.words, *behind.words), ahead.pronouns)
