"""Whether a word stands as a date does: not Theresa May, no march, not the Sunday Times."""

import re

from rag.dating.words import (
    DUAL,
    GENERAL,
    NAMED_AFTER,
    NAMED_BEFORE,
    SURE_PREPOSITIONS,
    TIME_PREPOSITIONS,
)

WORD_BEFORE = re.compile(r"([^\s.?!;:,()“”\"-]+)[\s-]+$")
CAPITAL = re.compile(r"\s+[A-Z]")
OPENING = re.compile(r"(?:^|[.?!:]\s+|[\"“‘(])[\"“‘(]*$")
CLAUSE_ENDS = re.compile(r"\s*(?:$|[?!.,;:)]|(?:and|or|to|until|till|through)\b|\d)")
# A noun, which no preposition or article is, nor "May said".
NOUN = re.compile(
    r"[’']s\b|\s+(?!(?:on|for|in|of|and|to|at|against|through|from|by|with|the|a)\b)[a-z]+"
)
COUNTED = re.compile(r"\s+(?!(?:was|is|has|does|as|its|this|us)\b)(?:people|[a-z]+s)\b")
BEFORE_SEASON = re.compile(r"\b(?:in|since|during|until|by)\s+(?:the\s+)?$", re.IGNORECASE)
SHORT = {"dec", "jan", "sep", "sept"}  # months, if in capitals


def is_lower_or_first(match: re.Match[str]) -> bool:
    """Whether the words are in no title: in small letters, or the first of a sentence."""
    if match[0][0].islower():
        return True
    return bool(OPENING.search(before(match))) and not CAPITAL.match(after(match))


def is_month(match: re.Match[str]) -> bool:
    """Whether a month's name without day or year is a month."""
    written, follows = match["month"], after(match)
    word, is_small = written.lower().rstrip("."), written[0].islower()
    previous = (match["which"] or _word_before(match)).lower()
    if is_small and word in DUAL | SHORT:
        is_sure = word in DUAL and previous in SURE_PREPOSITIONS
        return is_sure and bool(CLAUSE_ENDS.match(follows))
    if previous in SURE_PREPOSITIONS:
        return True
    if previous in TIME_PREPOSITIONS:
        return bool(CLAUSE_ENDS.match(follows)) if word in DUAL else not CAPITAL.match(follows)
    return _is_determined(match) and bool(NOUN.match(follows))


def is_season(match: re.Match[str]) -> bool:
    """Whether a season is one of a certain year: `in the spring`, not the Prague Spring."""
    return match[0][0].islower() and bool(BEFORE_SEASON.search(before(match)))


def is_weekday(match: re.Match[str]) -> bool:
    previous, follows = _word_before(match), after(match)
    if previous in GENERAL | NAMED_BEFORE or NAMED_AFTER.match(follows):
        return False
    if previous in TIME_PREPOSITIONS:
        return True
    return not (CAPITAL.match(follows) or _follows_name(match))


def is_year(match: re.Match[str]) -> bool:
    """Whether four figures are a year: no amount, and no part of a name such as Agenda 2030."""
    previous, follows = _word_before(match), after(match)
    if COUNTED.match(follows):
        return False
    if previous in TIME_PREPOSITIONS:
        return True
    if previous == "the" or OPENING.search(before(match)):
        return bool(re.match(r"\s+[A-Za-z]", follows))
    return bool(re.search(r"\b[a-z]+\s+$", before(match))) and bool(re.match(r"\W*$", follows))


def before(match: re.Match[str]) -> str:
    return match.string[: match.start()]


def after(match: re.Match[str]) -> str:
    return match.string[match.end() :]


def _word_before(match: re.Match[str]) -> str:
    """Return the word before in small letters; empty where a sentence or a part of it begins."""
    found = WORD_BEFORE.search(before(match))
    return found[1].lower() if found else ""


def _follows_name(match: re.Match[str]) -> bool:
    found = WORD_BEFORE.search(before(match))
    if found is None or not found[1][0].isupper():
        return False
    return not OPENING.search(match.string[: found.start()])


def _is_determined(match: re.Match[str]) -> bool:
    return bool(re.search(r"(?:\b(?:the|a|this)|[’']s)\s+$", before(match), re.IGNORECASE))
