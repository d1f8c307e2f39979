"""The lines above an article's text: site header, headline, byline, date, and its dateline."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from rag.boilerplate import is_boilerplate
from rag.bylines import Dateline, read_byline, read_dateline
from rag.publication import NUMERIC, SPELLED, read_date_line

LINES = 8  # filled ones, among which they may stand
HEADLINE_LENGTH = range(8, 161)  # characters
TRAIL_WORDS = 3  # of a headline at the end of a trail; less is the name of a section

HEADER = re.compile(
    rf"(?:(?:date:?\s+)?(?P<date>{SPELLED}|{NUMERIC})\s+)?home\s*[»›→>|/]\s*(?P<trail>.+)"
    r"|[^»›.]{2,30}(?P<sections>(?:\s*[»›]\s*[^»›]{2,160}){2,})",
    re.IGNORECASE,
)
STEP = re.compile(r"\s*[»›→>|]\s*")
MARKDOWN_HEADING = re.compile(r"#{1,6}\s+(?P<words>\S.*?)[\s#]*")
END_OF_PROSE = (".", ",", ";", ":", '."', ".”", ".'", ".’")
SITE_NAME = re.compile(r"\s+[|»–—-]\s+")
CUT_OFF = re.compile(r"\s*(?:\.\.\.|…)\s*$")
SIGNS = re.compile(r"\W+")


@dataclass(slots=True)
class Head:
    """What was found; the lines in `numbers` say nothing else and are no part of the text."""

    title: str | None
    author: str | None = None
    agency: str | None = None
    outlet: str | None = None
    published: str | None = None
    changed: str | None = None
    dateline: Dateline | None = None
    numbers: set[int] = field(default_factory=set)


def read_head(lines: list[str], title: str | None) -> Head:
    """Return what stands above the text; `title` is what the source states, if it does.

    A standfirst may come before the byline and before a date that is called one.
    """
    head = Head(title)
    is_in_text = False
    for number, line in _filled(lines):
        if _read_origin(head, line, is_in_text=is_in_text):
            head.numbers.add(number)
        elif is_boilerplate(line):
            continue
        elif not is_in_text and _read_title(head, line, is_above_gap=_is_gap(lines, number + 1)):
            head.numbers.add(number)
        elif head.dateline or is_in_text:
            break
        else:
            head.dateline = _read_own_dateline(lines, line)
            is_in_text = True
    if all(number in head.numbers for number, line in enumerate(lines) if line.strip()):
        head.numbers.clear()  # there is nothing else, so these lines are the text
    return head


def _read_own_dateline(lines: list[str], line: str) -> Dateline | None:
    """Return a line's dateline, unless others with other names follow, as in a list of players."""
    own = read_dateline(line)
    if own is None:
        return None
    others = (read_dateline(other.strip()) for other in lines)
    return None if any(other and other.publisher != own.publisher for other in others) else own


def _filled(lines: list[str]) -> Iterator[tuple[int, str]]:
    return islice(((n, line.strip()) for n, line in enumerate(lines) if line.strip()), LINES)


def _is_gap(lines: list[str], number: int) -> bool:
    """Tell whether a line is empty, or of those that part a headline from the text."""
    line = lines[number].strip() if number < len(lines) else ""
    return not line or bool(read_byline(line) or read_date_line(line))


def _read_origin(head: Head, line: str, *, is_in_text: bool) -> bool:
    """Take from a line what it says of site, date and author; tell whether it says that only."""
    if not is_in_text and (header := HEADER.fullmatch(line)):
        last = STEP.split((header["trail"] or header["sections"]).strip())[-1]
        if len(last.split()) >= TRAIL_WORDS:
            head.title = head.title or last
        head.published = head.published or header["date"]
        return True
    if (dated := read_date_line(line)) and (dated.is_labelled or not is_in_text):
        if dated.is_of_change:
            head.changed = head.changed or dated.date
        else:
            head.published = head.published or dated.date
        return True
    return _read_author(head, line, is_in_text=is_in_text)


def _read_author(head: Head, line: str, *, is_in_text: bool) -> bool:
    byline = read_byline(line)
    if byline is None or (is_in_text and not line.lower().startswith("by ")):
        return False
    head.author = head.author or byline.author
    head.agency = head.agency or byline.agency
    head.outlet = head.outlet or byline.outlet
    if dated := read_date_line(byline.rest):
        head.published = head.published or dated.date
    return True


def _read_title(head: Head, line: str, *, is_above_gap: bool) -> bool:
    """Take a headline from a line, or recognise the title in it; tell whether it is one."""
    heading = MARKDOWN_HEADING.fullmatch(line)
    words = heading["words"] if heading else line
    if head.title:
        return _is_same(words, head.title)
    is_prose = words.endswith(END_OF_PROSE) or read_dateline(words) is not None
    if heading or (
        len(words) in HEADLINE_LENGTH and " " in words and is_above_gap and not is_prose
    ):
        head.title = words
        return True
    return False


def _is_same(line: str, title: str) -> bool:
    """Tell whether a line is the title, be it cut off or followed by the site's name."""
    ours, stated = _letters(line), _letters(title)
    if ours in (stated, _letters(SITE_NAME.split(title)[0])):
        return bool(ours)
    beginning = _letters(SITE_NAME.split(title)[0])
    return bool(CUT_OFF.search(title)) and bool(beginning) and ours.startswith(beginning)


def _letters(text: str) -> str:
    return SIGNS.sub(" ", text).strip().casefold()
