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
DATELINE = re.compile(
    r"[*_]{0,2}(?P<place>[^\W_][^()\n—–]{0,70})?\((?P<name>[^()\n]{2,40})\)[*_]{0,2}\s*[-–—]"
)
# Unlike an agency known by name, any other name counts only behind a place in capitals.
CAPITAL_PLACE = re.compile(r"(?:Mc|Mac|La|Le|De|O['’])?[^\W\d_a-zß-ÿ]{2}[^a-zß-ÿ,]*(?:,|\Z)")
PUBLISHER_WORD = re.compile(r"[^\W\d_a-zß-ÿ][\w.'’&-]*|&|\d{1,3}")
SMALL_WORD = re.compile(r"of|the|and|for|in|on|at|to|de|der|die|la|le|du|del|et")
NO_PUBLISHER = re.compile(
    rf"{MONTH}|(?:mon|tues|wednes|thurs|fri|satur|sun)day|photos?|video|updated?|exclusive|opinion"
    r"|analysis|[A-Z]-[A-Z][\w.]*",
    re.IGNORECASE,
)
DATELINE_DAY = re.compile(
    rf"(?:(?P<month>{MONTH})\s+(?P<day>\d{{1,2}})|(?P<day_first>\d{{1,2}})\s+(?P<month_last>{MONTH}))"
    r"(?:,?\s+(?P<year>\d{4}))?[\s,:]*\Z",
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
    """The opening of a report: who published it, with its month and day if it states them."""

    publisher: str
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
    if match is None:
        return None
    place, name = (match["place"] or "").strip(), " ".join(match["name"].split())
    day = DATELINE_DAY.search(place)
    publisher = AGENCIES.get(name.casefold())
    if publisher is None:
        town = place[: day.start()] if day else place
        if not CAPITAL_PLACE.match(town.strip(" ,")) or not _is_publisher(name, town):
            return None
        publisher = name
    if day is None:
        return Dateline(publisher, None, None, None)
    month = MONTHS.index((day["month"] or day["month_last"])[:3].lower()) + 1
    year = int(day["year"]) if day["year"] else None
    return Dateline(publisher, month, int(day["day"] or day["day_first"]), year)


def _is_publisher(name: str, place: str) -> bool:
    """Tell whether a name in brackets is a publisher's, not what the capitals before stand for."""
    words = name.split()
    if NO_PUBLISHER.fullmatch(name) or SMALL_WORD.fullmatch(words[0]):
        return False
    if not all(PUBLISHER_WORD.fullmatch(word) or SMALL_WORD.fullmatch(word) for word in words):
        return False
    letters = "".join(filter(str.isalpha, place.partition(",")[0])).casefold()
    initials = "".join(word[0] for word in words if not SMALL_WORD.fullmatch(word)).casefold()
    is_written_out = len(initials) + 1 >= len(letters) and letters.startswith(initials)  # NATO (…)
    is_ticker = name.isupper() and set(name.casefold()) <= set(letters)  # MICROSOFT (MSFT)
    return not is_written_out and not is_ticker


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


def is_own_site(publisher: str, host: str | None) -> bool:
    """Tell whether a publisher's name is also that of its host: BBC and bbc.co.uk."""
    letters = "".join(filter(str.isalnum, publisher.casefold())).removeprefix("the")
    labels = (label.replace("-", "").removeprefix("the") for label in (host or "").split("."))
    return bool(letters) and letters in labels
