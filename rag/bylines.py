"""By whom and where an article was published: bylines, datelines, agencies, hosts."""

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from rag.publication import MONTH, MONTHS, make_date

LONGEST_BYLINE = 150
NAMED_ALIKE = (
    *("AP", "Reuters", "AFP", "Xinhua", "UPI", "dpa", "Kyodo", "Yonhap", "TASS", "EFE", "ANSA"),
    *("PTI", "ANI", "IANS", "Anadolu", "Bernama", "AAP", "Interfax", "CNN", "BBC"),
)
AGENCIES = {name.casefold(): name for name in NAMED_ALIKE} | {
    "associated press": "AP",
    "the associated press": "AP",
    "thomson reuters": "Reuters",
    "agence france-presse": "AFP",
    "kyodo news": "Kyodo",
    "xinhua news agency": "Xinhua",
    "canadian press": "The Canadian Press",
    "the canadian press": "The Canadian Press",
}
DATELINE = re.compile(r"(?P<place>[^\W_][^()\n—–]{0,70})?\((?P<agency>[^()\n]{2,24})\)\s*[-–—]")
DATELINE_DAY = re.compile(
    rf"(?:(?P<month>{MONTH})\s+(?P<day>\d{{1,2}})|(?P<day_first>\d{{1,2}})\s+(?P<month_last>{MONTH}))"
    r"(?:,?\s+(?P<year>\d{4}))?\s*\Z",
    re.IGNORECASE,
)
NAME_PART = r"[^\W\d_a-zß-öø-ÿ][\w.'’-]*"
NAME = rf"{NAME_PART}(?:\s+(?:(?:de|da|van|von|der|den|bin|al|la|el)\s+)*{NAME_PART}){{1,3}}"
BYLINE = re.compile(
    rf"(?:by|BY|By)\s+(?P<names>{NAME}(?:(?:,|,?\s+and|,?\s+&)\s+{NAME})*)"
    r"(?:\s*[,|•·–—/-]\s*(?P<rest>\S.{0,60}))?"
)
OUTLET = re.compile(
    r"\b(?:News|Times|Post|Daily|Herald|Press|Observer|Journal|Tribune|Gazette|Courier|Today|TODAY|"
    r"Chronicle|Republic|Register|Star|Sun|Mail|Wire|Network|Magazine|Review|Agency|Radio|TV)\b"
)
NO_NAME = re.compile(r"\b(?:the|numbers|this|that|our)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Byline:
    """Who wrote an article and for whom; `rest` is what follows, perhaps a date."""

    author: str | None
    agency: str | None = None
    outlet: str | None = None
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Dateline:
    """The opening of an agency's report, with the month and day of it if it states them."""

    agency: str
    month: int | None
    day: int | None
    year: int | None


def read_byline(line: str) -> Byline | None:
    """Return what "By Jane Doe, Associated Press", or an agency's name alone, says."""
    if len(line) > LONGEST_BYLINE:
        return None
    if agency := AGENCIES.get(re.sub(r"(?i)^by\s+", "", line).casefold()):
        return Byline(None, agency)
    match = BYLINE.fullmatch(line)
    if match is None:
        return None
    names, rest = match["names"], match["rest"] or ""
    before, _, last = names.rpartition(", ")
    if before and (last.casefold() in AGENCIES or OUTLET.search(last)):
        names, rest = before, last
    if agency := AGENCIES.get(names.casefold()):
        return Byline(None, agency, rest=rest)
    if NO_NAME.search(names):
        return None
    agency = AGENCIES.get(rest.casefold())
    outlet = rest if not agency and OUTLET.search(rest) else None
    return Byline(names, agency, outlet, "" if agency or outlet else rest)


def read_dateline(line: str) -> Dateline | None:
    """Return what "TAIPEI, June 14 (Reuters) - …" says of its origin."""
    match = DATELINE.match(line)
    agency = AGENCIES.get(match["agency"].strip().casefold()) if match else None
    if match is None or agency is None:
        return None
    stated = DATELINE_DAY.search(match["place"] or "")
    if stated is None:
        return Dateline(agency, None, None, None)
    month = MONTHS.index((stated["month"] or stated["month_last"])[:3].lower()) + 1
    day = int(stated["day"] or stated["day_first"])
    return Dateline(agency, month, day, int(stated["year"]) if stated["year"] else None)


def date_of(dateline: Dateline, known: date | None) -> date | None:
    """Return a dateline's day; where it has no year, the latest such day up to a known date."""
    if dateline.month is None or dateline.day is None:
        return None
    year = dateline.year or (known.year if known else None)
    if year is None:
        return None
    found = make_date(year, dateline.month, dateline.day)
    if found and known and not dateline.year and found > known:
        return make_date(year - 1, dateline.month, dateline.day)
    return found


def host_of(url: str | None) -> str | None:
    """Return the name of an address's host, without a leading www."""
    try:
        host = urlsplit(url or "").hostname
    except ValueError:  # such as an unclosed bracket
        return None
    return host.removeprefix("www.") if host else None
