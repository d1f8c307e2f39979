"""When an article was published: a date in any spelling, in a line of its own, in a name."""

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache
from pathlib import PurePath
from typing import NamedTuple

FIRST_YEAR = 1700
LONGEST_DATE = 60  # characters; longer values are prose, and dateparser is slow with them

LANGUAGES = [  # of dates in words; to try every one that dateparser knows takes seconds
    *("en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "nb", "fi", "pl", "cs", "hu", "ro"),
    *("ru", "uk", "tr", "el", "ar", "he", "fa", "hi", "id", "vi", "th", "ko", "ja", "zh"),
]
MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
DAY = r"\d{1,2}(?:st|nd|rd|th)?"
SPELLED = rf"(?:{MONTH}\s+{DAY},?\s+\d{{4}}|{DAY}\s+{MONTH},?\s+\d{{4}})"
NUMERIC = r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}"
WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
CLOCK = r"\d{1,2}(?:[:.]\d\d){1,2}(?:\s*[ap]\.?m\.?)?(?:\s+[a-z]{2,5}\b)?"
LABEL = (
    r"(?P<label>(?:(?:first|last|originally)\s+)?"
    r"(?:published|posted|updated|modified|publication\s+date|dated?)(?:\s+on)?\s*:?\s+)"
)
DATE_LINE = re.compile(
    rf"\W*{LABEL}?(?:{CLOCK},?\s+)?{WEEKDAY}(?P<date>{SPELLED}|{NUMERIC})"
    rf"(?:(?:T|,|\||\s|-|–|at)*{CLOCK})?\W*",
    re.IGNORECASE,
)
SPELLED_DATE = re.compile(rf"{WEEKDAY}({SPELLED})", re.IGNORECASE)
NUMERIC_DATE = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
DAY_AND_MONTH = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})\b")
RFC_2822 = re.compile(r"(?:[A-Za-z]{3},\s*)?\d{1,2} [A-Za-z]{3} \d{4} \d\d:\d\d.*")
EPOCH = re.compile(r"(\d{9,10}|\d{12,13})(?:\.\d+)?")

RECORD = re.compile(r", (?:line|row|record|entry) \d+\Z")
SEPARATED_IN_NAME = re.compile(r"(?<!\d)(\d{4})[-_.](\d{2})[-_.](\d{2})(?!\d)")
COMPACT_IN_NAME = re.compile(r"(?<![0-9A-Za-z])((?:19|20)\d{2})(\d{2})(\d{2})(?![0-9A-Za-z])")
IN_ADDRESS = re.compile(r"/(\d{4})[/-](\d{1,2})[/-](\d{1,2})(?=[/-])")


class DateLine(NamedTuple):
    date: str
    is_labelled: bool
    is_of_change: bool  # tells when the article was last changed, not when it appeared


def read_date(text: str, latest: date) -> date | datetime | None:
    """Return the date, or the aware datetime, that a text states as its only content.

    A time without a zone is taken as UTC; midnight without a zone as a mere date. None for what is
    no date, could be two (06/07/2023), or lies before the year 1700 or after `latest`.
    """
    text = " ".join(text.split())
    found = _read_plain(text) or (_read_in_words(text) if _is_candidate(text) else None)
    if isinstance(found, datetime) and found.tzinfo is None:
        is_midnight = not (found.hour or found.minute or found.second)
        found = found.date() if is_midnight else found.replace(tzinfo=UTC)
    return found if _is_possible(found, latest) else None


def read_date_line(line: str) -> DateLine | None:
    """Return what a line says that holds a date and nothing else of weight."""
    if len(line) > 2 * LONGEST_DATE or not (match := DATE_LINE.fullmatch(line)):
        return None
    label = (match["label"] or "").lower()
    return DateLine(match["date"], bool(label), label.startswith(("updated", "modified", "last")))


def read_date_in_name(source: str, url: str | None, latest: date) -> date | None:
    """Return the date in an address or a file's name; a dump's name does not date its records."""
    found = IN_ADDRESS.search(url or "")
    if found is None and not RECORD.search(source):
        name = PurePath(source).name
        found = SEPARATED_IN_NAME.search(name) or COMPACT_IN_NAME.search(name)
    day = make_date(*map(int, found.groups())) if found else None
    return day if _is_possible(day, latest) else None


def make_date(year: int, month: int, day: int) -> date | None:
    """Return the day, None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _is_possible(found: date | datetime | None, latest: date) -> bool:
    day = found.date() if isinstance(found, datetime) else found
    return day is not None and day.year >= FIRST_YEAR and day <= latest


def _read_plain(text: str) -> date | datetime | None:
    """Read the spellings that computers and English newspapers use."""
    if match := EPOCH.fullmatch(text):
        seconds = int(match[1]) / (1000 if len(match[1]) > 10 else 1)
        return datetime.fromtimestamp(seconds, UTC)
    if match := NUMERIC_DATE.fullmatch(text):
        return make_date(*map(int, match.groups()))
    if match := SPELLED_DATE.fullmatch(text):
        return _read_spelled(match[1])
    try:
        if RFC_2822.fullmatch(text):
            return parsedate_to_datetime(text)
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _read_spelled(text: str) -> date | None:
    month = re.search(r"[A-Za-z]{3,}", re.sub(r"(?<=\d)(?:st|nd|rd|th)", "", text))
    numbers = sorted(re.findall(r"\d+", text), key=len)
    if month is None or len(numbers) != 2:
        return None
    return make_date(int(numbers[1]), MONTHS.index(month[0][:3].lower()) + 1, int(numbers[0]))


def _is_candidate(text: str) -> bool:
    return 6 <= len(text) <= LONGEST_DATE and any(character.isdigit() for character in text)


@lru_cache(maxsize=10_000)
def _read_in_words(text: str) -> date | datetime | None:
    """Read a complete date in any of the great languages."""
    import dateparser  # here, because few articles need it and loading it takes long

    order = "DMY"
    if match := DAY_AND_MONTH.search(text):
        first, second = int(match[1]), int(match[3])
        if match[2] != "." and first <= 12 and second <= 12 and first != second:
            return None
        order = "MDY" if second > 12 else "DMY"
    found: datetime | None = dateparser.parse(
        text,
        languages=LANGUAGES,
        settings={"DATE_ORDER": order, "STRICT_PARSING": True, "PARSERS": ["absolute-time"]},
    )
    return found
