"""A written sentence -> the quotes that support it, or the reason why none does.

In this version support is measured in words: most of what carries meaning must stand in one
sentence of an article or in two, and every number and name without exception.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.chunking import heading
from rag.types import Quote
from rag.words import CALENDAR, content_stems, proper_names

ENOUGH = 0.65  # share of the sentence's meaning words that its quotes must have
SECOND_QUOTE_GAIN = 0.15  # a second quote is cited only where it proves this much more,
PLAIN = 0.5  # share of those that are neither names nor days
SAME_SUBJECT = 0.3  # share of the words that a quote of another article must have
SECOND_QUOTE_WORDS = 2  # and more than a word, which without its sentence says something else
CALENDAR_STEMS = set(content_stems(" ".join(CALENDAR)))
NUMBER_UNPROVED = "no article says"  # how the reason begins where a number is not proved
MARKER = re.compile(r"\s*\[\d+(?:\s*[,;–-]\s*\d+)*\]")
NUMBER_OR_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
WORD = re.compile(r"[^\W\d_][\w’'-]+")
FROM_TWO = re.findall(r"\w+", "two three four five six seven eight nine ten eleven twelve")
AMOUNTS = re.findall(
    r"\w+",
    """
    thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty
    seventy eighty ninety hundred thousand million billion trillion dozen half
    second third fourth fifth sixth seventh eighth ninth tenth
    """,
)
SPELLED = {  # without "one", which is seldom a number
    **{word: str(number) for number, word in enumerate(FROM_TWO, start=2)},
    **{form: word for word in AMOUNTS for form in (word, f"{word}s")},
}


@dataclass(frozen=True, slots=True)
class Support:
    """The quotes that support a sentence, best first; none: `reason` says what is missing."""

    quotes: tuple[Quote, ...]
    reason: str | None = None


def find_support(sentence: str, quotes: Sequence[Quote], question: str = "") -> Support:
    """Find the quotes that prove a sentence, at most two.

    The first has the most of its words. The second is of the same article and proves much more, or
    has names that the question gave ("the museum" of one sentence is the one named in another); or
    it is about the same, in whichever article, and says when: who did what must stand together.
    """
    if sentence.endswith("?"):
        return Support((), "it asks instead of answering")
    claimed = set(content_stems(sentence))
    if not any(stem.isalpha() for stem in claimed):
        return Support((), "it says nothing that an article could prove")
    names = _names(sentence, quotes)
    lent = set(content_stems(" ".join(names))) | CALENDAR_STEMS
    proven = [_proven(claimed, lent, quote) for quote in quotes]
    given = set(content_stems(" ".join(proper_names(question))))
    chosen = _choose(claimed, given, proven, quotes)
    support = tuple(quotes[index] for index in chosen)
    covered = set().union(*(proven[index] for index in chosen))
    plain = claimed - lent
    enough = len(covered) >= ENOUGH * len(claimed) and len(covered & plain) >= PLAIN * len(plain)
    reason = _why_not(sentence, support, names, enough=enough)
    return Support((), reason) if reason else Support(support)


def _choose(
    claimed: set[str], given: set[str], proven: Sequence[set[str]], quotes: Sequence[Quote]
) -> list[int]:
    """Return the indexes of the one or two quotes that prove the most, best first."""
    if not quotes:
        return []
    first = max(range(len(quotes)), key=lambda index: len(proven[index]))
    missing = claimed - proven[first]
    days = {stem for stem in missing if stem in CALENDAR_STEMS or stem.isdigit()}

    def is_same_article(index: int) -> bool:
        return quotes[index].article.id == quotes[first].article.id

    def gains(index: int) -> tuple[int, int]:
        wanted = days | (missing & given if is_same_article(index) else set())
        return len(proven[index] & wanted), len(proven[index] & missing)

    second = max(range(len(quotes)), key=gains)
    wanted_gained, words_gained = gains(second)
    if wanted_gained and len(proven[second]) >= SAME_SUBJECT * len(claimed):
        return [first, second]
    enough = words_gained >= max(SECOND_QUOTE_WORDS, SECOND_QUOTE_GAIN * len(claimed))
    return [first, second] if enough and is_same_article(second) else [first]


def without_markers(text: str) -> str:
    """Return `text` without the [n] marks that a model wrote by itself."""
    return MARKER.sub("", text)


def _proven(claimed: set[str], lent: set[str], quote: Quote) -> set[str]:
    """Return what a quote proves: its own words, and names and days that its heading lends it.

    What happened the quote must say itself: "without announcement" in a headline proves nothing.
    """
    return claimed & (
        set(content_stems(quote.text)) | (lent & set(content_stems(heading(quote.article))))
    )


def _why_not(
    sentence: str, support: Sequence[Quote], names: Sequence[str], *, enough: bool
) -> str | None:
    if not support:
        return "no article was found"
    headings = " ".join(heading(quote.article) for quote in support)
    days = " ".join(str(quote.article.published_on) for quote in support)
    text = " ".join(quote.text for quote in support)
    proven = _numbers(f"{days.replace('-', ' ')} {text}")
    for plain, written in _numbers(sentence).items():
        if plain.lstrip("0") not in {number.lstrip("0") for number in proven}:
            return f"{NUMBER_UNPROVED} {written} of it"
    words = set(content_stems(f"{headings} {text}"))
    for name in names:
        if not words.issuperset(content_stems(name)):
            return f"no article names {name} with it"
    if not enough:
        return "too little of it stands in an article"
    return None


def _numbers(text: str) -> dict[str, str]:
    """Return each number in its plain form with how it is written: `three` is a 3."""
    found: dict[str, str] = {}
    for written in NUMBER_OR_WORD.findall(text):
        is_figure = written[0].isdigit()
        plain = written.replace(",", "") if is_figure else SPELLED.get(written.casefold())
        if plain:
            found.setdefault(plain, written)
    return found


def _names(sentence: str, quotes: Sequence[Quote]) -> list[str]:
    """Return the words with a capital; that of the first may only be a sentence's beginning.

    It is where a quote has the word in small letters, or a comma follows it.
    """
    words = list(WORD.finditer(sentence))
    names = [word[0] for word in words if word[0][0].isupper()]
    if not words or not words[0][0][0].isupper():
        return names
    first = words[0]
    small = first[0].casefold()
    common = any(small in WORD.findall(quote.text) for quote in quotes)
    return names[1:] if common or sentence[first.end() :].startswith(",") else names
