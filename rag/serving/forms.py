"""Answers, passages and articles as plain values that stand by themselves, for other programs."""

from collections.abc import Iterable

from rag.json_form import article_form
from rag.types import Answer, Article, Citation, Passage, Quote, Sentence

Form = dict[str, object]


def answered_form(answer: Answer) -> Form:
    """Return the text with its [n] markers, then what proves it."""
    return {"question": answer.question, "text": answer.text, **proof_form(answer)}


def proof_form(answer: Answer) -> Form:
    """Return what proves an answer's text; every quote with the article that it stands in."""
    return {
        "abstained": answer.abstained,
        "abstained_because": answer.abstained_because,
        "citations": [_citation_form(citation) for citation in answer.citations],
        "sentences": [_sentence_form(sentence) for sentence in answer.sentences],
        **evidence_form(answer.evidence),
        "model": answer.model,
        "timings": {
            "evidence_seconds": round(answer.timings.evidence_seconds, 3),
            "first_token_seconds": _rounded(answer.timings.first_token_seconds),
            "total_seconds": round(answer.timings.total_seconds, 3),
        },
    }


def evidence_form(evidence: Iterable[Quote]) -> Form:
    return {"evidence": [_quote_form(quote) for quote in evidence]}


def passage_form(passage: Passage) -> Form:
    """Return a passage; its `score` orders the passages of one search."""
    return {
        "text": passage.text,
        "start": passage.start,
        "end": passage.end,
        "score": round(passage.score, 4),
        "article": article_form(passage.article),
    }


def whole_form(article: Article) -> Form:
    """Return an article with its text, which all offsets count in."""
    return piece_form(article, start=0, end=len(article.text))


def piece_form(article: Article, *, start: int, end: int) -> Form:
    """Return an article with a piece of its text, and how many characters the whole text has."""
    return {
        **article_form(article),
        "text": article.text[start:end],
        "start": start,
        "end": end,
        "length": len(article.text),
    }


def _citation_form(citation: Citation) -> Form:
    return {
        "marker": citation.marker,
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
        "article": article_form(citation.article),
        "also": [_also_form(quote) for quote in citation.also],
    }


def _also_form(quote: Quote) -> Form:
    """Return where else a citation's words stand: they have no score of their own."""
    return {name: value for name, value in _quote_form(quote).items() if name != "score"}


def _sentence_form(sentence: Sentence) -> Form:
    return {
        "text": sentence.text,
        "supported": sentence.supported,
        "reason": sentence.reason,
        "markers": list(dict.fromkeys(citation.marker for citation in sentence.citations)),
    }


def _quote_form(quote: Quote) -> Form:
    return {
        "quote": quote.text,
        "start": quote.start,
        "end": quote.end,
        "score": round(quote.score, 4),
        "article": article_form(quote.article),
    }


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 3)
