"""Who did what to whom: whether a sentence has an article's words with the roles exchanged."""

from collections.abc import Container, Mapping
from itertools import pairwise

from rag.checks.grammar import (
    ARTICLES,
    JOINED,
    PREPOSITIONS,
    is_passive,
    linking_verb,
    looks_past,
)
from rag.checks.statements import Match, Statement
from rag.checks.variants import VARIANTS
from rag.checks.wording import Word, fold, stem

OTHER_WAY_ROUND = "the article says it the other way round"
MUTUAL = {stem(word) for word in VARIANTS.mutual}
NEAR = 3  # words from one to what belongs to it, at most
OBJECT_WORDS = 4  # words from a verb to what it is done to, at most
LIST_WORDS = 8  # words of a list, as in "room for 240 passengers and 60 cars"
ENDS = {"from": "to", "to": "from"}


def turned_about(match: Match) -> str | None:
    """Return the reason where the sentence has the article's words in other roles."""
    counts = any(word.amount for word in match.claim.words)
    is_free = is_turned(match) or (linking_verb(match.claim) is not None and not counts)
    if (not is_free and _exchanged(match)) or _changed_sides(match) or _from_and_to(match):
        return OTHER_WAY_ROUND
    return _other_object(match)


def is_turned(match: Match) -> bool:
    """Whether a verb is passive in the one sentence and not in the other."""
    return any(
        is_passive(match.claim, here) != is_passive(match.said, there)
        for here, there in _met_once(match).items()
    )


def _met_once(match: Match) -> Mapping[int, int]:
    """Return the words that stand only once in either, so that no other can be meant."""

    def is_single(statement: Statement, place: int) -> bool:
        return len(statement.places.get(statement.words[place].key, ())) == 1

    return {
        here: there
        for here, there in match.same.items()
        if is_single(match.claim, here) and is_single(match.said, there)
    }


def _exchanged(match: Match) -> bool:
    """Whether words on both sides of a third have changed sides: "B sued A" where A sued B."""
    same = _met_once(match)
    for pivot, pivot_said in same.items():
        moved = {
            here < pivot
            for here, there in same.items()
            if here != pivot
            and (here < pivot) != (there < pivot_said)
            and not _is_compound(match, here, pivot)
        }
        if moved == {True, False} and match.claim.words[pivot].key not in MUTUAL:
            return True
    return False


def _is_compound(match: Match, one: int, other: int) -> bool:
    """Whether two words may change places: "CIA director" is "director of the CIA"."""
    return _is_linked(match.claim, one, other) and _is_linked(
        match.said, match.same[one], match.same[other]
    )


def _is_linked(statement: Statement, one: int, other: int) -> bool:
    """Whether nothing with a meaning of its own stands between them, and no punctuation."""
    first, last = min(one, other), max(one, other)
    between = statement.words[first + 1 : last]
    if any(word.is_content for word in between) or statement.is_broken(first, last):
        return False
    return not between or any(word.key in PREPOSITIONS for word in between)


def _changed_sides(match: Match) -> bool:
    """Whether who does something in the sentence is in the article whom it is done to.

    "Haldane follows Vasquez" does not follow from "She follows Haldane".
    """
    claim, said, same = match.claim, match.said, _met_once(match)
    for here, there in same.items():
        doer = max((place for place in same if place < here), default=None)
        verb = claim.words[here]
        if doer is None or not _is_verb(verb) or verb.key in MUTUAL or is_passive(claim, here):
            continue
        between = {word.key for word in claim.words[doer + 1 : here]}
        is_near = here - doer <= NEAR and not claim.is_broken(doer, here)
        if not is_near or between & (PREPOSITIONS | JOINED | ARTICLES):
            continue
        if same[doer] > there and _is_object(said, there, same[doer]):
            return True
    return False


def _is_verb(word: Word) -> bool:
    return not word.is_capital and (looks_past(word) or fold(word.written).endswith("s"))


def _is_object(said: Statement, verb: int, place: int) -> bool:
    """Whether the word at `place` is what the verb before it is done to."""
    between = [word.key for word in said.words[verb + 1 : place]]
    if len(between) >= OBJECT_WORDS or said.is_broken(verb, place) or is_passive(said, verb):
        return False
    return not (PREPOSITIONS | JOINED).intersection(between)


def _from_and_to(match: Match) -> bool:
    """Whether what is "from" in the sentence is "to" in the article, and the reverse."""
    for first, last in pairwise(sorted(match.same)):
        ours = [_preposition(match.claim, at, ENDS) for at in (first, last)]
        theirs = [_preposition(match.said, match.same[at], ENDS) for at in (first, last)]
        if set(ours) == set(ENDS) and [ENDS[each] for each in ours if each] == theirs:
            return True
    return False


def _preposition(statement: Statement, place: int, known: Container[str]) -> str | None:
    """Return which of the known words stands shortly before the place."""
    before = [word.key for word in statement.words[max(0, place - NEAR) : place]]
    return next((word for word in reversed(before) if word in known), None)


def _other_object(match: Match) -> str | None:
    """Return the reason where the article has another name or number behind a word.

    "in favour of Taiwan" is not what "in favour of Beijing, which left Taiwan" says.
    """
    claim, said = match.claim, match.said
    for one, other in pairwise(claim.chain):
        there = match.same.get(one)
        behind = next((place for place in said.chain if there is not None and place > there), None)
        link = _link(claim, one, other)
        if there is None or behind is None or link is None or link != _link(said, there, behind):
            continue
        ours, theirs = claim.words[other], said.words[behind]
        if theirs.key not in claim.places and not _is_listed(said, there, ours.key):
            return f"the article says “{said.text[said.words[there].start : theirs.end]}”"
    return None


def _link(statement: Statement, one: int, other: int) -> tuple[str, frozenset[str]] | None:
    """Return how a name or number belongs to the word before it; None where it does not."""
    word, before = statement.words[other], statement.words[one]
    kind = "name" if word.is_capital else "number" if word.amount else None
    is_list = before.amount is not None and kind == "number"
    is_name = before.is_capital and before.amount is None
    if kind is None or is_name or is_list or statement.is_broken(one, other):
        return None
    between = {each.key for each in statement.words[one + 1 : other]}
    if other - one > NEAR or between & JOINED:
        return None
    return kind, frozenset(between & PREPOSITIONS)


def _is_listed(said: Statement, place: int, key: str) -> bool:
    """Whether a word follows soon, in the same breath."""
    return any(
        place < at <= place + LIST_WORDS and not said.is_broken(place, at)
        for at in said.places.get(key, ())
    )
