"""Answers, passages and articles as text for language models that call Newsdesk as a tool.

Titles and texts come from articles: each stands on one line, so that none can pass for the lines
around it.
"""

from collections.abc import Iterable, Sequence

from rag.composing import also_in, reference
from rag.prompting import harmless
from rag.types import Answer, Article, Citation, Passage

NEAREST = 3  # quotes shown where the answer declines


def tell_answer(answer: Answer) -> str:
    """Return the text, then each source with its id and the words that prove the answer."""
    if answer.abstained:
        return "\n".join([answer.text, *_nearest(answer)])
    lines = [answer.text, "", "Sources:"]
    for marker, cited in _by_marker(answer.citations).items():
        lines.append(f"[{marker}] {_source(cited[0].article)}")
        lines += [f"    “{_line(citation.quote)}”" for citation in cited]
        lines += [f"    ({_line(others)})" for others in [also_in(cited)] if others]
    return "\n".join(lines)


def tell_passages(passages: Sequence[Passage]) -> str:
    if not passages:
        return "No passage matches."
    return "\n".join(
        f"{number}. {_source(passage.article)}\n    {_line(passage.text)}"
        for number, passage in enumerate(passages, start=1)
    )


def tell_article(article: Article, *, start: int, end: int) -> str:
    """Return a piece of the article, and which it is where that is not all."""
    lines = [_source(article), "", harmless(article.text[start:end])]
    if (start, end) != (0, len(article.text)):
        lines += ["", f"(characters {start:,} to {end:,} of {len(article.text):,})"]
    return "\n".join(lines)


def _nearest(answer: Answer) -> Iterable[str]:
    if answer.evidence:
        yield "Nearest to the question, without answering it:"
    for quote in answer.evidence[:NEAREST]:
        yield f"- {_source(quote.article)}"
        yield f"    “{_line(quote.text)}”"


def _by_marker(citations: Iterable[Citation]) -> dict[int, list[Citation]]:
    found: dict[int, list[Citation]] = {}
    for citation in citations:
        found.setdefault(citation.marker, []).append(citation)
    return dict(sorted(found.items()))


def _source(article: Article) -> str:
    named = (_line(reference(article)), article.url, f"id: {article.id}")
    return " · ".join(_line(part) for part in named if part)


def _line(text: str) -> str:
    return harmless(" ".join(text.split()))
