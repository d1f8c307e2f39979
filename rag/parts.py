"""A question that needs several articles -> its parts: what it compares, counts or puts in order.

Rules on English, tried in turn; a question that none divides has no parts.
"""

import re
from collections.abc import Callable, Iterable

from rag.english.grammar import TIME
from rag.words import content_stems

MOST = 4  # parts; each is searched for
FEWEST_STEMS = 2  # of a clause that is searched for by itself

AUXILIARY = r"(?:do|does|did|is|are|was|were|has|have|had|will|would|can|could)"
COMPARATIVE = r"(?:more|less|fewer|worse|better|first|earlier|later|(?!over|under|after)\w{3,}er)"
TOGETHER = (
    r"(?:together|in total|in all|combined|altogether|between them|respectively|each(?! other))"
)
NAME = r"(?:the |a |an )?[A-Z][\w’'.-]*(?: (?:of |the |de |& )*[A-Z][\w’'.-]*)*"
NOUN = r"(?:the|a|an) [\w’'-]+(?: (?!and\b)[\w’'-]+){0,4}?"

OR_ITEMS = re.compile(r",?\s+or\s+(?:was it |is it )?|,\s+")
ALTERNATIVES = re.compile(  # Which is longer, the bridge or the tunnel?
    r"^(?P<head>(?:which|who|what|where|whose)\b[^?]*?)\s*[,:—–]\s*(?:was it |is it )?"
    r"(?P<items>[^?]+\s+or\s+[^?]+)\?*$",
    re.IGNORECASE,
)
ASKED_ALTERNATIVES = re.compile(  # Is the bridge or the tunnel longer?
    rf"^(?P<head>{AUXILIARY})\s+(?P<items>.+?\s+or\s+.+?)\s+(?P<rest>{COMPARATIVE}\b[^?]*)\?*$",
    re.IGNORECASE,
)
THAN = re.compile(  # Is the bridge longer than the tunnel?
    rf"^(?P<one>.*?\b{COMPARATIVE}\b.*?)\s+than\s+(?P<other>(?:(?:in|on|at|for|by|from|of|to|during|under"
    r"|that|those|the|a|an|did|does|do|is|was)\b|(?-i:[A-Z]))[^?]+)\?*$",
    re.IGNORECASE,
)
PREPOSITION = re.compile(r"(?:in|on|at|for|by|from|of|to|during|under)\b", re.IGNORECASE)
SUBJECT = re.compile(
    rf"^(?P<asks>(?:how much )?(?:{COMPARATIVE} )?{AUXILIARY}) .+? (?P<rest>{COMPARATIVE}\b.*)$",
    re.IGNORECASE,
)
AND_ITEMS = re.compile(r",?\s+(?:and|with|to|from)\s+|,\s+")
COMPARED = re.compile(  # What is the difference between A and B? Compare A with B.
    r"^(?P<head>(?:.*\b(?:between|difference of)|compare|contrast|how (?:do|does|did)"
    r"|what (?:do|does|did|have))\b)\s+(?P<items>.+?\s(?:and|with|to|from)\s.+?)"
    r"(?P<rest>\s+(?:have in common|in common|differ\b.*|compare\b.*)|)[?.]*$",
    re.IGNORECASE,
)
OF = re.compile(r".*?\bof\s+")
COMPARES = re.compile(
    r"\b(?:differ\w*|compar\w+|contrast\w*|common|similar\w*|gap)\b", re.IGNORECASE
)
BOTH = re.compile(  # Did both A and B sign? How many ships wait in A and B together?
    rf"(?:\bboth\s+)?\b(?P<one>{NAME}|{NOUN})\s+and\s+(?P<of>in |on |at |by |for |from |of )?"
    rf"(?P<other>{NAME}|{NOUN})(?=\s|[?,.]|$)"
)
COUNTS_BOTH = re.compile(rf"\b(?:both\b.+\band|{TOGETHER})\b", re.IGNORECASE)
SEQUENCE = re.compile(  # Did the fire break out before or after the strike began?
    rf"^(?P<one>{AUXILIARY}\b.+?),?\s+(?:(?P<choice>before or after|after or before)|before|after)"
    r"\s+(?P<other>(?:the|a|an|his|her|its|their|(?-i:[A-Z]))[^?]+)\?*$",
    re.IGNORECASE,
)
# A clause has its own subject: "who is accused and was fined" is said of one.
CLAUSES = re.compile(
    r"[?]\s+|;\s+|,?\s+(?:while(?! \w+ing\b)|whereas|but)\s+"
    r"|,?\s+and\s+(?=(?:who|what|when|where|why|how|do|does|did)\b)",
    re.IGNORECASE,
)
ASKING = re.compile(rf"(?:{AUXILIARY}|who|what|when|where|why|how|which|whose)\b", re.IGNORECASE)
LEANS = re.compile(r"\b(?:it|its|he|him|his|she|her|they|them|their|there|so)\b", re.IGNORECASE)

