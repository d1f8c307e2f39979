"""Whether an answer's citations prove it, in ALCE's sense, judged by Newsdesk's own checker.

Knows no threshold of its own: what proves a sentence is `rag.verification.find_support`'s matter.
"""

from collections.abc import Callable, Sequence

from rag.composing import is_quotation
from rag.types import Answer, Citation, Quote, Sentence
from rag.verification import find_support, without_markers

Checker = Callable[[str, Sequence[Quote]], bool]
TextOf = Callable[[str], str | None]


def supports(sentence: str, quotes: Sequence[Quote]) -> bool:
    return bool(find_support(sentence, quotes).quotes)


def proof_measures(
    answer: Answer, text_of: TextOf, *, checker: Checker = supports
) -> dict[str, float]:
    """Return the measures that apply; an answer that declines or says nothing has none.

    `text_of` gives the text of an article as the archive has it, by id.
    """
    measures: dict[str, float] = {}
    shown = shown_sentences(answer)
    if answer.sentences:
        measures["supported_share"] = _mean([s.supported for s in answer.sentences])
    if shown:
        measures["citation_recall"] = _mean([is_recalled(s, checker) for s in shown])
        precise = [each for s in shown for each in precise_citations(s, checker)]
        measures["citation_precision"] = _mean(precise)
    if answer.citations:
        measures["quote_exact"] = float(all(is_exact(c, text_of) for c in answer.citations))
    return measures


def shown_sentences(answer: Answer) -> list[Sentence]:
    """Return the sentences that stand in the answer's text; unproved ones may be left out of it."""
    text = without_markers(answer.text)
    return [sentence for sentence in answer.sentences if sentence.text in text]


def is_recalled(sentence: Sentence, checker: Checker) -> bool:
    """Whether all its citations together prove the sentence (Gao et al., ALCE, EMNLP 2023).

    The article's own words, with their origin, need no checker.
    """
    if is_quotation(sentence):
        return True
    return bool(sentence.citations) and checker(sentence.text, _quotes(sentence.citations))


def precise_citations(sentence: Sentence, checker: Checker) -> list[bool]:
    """Say of each citation whether it is needed: ALCE's citation precision.

    It is not where the citations together do not prove the sentence, or where it alone does not
    and the others do without it.
    """
    if not is_recalled(sentence, checker):
        return [False] * len(sentence.citations)
    if is_quotation(sentence):
        return [True]
    quotes = _quotes(sentence.citations)
    return [
        checker(sentence.text, [quote])
        or not checker(sentence.text, quotes[:place] + quotes[place + 1 :])
        for place, quote in enumerate(quotes)
    ]


def is_exact(citation: Citation, text_of: TextOf) -> bool:
    """Whether the archive's article has the quoted words at the offsets given."""
    text = text_of(citation.article.id)
    return bool(citation.quote) and text is not None and _slice(text, citation) == citation.quote


def _slice(text: str, citation: Citation) -> str:
    return text[citation.start : citation.end] if 0 <= citation.start < citation.end else ""


def _quotes(citations: Sequence[Citation]) -> list[Quote]:
    return [Quote(each.article, each.start, each.end) for each in citations]


def _mean(values: Sequence[bool]) -> float:
    return sum(values) / len(values) if values else 0.0
