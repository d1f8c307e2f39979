"""The words that name days, months and amounts of time in English, and what they stand for."""

import re

from rag.publication import MONTHS

WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAY = rf"(?:{'|'.join(WEEKDAYS)})"
MONTH = (
    r"(?:(?:january|february|march|april|may|june|july|august|september|october|november"
    r"|december)\b|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?+)"
)
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?\b"
YEAR = r"\b(?:1[5-9]|20)\d\d\b"
SEASON = r"(?:spring|summer|autumn|fall|winter)"
UNIT = r"(?:hour|day|week|month|year|decade)"
PART_OF_DAY = r"(?:morning|afternoon|evening|night|lunchtime)"
NUMBERS = {
    **{"a": 1, "an": 1, "one": 1, "two": 2, "a couple of": 2, "three": 3, "four": 4, "five": 5},
    **{"six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12},
    **{"twenty": 20, "thirty": 30, "fifty": 50},
}
NUMBER = rf"(?:\d{{1,3}}|{'|'.join(sorted(NUMBERS, key=len, reverse=True))})"
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
FEW = 5  # what "the last few days" stands for
NEAR_DAYS = {
    **{"day before yesterday": -2, "day after tomorrow": 2},
    **{"yesterday": -1, "last night": -1, "tomorrow": 1},
}
DAYS_IN = {"hour": 1 / 24, "day": 1, "week": 7, "month": 30, "year": 365, "decade": 3652}

TIME_PREPOSITIONS = set(
    re.findall(
        r"\w+",
        """
        in on since until till before after during of from between by through to and or early late
        mid last next this around about for over year
        """,
    )
)
# After these a month is a month, even where it might be a name or a verb: "in May".
SURE_PREPOSITIONS = set(
    re.findall(r"\w+", "in since during until till early late mid last next this")
)
DUAL = {"may", "march", "mar"}  # months in capitals, verbs and nouns without
GENERAL = {"every", "each", "most", "any", "some", "one", "a", "an", "the"}  # of no certain day
NAMED_BEFORE = set(
    re.findall(
        r"\w+",
        "black good cyber super bloody easter palm ash holy giving fat shrove maundy casual ruby",
    )
)
NAMED_AFTER = re.compile(
    r"\s+(?:Times|Night|Mail|Telegraph|Express|Mirror|Post|Show|Review|Herald|Club|Agreement"
    r"|[Ss]chool|[Mm]ass|[Rr]oast)\b"
)
# "the Sept. 11 attacks", "the Jan. 6 committee": days that became names, of whichever year.
NAMED_DAY_AFTER = re.compile(
    r"\s+(?:attacks?|attackers?|terror\w*|committee|riot\w*|insurrection|hearings?|panel"
    r"|commission|memorial|conspiracy|defendants?)\b"
)


# Days that became names too: without their year they are of no year in particular.
FAMOUS_DAYS = {(1, 6), (9, 11)}


def month_number(written: str) -> int:
    return MONTHS.index(written[:3].lower()) + 1


def weekday_number(written: str) -> int:
    """Return 0 for Monday."""
    return WEEKDAYS.index(written.lower())


def number_of(written: str) -> int:
    written = written.lower()
    return int(written) if written.isdigit() else NUMBERS[written]
