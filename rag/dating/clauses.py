"""Whether a part of a sentence tells what was or what will be, by the verbs near it."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from rag.dating.tense import Tense
from rag.dating.words import MONTH, WEEKDAY

# What was planned in the past may be past or still to come, and so may what follows "to".
PLANS = r"(?:expected|scheduled|due|planned|set|supposed|meant|slated)"
UNSURE = (
    rf"(?:was|were|been|had been)\s+{PLANS}|(?:was|were)\s+to\s+\w+"
    r"|(?:would|could|should|might|may)(?:\s+\w+)?|if"
    r"|(?:is|are)(?:\s+\w+ed\b)?|(?:has|have)(?!\s+been\b)"
    r"|to\s+(?!(?:the|an?|his|her|their|its|this|that|work|school|court|hospital|prison|bed|sea|port"
    r"|land|safety|power|reporters|journalists)\b)(?![a-z]*s\b)[a-z]+"
    r"|(?:starting|beginning)|due(?!\s+to)"
)
TO_DO = r"(?:\s+to(?:\s+be)?\s+\w+)?"
FUTURE = (
    rf"(?:will|won[’']t|shall)(?:\s+(?:be\s+)?\w+)?"
    rf"|(?:is|are)\s+(?:now\s+|also\s+)?(?:{PLANS}|going){TO_DO}|(?:is|are)\s+to\s+\w+"
    rf"|(?:plans?|hopes?|intends?|aims?|wants?)\s+to\s+\w+"
    r"|opens|closes|starts|begins|meets|plays|faces|votes|returns|ends|leaves|arrives|travels"
    r"|speaks|debates|takes|sings"
)
IRREGULAR = """
    was were had said told met went came left took made gave got held won lost fell rose broke began
    became found felt kept led paid sent shot spoke stood struck threw wrote ran saw sold sat flew
    drew grew knew drove ate fought caught brought bought thought taught built hurt swore hid bit
    chose froze stole woke sank sang swam sought bound spent lent meant slept swept stuck hung swung
    laid lay rang overtook withdrew underwent hit quit shut burst
"""
REGULAR = r"(?<![A-Z])[a-z]{2,}(?<!e)(?<!undr)ed"  # neither "feed" nor "hundred"
PAST = "|".join(
    (*IRREGULAR.split(), REGULAR, r"(?:was|were|did|had)n[’']t", r"(?:has|have)\s+been", "agreed")
)
# The longer is tried first where several begin at the same place.
CUES = [
    (Tense.FUTURE, re.compile(rf"\b(?:{FUTURE})\b")),
    (Tense.OPEN, re.compile(rf"\b(?:{UNSURE})\b")),
    (Tense.PAST, re.compile(rf"\b(?:{PAST})\b")),
]
DAY_NAME = rf"(?:{WEEKDAY}|{MONTH}|\d+)"
CLAUSE_ENDS = re.compile(
    r"[;:—–()“”\"]|,\s|"
    rf"(?<!day)(?<!\d)\s+(?:and|but|or)\s+(?!{DAY_NAME})|"
    r"\s(?:while|when|after|before|because|which|who|whom|that|as|where|until|since)\s",
    re.IGNORECASE,
)


class Cue(NamedTuple):
    tense: Tense
    start: int
    end: int


def clause_tense(sentence: str, position: int) -> Tense:
    """Return the tense at a position: of the last verb before it in its clause, else of the next.

    Where the clause has no verb it is that of the whole sentence, if all its verbs agree.
    """
    cues = list(_cues(sentence))
    borders = [0, *(found.end() for found in CLAUSE_ENDS.finditer(sentence)), len(sentence)]
    start = max(border for border in borders if border <= position)
    end = min((border for border in borders if border > position), default=len(sentence))
    own = [cue for cue in cues if start <= cue.start < end]
    before = [cue for cue in own if cue.start < position]
    if own:
        return before[-1].tense if before else own[0].tense
    tenses = {cue.tense for cue in cues}
    return tenses.pop() if len(tenses) == 1 else Tense.OPEN


def tells_what_was(sentence: str) -> bool:
    """Whether the sentence has a verb in the past."""
    return any(cue.tense is Tense.PAST for cue in _cues(sentence))


def _cues(sentence: str) -> Iterator[Cue]:
    """Yield the verbs that tell a tense, in their order; of two in one place the longer."""
    found = [
        Cue(tense, match.start(), match.end())
        for tense, pattern in CUES
        for match in pattern.finditer(sentence)
    ]
    last_end = -1
    for cue in sorted(found, key=lambda each: (each.start, -each.end)):
        if cue.start >= last_end:
            yield cue
            last_end = cue.end
