"""A question in two: what it asks with, and what it asks of."""

import re
from typing import NamedTuple

from rag.english.grammar import AUXILIARIES, DETERMINERS, PREPOSITIONS, PRONOUNS, is_past, words

BEFORE = "|".join(sorted(PREPOSITIONS, key=len, reverse=True))
MEASURED = "many|much|long|far|old|large|big|high|tall|fast|often|heavy|deep|wide|soon|close|late"
WH_PHRASE = re.compile(
    rf"(?:(?:{BEFORE}) )?"
    rf"(?P<head>how (?:{MEASURED})|whom|whose|who|what|which|when|where|why|how)\b"
    r"(?: else| exactly)?",
    re.IGNORECASE,
)
BESIDE = words("when where why how")
TAKING_NOUNS = ("what", "which", "whose", "how many", "how much")
NOUN_WORDS = 7  # "Which bridge in the north of Saltmere has …"


class Asked(NamedTuple):
    """What a question asks with (`For how long`), and the rest, from the verb on.

    `head` is the asking word in small letters; `noun` is what it asks for (`cars` of `How many
    cars`).
    """

    phrase: str
    head: str
    noun: str
    rest: str

    @property
    def asks_beside(self) -> bool:
        """Whether nothing of the sentence is missing: `Why did he go` says that he went."""
        measured = self.head.startswith("how ") and self.head not in ("how many", "how much")
        starts = self.phrase.split()[0].casefold()
        return self.head in BESIDE or measured or starts in PREPOSITIONS

    @property
    def asks_subject(self) -> bool:
        """Whether it asks who or what does it: `Who won`, not `Whom did they beat`."""
        first, second, *_ = (*self.rest.split(), "", "")
        if first not in AUXILIARIES:
            return True
        begins = second[:1].isupper() or second in DETERMINERS or second in PRONOUNS
        return first not in ("do", "does", "did") and not begins

    @property
    def asks_for_name(self) -> bool:
        """Whether the answer names what the next question is likely to be about."""
        return not self.asks_beside and not self.head.startswith("how")


def ask_apart(question: str) -> Asked | None:
    """Take a question apart; None where it does not begin with an asking word."""
    text = question.strip().rstrip("?!. ")
    opening = WH_PHRASE.match(text)
    if not opening:
        return None
    head, tail = opening["head"].casefold(), text[opening.end() :].split()
    noun = tail[: _verb_place(tail)] if head in TAKING_NOUNS else []
    phrase = " ".join((opening[0], *noun))
    return Asked(phrase, head, " ".join(noun), " ".join(tail[len(noun) :]))


def _verb_place(tail: list[str]) -> int:
    """Return where the verb stands; where none can be told, after the first word."""
    for test in (AUXILIARIES.__contains__, is_past):
        place = next((n for n, word in enumerate(tail[:NOUN_WORDS]) if test(word)), None)
        if place is not None:
            return place
    return min(1, len(tail))
