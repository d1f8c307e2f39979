"""What of a text is kept when it is reprinted: runs of three words, numbers and names."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rag.checks.polarity import NEGATIONS, OPPOSITES
from rag.checks.wording import stem
from rag.sentences import split_sentences

RUN = 3  # words; two tell too little, of four a lightly edited copy keeps too few
SHORTEST = 5  # words; a shorter sentence ("He agreed.") may stand anywhere
WORD = re.compile(r"\w+(?:[’']\w+)?")
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
NAME = re.compile(r"(?<!^)(?<![.!?:“\"] )(?<![“\"])\b[A-Z]\w+")  # not a sentence's first word

DATELINE = re.compile(r"^[A-Z][\w .,'’-]{0,40}(?:\([^()]{1,40}\) ?)?[—–-]{1,2} ?(?=[A-Z“\"])")
NOTICE = re.compile(r"(?:copyright|©)[^.]*\d{4}[^.]*\.(?: all rights reserved\.?)?", re.IGNORECASE)

Runs = frozenset[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Print:
    """A sentence's runs of words, its numbers, its names and its words."""

    runs: Runs
    numbers: frozenset[str]
    names: frozenset[str]
    words: tuple[str, ...]

    def share_in(self, runs: Runs) -> float:
        """Return which share of its runs is among others, in [0, 1]."""
        return len(self.runs & runs) / len(self.runs) if self.runs else 0.0

    def turns_round(self, other: "Print") -> bool:
        """Whether one has a "not" that the other lacks, or the opposite of one of its words."""
        ours = {stem(word) for word in self.words if word not in other.words}
        theirs = {stem(word) for word in other.words if word not in self.words}
        opposites = {each for word in ours for each in OPPOSITES.get(word, ())}
        denied = any(word.endswith(("n't", "n’t")) for word in {*self.words} ^ {*other.words})
        return bool(denied or (ours | theirs) & NEGATIONS or opposites & theirs)


def find_words(sentence: str) -> tuple[str, ...]:
    return tuple(WORD.findall(sentence.casefold()))


@lru_cache(maxsize=4096)
def make_print(sentence: str) -> Print:
    words = find_words(sentence)
    runs = frozenset(words[n : n + RUN] for n in range(len(words) - RUN + 1))
    numbers, names = frozenset(NUMBER.findall(sentence)), frozenset(NAME.findall(sentence))
    return Print(runs, numbers, names, words)


def plain_report(text: str) -> str:
    """Return a passage without what agencies and reprinters put around it."""
    return NOTICE.sub("", DATELINE.sub("", text))


def sentence_prints(text: str) -> list[Print]:
    """Return a print of each sentence that is long enough to tell where it is from."""
    prints = (make_print(text[span.start : span.end]) for span in split_sentences(text))
    return [each for each in prints if len(each.words) >= SHORTEST]


def all_runs(prints: Iterable[Print]) -> Runs:
    return frozenset().union(*(each.runs for each in prints))