Rule = Callable[[str], list[str]]


def split_parts(question: str) -> tuple[str, ...]:
    """Return what is searched for part by part, at most MOST texts; none where it is one thing."""
    body = question.strip()
    for rule in RULES:
        parts = list(dict.fromkeys(" ".join(part.split()).strip(" ,.:") for part in rule(body)))
        if len(parts) > 1:
            return tuple(parts[:MOST])
    return ()


def _alternatives(body: str) -> list[str]:
    match = ALTERNATIVES.match(body) or ASKED_ALTERNATIVES.match(body)
    if not match:
        return []
    rest = match.groupdict().get("rest") or ""
    return [f"{match['head']} {item} {rest}" for item in OR_ITEMS.split(match["items"]) if item]


def _than(body: str) -> list[str]:
    match = THAN.match(body)
    if not match:
        return []
    one, other = match["one"], match["other"]
    preposition = PREPOSITION.match(other)
    if preposition:  # "rise faster in Germany than in France": rise faster in France
        shared, place, _ = one.rpartition(f" {preposition[0].strip()} ")
        return [one, f"{shared} {other}"] if place else []
    subject = SUBJECT.match(one)  # "is the bridge longer than the tunnel": is the tunnel longer
    return [one, f"{subject['asks']} {other} {subject['rest']}"] if subject else []


def _compared(body: str) -> list[str]:
    match = COMPARED.match(body)
    if not match or not COMPARES.search(f"{match['head']} {match['rest']}"):
        return []
    first, *others = AND_ITEMS.split(match["items"])
    lead = OF.match(first)  # "the budgets of Harrow and Saltmere" are the budgets of both
    led = [f"{lead[0] if lead and ' of ' not in each else ''}{each}" for each in others]
    return _telling([first, *led], fewest=1)


def _both(body: str) -> list[str]:
    match = BOTH.search(body) if COUNTS_BOTH.search(body) else None
    if not match:
        return []
    before, behind = body[: match.start()], body[match.end() :]
    return [
        f"{before}{match['one']}{behind}",
        f"{before}{match['of'] or ''}{match['other']}{behind}",
    ]


def _sequence(body: str) -> list[str]:
    match = SEQUENCE.match(body)
    if not match or TIME.match(match["other"].removeprefix("the ")):
        return []
    parts = [match["one"], match["other"]]
    is_event = len(content_stems(match["other"])) >= FEWEST_STEMS or match["choice"]
    return parts if is_event else []


def _clauses(body: str) -> list[str]:
    if not ASKING.match(body):  # what is told before the question is about the same
        return []
    first, *others = CLAUSES.split(body)
    whole = [f"{first} {each}" if _leans(each) else each for each in others]
    return _telling([first, *whole])


def _leans(clause: str) -> bool:
    return bool(LEANS.search(clause)) or len(content_stems(clause)) < FEWEST_STEMS


def _telling(parts: Iterable[str], *, fewest: int = FEWEST_STEMS) -> list[str]:
    return [part for part in parts if len(content_stems(part)) >= fewest]


RULES: tuple[Rule, ...] = (_alternatives, _than, _compared, _both, _clauses, _sequence)
