"""How near a text is to the accepted answers, as SQuAD's own evaluation script measures it."""

import re
import string
from collections import Counter
from collections.abc import Iterable

ARTICLES = re.compile(r"\b(a|an|the)\b")
PUNCTUATION = str.maketrans("", "", string.punctuation)
# SQuAD's script knows ASCII only; newspapers set their own quotation marks and dashes.
TYPOGRAPHY = str.maketrans({**dict.fromkeys("“”‘’«»„…"), **dict.fromkeys("–—-", " ")})


def normalised(text: str) -> str:
    """Return the text in lower case without punctuation, articles and surplus white space.

    Rajpurkar et al., SQuAD, EMNLP 2016: `normalize_answer` of evaluate-v2.0.py, step by step.
    """
    plain = text.lower().translate(PUNCTUATION)
    return " ".join(ARTICLES.sub(" ", plain).split())


def exact_match(text: str, answers: Iterable[str]) -> float:
    """Return 1.0 where the normalised text is one of the normalised answers (SQuAD's EM)."""
    return float(normalised(text) in {normalised(answer) for answer in answers})


def token_f1(text: str, answers: Iterable[str]) -> float:
    """Return the best F1 of the normalised words against any of the answers (SQuAD's F1)."""
    return max((_f1(normalised(text).split(), normalised(a).split()) for a in answers), default=0.0)


def contains_answer(text: str, answers: Iterable[str]) -> float:
    """Return 1.0 where whole words of the normalised text are a normalised answer.

    The open-domain `has_answer` of Karpukhin et al., DPR, EMNLP 2020: “4” is not in “14”. Quotation
    marks and dashes of any shape make no difference.
    """
    words = f" {_plain_words(text)} "
    return float(any(f" {plain} " in words for plain in map(_plain_words, answers) if plain))


def _f1(words: list[str], expected: list[str]) -> float:
    if not words or not expected:
        return float(words == expected)
    common = sum((Counter(words) & Counter(expected)).values())
    return 2 * common / (len(words) + len(expected))


def _plain_words(text: str) -> str:
    return normalised(text.translate(TYPOGRAPHY))
