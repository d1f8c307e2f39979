"""The names and things that a text mentions, with what the words around tell about each."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import pairwise
from zoneinfo import available_timezones

from babel import Locale

from rag.english.grammar import POSSESSOR, Tag, Tagged, tag, words


class Kind(StrEnum):
    PERSON = "person"
    PLACE = "place"
    THING = "thing"  # or an organisation
    NAME = "name"  # of somebody or something


@dataclass(frozen=True, slots=True)
class Mention:
    """A name or a phrase: `text[start:end]` of the text it was found in.

    `before` is the word before it, an article left out, in small letters; `within` says that it is
    a part of a longer phrase that is a mention too.
    """

    text: str
    start: int
    end: int
    kind: Kind
    plural: bool
    is_name: bool
    within: bool = False
    before: str = ""


# Over the letters of rag.english.grammar.Tag
RUN = r"(?:[ONS]|V(?=[ON])|(?<=N)[Jf](?=N))*[ON]"
PLACED = r"(?:[fAt](?:N+(?:[fJ+]N+)*|DN+(?:[fJ]N+)+))"
NAMES = re.compile(r"N*S|N+(?:[fJ]N+)*")
PHRASE = re.compile(
    rf"(?<=X)D?[#R]?[OVN]*{PLACED}+(?=[OB])"  # did | the strike at the Port of Saltmere | last
    r"|(?<=X)D?[#R]?[ONSV]*[ON](?=[OB](?:[^ONR]|$))"  # did | the thieves | take from
    r"|DN+(?:[fJ]N+)*(?=O[D#S])"  # The River Orle | burst its banks
    r"|(?<=[AP])O(?=$)"  # go on | strike
    rf"|(?:D[DR]?[#T]?|#|N*S){RUN}(?:(?:[fA]|t(?=[DNS]))(?:D[#R]?|#)?{RUN}(?:(?<=N)[+]N+)?)*(?:AT+)?"
)
APPOSED = re.compile(r"([D#]+O+)N")  # "the paint factory Lorne & Daughters" is a factory
TITLES = words(
    "Mr Mrs Ms Miss Dr Sir Dame Lord Lady President Vice Prime Minister Secretary Chancellor "
    "Senator Governor Mayor Judge Justice King Queen Prince Princess Pope General Admiral Captain "
    "Colonel Director Chief Speaker Ambassador Professor Coach Premier Goalkeeper Striker Defender"
)
ROLES = words(
    "director minister president mayor ambassador conductor secretary spokesman spokeswoman chief "
    "chairman chairwoman judge coach captain referee goalkeeper striker defender player actor "
    "actress singer author artist writer leader politician senator governor diplomat scientist "
    "researcher doctor nurse teacher officer official premier king queen pope woman man boy girl "
    "person driver pilot owner founder winner victim candidate predecessor successor counterpart "
    "biologist engineer immunologist ecologist wife husband son daughter father mother brother "
    "sister coordinator manager chancellor editor reporter lawyer councillor executive"
)
THINGS = words(
    "Department Ministry University Council Federation Union Party Company Bank Committee Court "
    "Agency Institute Association Office Commission Corporation Group Club Team Lines Terminals "
    "Rovers City United Museum Hospital Orchestra House Senate Congress Parliament Army Navy Force "
    "Guard Inc Ltd Corp Daughters Sons Cup League Games Open Prize Award Act Treaty War Summit "
    "Conference Festival Championship Agreement"
)
PUBLISHERS = words(
    "Observer Daily Times Post Courier Wire News Herald Guardian Tribune Journal Review Reuters AP "
    "AFP BBC CNN CNBC NPR Press Telegraph Independent Gazette Bloomberg"
)
PLACES = words(
    "Bridge River Port Street Stadium Island Islands Strait Sea Ocean Lake Mount Valley Bay Cape "
    "Hill Hills Square Airport Station Lane Viaduct Kingdom States Republic Carolina"
)
PLACING = words("in at inside near off outside into across around")
PLURAL = words("people men women children police crew media both")
SINGULAR_ENDINGS = ("ss", "us", "is", "ics", "news", "series")
ADJECTIVAL = ("ese", "ish", "ian", "can", "ean")
COUNTED = re.compile(r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d+)\b", re.I)
LONGEST_PERSON = 3  # words
LONGEST_TITLE = 7  # words
OWNERS = re.compile(r"^(?:his|her|its|their|my|our|your) ", re.IGNORECASE)


def find_mentions(text: str) -> list[Mention]:
    """Return what a text names, in order: names, and phrases with an article or its like.

    After an auxiliary a phrase needs no article, and the verb that follows it is left out.
    """
    tagged = tag(text)
    phrases = [match.span() for match in PHRASE.finditer(tagged.tags)]
    names = [match.span() for match in NAMES.finditer(tagged.tags)]
    found = [_phrase(tagged, *span) for span in phrases if span not in names]
    found = [each for each in found if not each.plural or " " in each.text]  # "on penalties"
    for first, end in names:
        around = [span for span in phrases if span[0] <= first and end <= span[1]]
        within = any(span != (first, end) for span in around)
        found.append(_name(tagged, first, end, within=within))
    return sorted(found, key=lambda mention: (mention.start, -mention.end))


def whole_name(answer: str) -> Mention | None:
    """Return an answer that is nothing but a title, of a film say, as one name; else None."""
    plain = answer.strip().rstrip(".")
    named = plain.split()
    capitals = sum(word[0].isupper() for word in named)
    if "," in plain or not 2 <= len(named) <= LONGEST_TITLE or capitals < len(named) - 1:
        return None
    found = find_mentions(plain)
    if any(each.text == plain for each in found) or " and " in plain:
        return None
    return Mention(plain, 0, len(plain), Kind.THING, plural=False, is_name=True)


def definite(mention: Mention) -> str:
    """Return what a second sentence would call it: `the trip` for `a trip`; names as they are."""
    text = OWNERS.sub("the ", mention.text)
    first, _, rest = text.partition(" ")
    if first.casefold() in ("a", "an", "the", "this", "that"):
        return f"the {rest}"
    if mention.is_name or POSSESSOR.search(first):
        return text
    return f"the {first[:1].lower()}{text[1:]}"


def outermost(text: str) -> list[Mention]:
    return [mention for mention in find_mentions(text) if not mention.within]


def joined(mentions: Sequence[Mention], text: str) -> list[str]:
    """Return the names that stand joined by "and" in the text, as one: `Xi and Biden`."""
    names = [mention for mention in mentions if mention.is_name]
    return [
        text[one.start : two.end]
        for one, two in pairwise(names)
        if text[one.end : two.start].strip() == "and"
    ]


@cache
def place_names() -> frozenset[str]:
    """Return the countries, and the cities that have a time zone named after them."""
    zones = (zone.rpartition("/")[2].replace("_", " ") for zone in available_timezones())
    return frozenset((*Locale("en").territories.values(), *zones))


def _phrase(tagged: Tagged, first: int, end: int) -> Mention:
    text = tagged.slice(first, end)
    core = re.split(r"[fAt]", tagged.tags[first:end])[0]
    apposed = APPOSED.match(core)
    head = tagged.slice(first, first + len(apposed[1] if apposed else core)).split()[-1]
    kind = Kind.PERSON if head.casefold() in ROLES else Kind.THING
    plural = bool(COUNTED.match(text)) or _is_plural(head)
    start, stop = tagged.spans[first][0], tagged.spans[end - 1][1]
    is_name, before = head[0].isupper(), _before(tagged.text[:start])
    return Mention(text, start, stop, kind, plural, is_name=is_name, before=before)


def _name(tagged: Tagged, first: int, end: int, *, within: bool) -> Mention:
    named = tagged.slice(first, end).split()
    kept = _title_length(named)
    bare = [POSSESSOR.sub("", word) for word in named[kept:]]
    start = tagged.spans[first + kept][0]
    text = " ".join(bare)
    earlier = tagged.text[: tagged.spans[first][0]]
    kind = Kind.PERSON if kept else _kind(bare, earlier.split()[-2:])
    if bare[-1].endswith(ADJECTIVAL) and tagged.tags[end : end + 1] == Tag.OPEN:
        kind = Kind.THING  # "Chinese complaints"
    plural = kind is not Kind.PERSON and _is_plural(bare[-1])
    before = _before(earlier)
    return Mention(text, start, start + len(text), kind, plural, True, within, before)


def _before(text: str) -> str:
    earlier = [word.casefold() for word in text.split()[-2:]]
    if earlier[-1:] == ["the"]:
        earlier.pop()
    return earlier[-1] if earlier else ""


def _title_length(named: Sequence[str]) -> int:
    """Return how many words of a name are a title: `US Secretary of State` of Antony Blinken."""
    titles = [n for n, word in enumerate(named[:-1]) if word in TITLES]
    if not titles:
        return 0
    length = titles[-1] + 1
    if named[length] != "of":
        return length
    return length + 2 if len(named) > length + 2 else 0


def _kind(named: Sequence[str], before: Sequence[str]) -> Kind:
    """Return what a name may stand for, told by its words and the two words before it."""
    previous = before[-1].casefold() if before else ""
    last = named[-1]
    counted = previous[:1].isdigit() or any(map(str.isdigit, last))
    if {*named} & (THINGS | PUBLISHERS) or "&" in named or counted:
        return Kind.THING
    if " ".join(named) in place_names():
        return Kind.PLACE
    if previous.rstrip(",") in ROLES:
        return Kind.PERSON
    if _before(" ".join(before)) in PLACING:
        return Kind.PLACE
    initials = last.isupper() and len(last) > 1
    if {*named} & PLACES or previous == "the" or "of" in named or initials:
        return Kind.THING
    return Kind.PERSON if 1 < len(named) <= LONGEST_PERSON else Kind.NAME


def _is_plural(word: str) -> bool:
    plain = word.casefold()
    return plain in PLURAL or (plain.endswith("s") and not plain.endswith(SINGULAR_ENDINGS))
