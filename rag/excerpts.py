"""Evidence -> excerpts, what the language model reads: each quote with the sentences around it."""

from collections.abc import Sequence
from dataclasses import dataclass

from rag.types import Article, Quote, Span

GAP = " … "


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Sentences of one article, in its order; those that stand together are one span."""

    article: Article
    spans: tuple[Span, ...]

    @property
    def text(self) -> str:
        return GAP.join(self.article.text[span.start : span.end] for span in self.spans)


def make_excerpts(evidence: Sequence[Quote], sentences: Sequence[Quote]) -> list[Excerpt]:
    """Return one excerpt per article, in the order of its best quote.

    `sentences` are all that were retrieved; a quote comes with the one before it and the one after
    it, where these are among them.
    """
    excerpts = []
    for article in {quote.article.id: quote.article for quote in evidence}.values():
        known = {(s.start, s.end) for s in sentences if s.article.id == article.id}
        runs = _runs([Span(start, end) for start, end in sorted(known)], article.text)
        quoted = {quote.start for quote in evidence if quote.article.id == article.id}
        spans = [span for run in runs for span in _around(quoted, run)]
        excerpts.append(Excerpt(article, tuple(spans)))
    return excerpts


def _runs(sentences: Sequence[Span], text: str) -> list[list[Span]]:
    """Group sentences that have nothing but white space between them."""
    runs: list[list[Span]] = []
    for sentence in sentences:
        if runs and not text[runs[-1][-1].end : sentence.start].strip():
            runs[-1].append(sentence)
        else:
            runs.append([sentence])
    return runs


def _around(quoted: set[int], run: Sequence[Span]) -> list[Span]:
    """Return the quoted sentences of a run with their neighbours, those that touch as one span."""
    spans: list[Span] = []
    last = None
    for place, sentence in enumerate(run):
        if not any(near.start in quoted for near in run[max(0, place - 1) : place + 2]):
            continue
        if last == place - 1:
            spans[-1] = Span(spans[-1].start, sentence.end)
        else:
            spans.append(sentence)
        last = place
    return spans
