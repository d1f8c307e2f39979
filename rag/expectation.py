"""The kind of answer a question expects, and whether a sentence offers one of that kind."""

import re
from enum import StrEnum

from rag.words import content_stems


class AnswerKind(StrEnum):
    PERSON = "person"
    PLACE = "place"
    TIME = "time"
    NUMBER = "number"
    REASON = "reason"
    OTHER = "other"


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(patterns)})\b", re.IGNORECASE)


# The first that matches is taken, so the narrower come before the wider.
ASKED = {
    AnswerKind.NUMBER: _any(
        r"how (?:many|much|long|far|old|large|big|high|tall|fast|often|heavy|deep|wide)",
        r"(?:what|which) (?:percentage|percent|share|number|amount|price|sum|proportion)",
        r"at what (?:price|cost|speed|age|rate)",
    ),
    AnswerKind.REASON: _any(
        r"why", r"what (?:caused|led|prompted|made)", r"(?:what|for what|which) (?:\w+ )?reasons?"
    ),
    AnswerKind.TIME: _any(
        r"when", r"(?:what|which) (?:year|month|day|date|time|week|decade|century)"
    ),
    AnswerKind.PLACE: _any(
        r"where", r"(?:what|which) (?:city|country|town|state|place|village|region|continent)"
    ),
    AnswerKind.PERSON: _any(
        r"who(?:m|se)?",
        r"(?:what|which) (?:\w+ ){0,3}(?:official|minister|president|player|actor|actress|singer"
        r"|author|artist|woman|man|person|leader|politician|senator|director|diplomat|scientist)",
    ),
}
OFFERED = {
    AnswerKind.NUMBER: _any(
        r"\d[\d.,]*",
        r"two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen",
        r"sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty",
        r"ninety|hundreds?|thousands?|millions?|billions?|trillions?|dozens?|half|third|quarter",
        r"twice|once|one|none|no one|nobody|both",
    ),
    AnswerKind.REASON: _any(
        r"because|since|due to|owing to|after|as a result|so that|in order to|thanks to|caused?",
        r"causes|causing|reasons?|prompted|led to|blam\w+|following|therefore|for fear|amid|citing",
    ),
    AnswerKind.TIME: _any(
        r"January|February|March|April|May|June|July|August|September|October|November|December",
        r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|1[5-9]\d\d|20\d\d|century",
        r"today|tonight|yesterday|tomorrow|morning|evening|afternoon|night|noon|midnight",
        r"(?:last|next|this) (?:week|month|year|spring|summer|autumn|fall|winter)",
        r"(?:hours?|days?|weeks?|months?|years?) (?:ago|later|earlier)",
        r"\d{1,2}(?:[:.]\d\d)? ?[ap]\.?m",
    ),
}
NAME = re.compile(r"\b[A-Z][\w’'-]*")


def expected_kind(question: str) -> AnswerKind:
    """Return the kind of answer that the question's words ask for."""
    kinds = (kind for kind, pattern in ASKED.items() if pattern.search(question))
    return next(kinds, AnswerKind.OTHER)


def offers(kind: AnswerKind, sentence: str, question: str) -> bool:
    """Whether the sentence has something of that kind that the question does not say already."""
    if kind is AnswerKind.OTHER:
        return True
    if kind in (AnswerKind.PERSON, AnswerKind.PLACE):
        known = set(content_stems(question))
        return any(not known.issuperset(content_stems(name)) for name in NAME.findall(sentence))
    asked = question.casefold()
    return any(match[0].casefold() not in asked for match in OFFERED[kind].finditer(sentence))
