"""The dates that a text names, one by one: `June 14`, `last week`, `2022`.

What joins them, such as `since` or `between … and …`, is not read here.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from rag.dating import days as day
from rag.dating import periods as period
from rag.dating.spans import DaySpan
from rag.dating.tense import DatedText
from rag.dating.words import DAY, MONTH, NUMBER, ORDINALS, PART_OF_DAY, SEASON, UNIT, WEEKDAY, YEAR

Read = Callable[[re.Match[str], DatedText], DaySpan | None]


@dataclass(frozen=True, slots=True)
class NamedDays:
    """`text[start:end]` names `days`; `has_year`: only of these, as it says of which year."""

    start: int
    end: int
    days: DaySpan
    has_year: bool


@dataclass(frozen=True, slots=True)
class Rule:
    pattern: re.Pattern[str]
    read: Read


def _rule(pattern: str, read: Read) -> Rule:
    return Rule(re.compile(pattern, re.IGNORECASE), read)


MONTH_NAME = rf"(?P<month>{MONTH})"
OF_YEAR = rf"(?:,?\s+(?:of\s+)?(?:(?P<year>{YEAR})|(?P<whose>last|this|next)\s+year\b))?"
TO = r"\s*(?:-|–|to|and|or|until|through)\s*"
NO_AMOUNT = r"(?![.,:]?\d|\s*%)"
# The longer before the shorter: what a rule reads is not read again.
RULES = [
    _rule(rf"(?<![\w.]){YEAR}([-/.])\d{{1,2}}\1\d{{1,2}}\b", day.read_full_date),
    _rule(rf"(?<![\w.])\d{{1,2}}([-/.])\d{{1,2}}\1{YEAR}", day.read_full_date),
    _rule(
        rf"(?:\b{WEEKDAY},?\s+)?(?:\bthe\s+)?\b(?P<day>{DAY})(?:{TO}(?P<last_day>{DAY}))?"
        rf"\s+(?:of\s+)?{MONTH_NAME}{OF_YEAR}",
        day.read_month_and_day,
    ),
    _rule(
        rf"\bthe\s+(?P<day>{'|'.join(ORDINALS)})(?P<last_day>)\s+of\s+{MONTH_NAME}{OF_YEAR}",
        day.read_month_and_day,
    ),
    _rule(
        rf"(?:\b{WEEKDAY},?\s+)?\b{MONTH_NAME}\s+(?P<day>{DAY})"
        rf"(?:{TO}(?P<last_day>{DAY}))?{NO_AMOUNT}{OF_YEAR}",
        day.read_month_and_day,
    ),
    _rule(
        rf"\b(?:(?P<which>last|this|next)\s+)?{MONTH_NAME}(?!\s+\d\d?\b){OF_YEAR}",
        period.read_month,
    ),
    _rule(
        rf"\b(?:(?P<which>last|past|this|next|coming)\s+)?(?P<season>{SEASON})\b{OF_YEAR}",
        period.read_season,
    ),
    _rule(rf"\bQ(?P<quarter>[1-4])(?:\s+of)?\s+(?P<year>{YEAR})", period.read_quarter),
    _rule(rf"(?P<year>{YEAR})\s*[-–/]\s*(?P<last_year>\d\d(?:\d\d)?)\b", period.read_years),
    _rule(r"\b(?:the\s+)?(?P<year>(?:1[5-9]|20)\d0)[’']?s\b", period.read_decade),
    _rule(
        r"\b(?P<part>earlier|later)\s+(?:this\s+)?(?P<unit>week|month|year|today)\b",
        period.read_part_of_unit,
    ),
    _rule(
        rf"\b(?:last|past|previous)\s+(?P<number>{NUMBER}|few|several)\s+(?P<unit>{UNIT})s\b",
        period.read_until_today,
    ),
    _rule(
        r"\b(?P<the>the\s+)?(?P<which>last|past|previous|this|current|next|coming)\s+"
        r"(?P<unit>weekend|week|month|year|quarter|decade)\b(?!\s+of\b)",
        period.read_unit,
    ),
    _rule(r"(?<=\bof the )(?P<unit>week|month|year|decade)\b(?!\s+of\b)", period.read_this_unit),
    _rule(r"\b(?:at|over|on) the weekend\b(?!\s+of\b)", period.read_weekend),
    _rule(rf"(?<![\d.,])\b(?P<number>{NUMBER})\s+(?P<unit>{UNIT})s?\s+ago\b", period.read_ago),
    _rule(
        rf"\b(?:(?:the\s+)?day\s+(?:before\s+yesterday|after\s+tomorrow)|last\s+night|tonight"
        rf"|(?:yesterday|tomorrow)(?:\s+{PART_OF_DAY})?|today|this\s+{PART_OF_DAY})\b",
        day.read_near_day,
    ),
    _rule(
        rf"\b(?:(?P<which>last|this coming|the coming|this|next)\s+)?(?P<weekday>{WEEKDAY})\b"
        rf"(?:\s+{PART_OF_DAY}\b)?",
        day.read_weekday,
    ),
    _rule(rf"(?<![\w$€£#.,:/])(?<!\d-)(?P<year>{YEAR})(?![\w%/:-]|[.,]\d)", period.read_year),
]


YEARLESS = (day.read_month_and_day, period.read_month, period.read_season)


def find_named_days(text: DatedText) -> list[NamedDays]:
    """Return the dates in the order of the text; none overlaps another."""
    found: list[NamedDays] = []
    for rule in RULES:
        for match in rule.pattern.finditer(text.words):
            taken = any(match.start() < each.end and each.start < match.end() for each in found)
            if not taken and (days := _read(rule, match, text)):
                has_year = rule.read not in YEARLESS or _names_year(match)
                found.append(NamedDays(match.start(), match.end(), days, has_year))
    return sorted(found, key=lambda each: each.start)


def _names_year(found: re.Match[str]) -> bool:
    """Whether a day, a month or a season comes with its year, or is the last or the next."""
    groups = found.groupdict()
    return any(groups.get(name) for name in ("year", "whose", "which"))


def _read(rule: Rule, found: re.Match[str], text: DatedText) -> DaySpan | None:
    try:
        return rule.read(found, text)
    except (ValueError, OverflowError):  # a day or a year that no calendar has
        return None
