"""How words are compared: folded, stemmed, and without those that carry no meaning of their own."""

import re
import unicodedata

from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

LONGEST_WORD = 60  # characters; what is longer is no word

# What a question asks with rather than about, beside tantivy's own English stop words. Without
# "may" and "us", which in news are as often the month and the country.
QUESTION_WORDS = re.findall(
    r"\w+",
    """
    what which who whom whose when where why how did does do done doing has have had having was
    were been being am is are be can could should would will shall might must about from up out
    over any some there here than then so just also very he him his she her hers they them their
    theirs you your yours we our ours me my mine i it its this that these those according said say
    says tell told give please articles article news report reports s t ll re ve
    """,
)


def _builder() -> TextAnalyzerBuilder:
    return (
        TextAnalyzerBuilder(Tokenizer.simple())
        .filter(Filter.remove_long(LONGEST_WORD))
        .filter(Filter.lowercase())
        .filter(Filter.ascii_fold())
    )


STEMS = _builder().filter(Filter.stemmer("English")).build()
CONTENT_STEMS = (
    _builder()
    .filter(Filter.stopword("english"))
    .filter(Filter.custom_stopword(QUESTION_WORDS))
    .filter(Filter.stemmer("English"))
    .build()
)


def content_stems(text: str) -> list[str]:
    """Return the stems of the words that carry meaning, each once, in order of appearance."""
    composed = unicodedata.normalize("NFC", text)  # an accent by itself would split the word
    return list(dict.fromkeys(CONTENT_STEMS.analyze(composed)))


NAME = re.compile(r"(?<![.!?] )(?<!^)\b[A-Z][\w’'-]*")  # a capital, but not a sentence's first
CALENDAR = set(
    re.findall(
        r"\w+",
        """
        January February March April May June July August September October November December
        Monday Tuesday Wednesday Thursday Friday Saturday Sunday I
        """,
    )
)


def proper_names(question: str) -> list[str]:
    """Return the words of a question that name somebody or something, months and days left out."""
    return [name for name in NAME.findall(question.strip()) if name not in CALENDAR]
