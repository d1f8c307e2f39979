"""A correction outranks what it corrects: the wrong statement is no evidence any more."""

import re
from collections.abc import Sequence

from rag.types import Quote
from rag.words import content_stems

# "An earlier version of this story misstated …", "A previous article incorrectly said that …"
TELLS_AN_ERROR = re.compile(
    r"\b(?:earlier|previous|original|first|printed)\ (?:\w+\ ){0,2}?"
    r"(?:version|article|story|report|edition|headline|caption)s?\b.*?"
    r"\b(?:said|stated|reported|gave|wrote|had|put|called|identified|described"
    r"|misstated|misspelled|misidentified|mischaracterized|misreported)\b",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
SETS_RIGHT = re.compile(r"\b(?:in fact|actually|and not|rather than|instead of)\b|, not\b", re.I)
DATE = re.compile(r"\b[A-Z][a-z]+\.? \d{1,2}\b(?:, \d{4})?|\b\d{1,2} [A-Z][a-z]+(?: \d{4})?")
OF_CORRECTIONS = set(
    content_stems(
        "correction corrected clarification earlier previous original version article story report "
        "edition said stated reported incorrectly wrongly mistakenly erroneously published"
    )
)
SAME = 0.7  # share of the wrong statement's meaning words that what it corrects has


def without_corrected(quotes: Sequence[Quote]) -> list[Quote]:
    """Return the quotes in their order without those that a correction among them takes back.

    Left out are the sentence that tells the error, unless it also sets it right, and sentences of
    that day or before, of the same publisher, that say the same with the same numbers.
    """
    errors = [quote for quote in quotes if TELLS_AN_ERROR.search(quote.text)]
    told = {id(quote) for quote in errors if not SETS_RIGHT.search(quote.text)}
    return [
        quote
        for quote in quotes
        if id(quote) not in told and not any(_is_corrected(quote, error) for error in errors)
    ]


def _is_corrected(quote: Quote, error: Quote) -> bool:
    """Whether the quote says what the error did; its dates are those of the article corrected."""
    if quote.article.id == error.article.id or not _is_earlier(quote, error):
        return False
    publisher = set(content_stems(error.article.publisher or ""))
    statement = DATE.sub("", SETS_RIGHT.split(error.text)[0])
    wrong = set(content_stems(statement)) - OF_CORRECTIONS - publisher
    numbers = {stem for stem in wrong if stem.isdigit()}
    said = set(content_stems(quote.text))
    return bool(numbers) and numbers <= said and len(wrong & said) >= SAME * len(wrong)


def _is_earlier(quote: Quote, error: Quote) -> bool:
    before, after = quote.article.published_on, error.article.published_on
    same = quote.article.publisher == error.article.publisher
    return same and before is not None and after is not None and before <= after
