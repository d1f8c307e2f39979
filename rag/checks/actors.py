"""Who does or says something in a sentence: the words for them, before a verb or behind a "by"."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from rag.checks.grammar import ARTICLES, AUXILIARIES, is_passive, main_verb
from rag.checks.statements import PRONOUNS, Statement
from rag.checks.variants import VARIANTS
from rag.checks.wording import GOVERNMENTS, POSSESSIVE, Word, fold, stem

Name = tuple[Word, ...]
TITLES = {stem(word) for word in VARIANTS.titles}
REACH = 9  # words from a verb to the farthest word for whoever does it
APPOSITIONS = 2  # commas on the way: "Its director, Caspar Wynn, offered"
BY_WORDS = 4  # words from a passive verb to its "by", at most


class Known(NamedTuple):
    """The words of all quotes, and those that they write as names."""

    words: set[str]
    names: set[str]


@dataclass(frozen=True, slots=True)
class Actor:
    """With a pronoun among the words, the sentences before say who is meant.

    `is_definite` says that "the" or the like is with them: "the union" may have a name elsewhere.
    """

    words: tuple[Word, ...] = ()
    pronouns: frozenset[str] = frozenset()
    is_definite: bool = False

    @property
    def keys(self) -> set[str]:
        keys = {word.key for word in self.words}
        return keys | {GOVERNMENTS[key] for key in keys if key in GOVERNMENTS}

    @property
    def written(self) -> str:
        return " ".join(word.written for word in self.words)

    def names(self, known: Known) -> set[str]:
        """Return the keys of names; the first word of a sentence has a capital in any case."""
        return {
            word.key
            for word in self.words
            if word.is_capital
            and word.key not in TITLES
            and (word.start or word.key in known.names or word.key not in known.words)
        }

    def telling(self, known: Known) -> set[str]:
        """Return the keys that tell who it is: of the names, else of all words."""
        return self.names(known) or {word.key for word in self.words}

    def is_in(self, statement: Statement, known: Known) -> bool:
        return any(key in statement.places for key in self.telling(known))


def actor_in(statement: Statement, places: range) -> Actor:
    """Return whom the words at the places name; Hingis is not in "Hingis' mother"."""
    chain = [place for place in statement.chain if place in places]
    owners = _owners(statement, chain)
    written = {fold(statement.words[place].written) for place in places}
    return Actor(
        tuple(statement.words[place] for place in chain if place not in owners),
        frozenset(written & PRONOUNS),
        bool(written & ARTICLES),
    )


def _owners(statement: Statement, chain: list[int]) -> set[int]:
    owners: set[int] = set()
    for place in chain[:-1]:
        word = statement.words[place]
        behind = statement.text[word.end : word.end + 2]
        if word.is_capital and (POSSESSIVE.search(word.written) or behind in ("' ", "’ ")):
            owner = place
            while owner in chain and statement.words[owner].is_capital:
                owners.add(owner)
                owner -= 1
    return owners


def actor_before(statement: Statement, verb: int) -> Actor:
    """Return who stands before a verb, with what is said of them between commas."""
    words = statement.words
    start = verb
    while start > 0 and fold(words[start - 1].written) in AUXILIARIES and not words[start].breaks:
        start -= 1
    appositions = APPOSITIONS if words[start].breaks else 0
    breaks = 0
    while start > 0 and verb - start < REACH:
        breaks += statement.words[start].breaks
        if breaks > appositions:
            break
        start -= 1
    return actor_in(statement, range(start, verb))


def actor_behind(statement: Statement, place: int, *, appositions: int = 0) -> Actor:
    """Return who stands behind "by" or "said", up to a comma, or the one after so many."""
    breaks, end = 0, place + 1
    while end < len(statement.words) and end - place < REACH:
        breaks += statement.words[end].breaks and end > place + 1
        if breaks > appositions:
            break
        end += 1
    return actor_in(statement, range(place + 1, end))


def subject_of(statement: Statement, verb: int) -> Actor:
    """Return what stands before the sentence's first verb, unless a comma parts them."""
    words = statement.words
    start = next((at for at in range(verb) if fold(words[at].written) in AUXILIARIES), verb)
    return Actor() if statement.is_broken(0, start) else actor_in(statement, range(start))


def named_subjects(statement: Statement, names: Iterable[Name]) -> list[Name]:
    """Return those of the sentence's names that stand before its first verb."""
    words = statement.words
    verbs = (at for at, word in enumerate(words) if at and fold(word.written) in AUXILIARIES)
    first = min(next(verbs, len(words)), main_verb(statement) or len(words))
    if first == len(words):
        return []
    return [name for name in names if name[-1].start < words[first].start]


def agent_of(statement: Statement, verb: int) -> Actor:
    """Return who is named behind the "by" of a passive verb."""
    if is_passive(statement, verb):
        for place in range(verb + 1, min(verb + 1 + BY_WORDS, len(statement.words))):
            if statement.words[place].key == "by":
                return actor_behind(statement, place)
    return Actor()
