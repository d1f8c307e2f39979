"""An answer as plain values, for programs that read JSON."""

from rag.types import Answer, Article, Citation, Quote, Sentence


def answer_form(answer: Answer) -> dict[str, object]:
    """Return everything about an answer; articles by their ids, listed once under `articles`."""
    articles = {
        article.id: article
        for article in (
            *(citation.article for citation in answer.citations),
            *(quote.article for quote in answer.evidence),
        )
    }
    return {
        "question": answer.question,
        "text": answer.text,
        "abstained": answer.abstained,
        "abstained_because": answer.abstained_because,
        "confidence": round(answer.confidence, 4),
        "sentences": [_sentence_form(sentence) for sentence in answer.sentences],
        "citations": [_citation_form(citation) for citation in answer.citations],
        "evidence": [_quote_form(quote) for quote in answer.evidence],
        "articles": {id_: article_form(article) for id_, article in articles.items()},
        "model": answer.model,
        "timings": {
            "evidence_seconds": answer.timings.evidence_seconds,
            "first_token_seconds": answer.timings.first_token_seconds,
            "total_seconds": answer.timings.total_seconds,
        },
    }


def article_form(article: Article) -> dict[str, object]:
    """Return what describes an article, without its text."""
    return {
        "id": article.id,
        "title": article.title,
        "publisher": article.publisher,
        "author": article.author,
        "url": article.url,
        "published": article.published.isoformat() if article.published else None,
        "published_origin": article.published_origin,
    }


def _sentence_form(sentence: Sentence) -> dict[str, object]:
    return {
        "text": sentence.text,
        "supported": sentence.supported,
        "reason": sentence.reason,
        "citations": [_citation_form(citation) for citation in sentence.citations],
    }


def _citation_form(citation: Citation) -> dict[str, object]:
    return {
        "marker": citation.marker,
        "quote": citation.quote,
        "article": citation.article.id,
        "start": citation.start,
        "end": citation.end,
    }


def _quote_form(quote: Quote) -> dict[str, object]:
    return {
        "quote": quote.text,
        "article": quote.article.id,
        "start": quote.start,
        "end": quote.end,
        "score": round(quote.score, 4),
    }
