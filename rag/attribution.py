"""Which publishers a question asks: "according to AP", "the Guardian's article"."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from rag.english.mentions import PUBLISHERS
from rag.types import Span

SECTION = re.compile(r"\s+[|–—-]\s+.*$")  # The Independent - Life and Style
DOMAIN = re.compile(r"^(?:www\.)?([\w-]+)(?:\.(?:com?|org|net|news|[a-z]{2}))+$")
ARTICLE = re.compile(r"^the\s+", re.IGNORECASE)
SHORT_FORMS = {
    "ap": "associatedpress",
    "afp": "agencefrancepresse",
    "nyt": "newyorktimes",
    "wsj": "wallstreetjournal",
    "ft": "financialtimes",
    "wapo": "washingtonpost",
    "beeb": "bbc",
}
QUOTE = r"[‘’“”'\"]?"
WORD = re.compile(r"\w[\w&.-]*\w|\w|[|&–-]")  # of names such as The Independent - Sports
LONGEST_NAME = 6  # words
PIECE = (
    r"(?:articles?|reports?|stor(?:y|ies)|pieces?|coverage|reporting|guides?|reviews?|interviews?"
    r"|columns?|editorials?|news(?:letters?)?)"
)
TELLING = (
    r"(?:report|write|wrote|say|said|tell|suggest|claim|describe|state|publish|cover|mention|argue"
    r"|indicate|discuss|portray|identif|present|focus|raise|highlight|note|attribute)"
)
BEFORE = re.compile(
    rf"(?:\b[Aa]ccording to|\b(?:reported|published|covered|described|told|written|featured|seen"
    rf"|detailed|noted|quoted|discussed|mentioned|speculated) (?:by|in|on)"
    rf"|\b{PIECE}\s+(?:from|by|in|of|on)|\b(?:per|read in|sources including))\s+(?:both )?"
    rf"(?:(?:an?|the) {PIECE} (?:from|by|in) )?(?:the )?{QUOTE}$"
)
BETWEEN = re.compile(rf"^{QUOTE}(?:,|,? and|,? or)\s+(?:by |in |from |the )*{QUOTE}$")
BEHIND = re.compile(
    rf"^{QUOTE}(?:[’']s)?\s+(?:(?!and\b|or\b)[\w’'-]+ )?{PIECE}\b|^{QUOTE}\s+{TELLING}\w*\b"
)


@dataclass(frozen=True, slots=True)
class Attribution:
    """The publishers asked, as the archive writes them; and those that it has no article of."""

    publishers: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def find_attribution(question: str, publishers: Iterable[str]) -> Attribution:
    """Return whose articles the question asks for; a publisher that it is only about is none."""
    by_key = _by_key(publishers)
    names = list(_names(question, by_key))
    asked = {name for name in names if _is_asked(question, name)}
    for one, other in [*pairwise(names), *pairwise(names[::-1])]:  # "AP and Reuters report"
        first, second = sorted((one, other), key=lambda name: name.start)
        if one in asked and BETWEEN.search(question[first.end : second.start]):
            asked.add(other)
    words = [question[name.start : name.end] for name in names if name in asked]
    known = [publisher for each in words for publisher in by_key.get(_key(each), ())]
    unknown = [each for each in words if _key(each) not in by_key]
    return Attribution(tuple(dict.fromkeys(known)), tuple(dict.fromkeys(unknown)))


def _is_asked(question: str, name: Span) -> bool:
    before, behind = question[: name.start], question[name.end :]
    return bool(BEFORE.search(before) or BEHIND.search(behind))


def _names(question: str, known: Mapping[str, object]) -> Iterator[Span]:
    """Yield what names a publisher, the longest first where several begin at the same word."""
    words = list(WORD.finditer(question))
    place = 0
    while place < len(words):
        runs = (words[place : place + length] for length in range(LONGEST_NAME, 0, -1))
        spans = {len(run): Span(run[0].start(), run[-1].end()) for run in runs}
        named = (n for n, each in spans.items() if _is_name(question[each.start : each.end], known))
        length = next(named, 0)
        if length:
            yield spans[length]
        place += length or 1


def _is_name(words: str, known: Mapping[str, object]) -> bool:
    first, last = ARTICLE.sub("", words).split()[:1], words.split()[-1]
    if not first or not first[0][0].isupper():
        return False
    named = all(word[0].isupper() for word in ARTICLE.sub("", words).split())
    return _key(words) in known or (last in PUBLISHERS and named)


def _by_key(publishers: Iterable[str]) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for publisher in publishers:
        for key in {_key(publisher), _key(SECTION.sub("", publisher))}:
            found.setdefault(key, []).append(publisher)
    return found


def _key(name: str) -> str:
    """Return what the spellings of a publisher have in common: `usatoday` for USA TODAY."""
    domain = DOMAIN.match(name.strip().casefold())
    plain = ARTICLE.sub("", domain[1] if domain else name.strip())
    letters = "".join(filter(str.isalnum, plain.casefold()))
    letters = letters.removeprefix("the") if domain else letters
    letters = letters.removesuffix("news") or letters
    return SHORT_FORMS.get(letters, letters)
