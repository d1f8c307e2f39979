"""Sentences that several articles print: one is quoted, the others are named."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from rag.copies import by_origin
from rag.evidence import sentence_quotes
from rag.prints import SHORTEST, Print, find_words, make_print, plain_report
from rag.sentences import split_sentences
from rag.types import Article, Passage, Quote

SAME = 0.4  # share of the shorter sentence's runs of words that the longer one has


class Echoes:
    """Knows of every sentence found which others say the same: verbatim, or nearly so in copies."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._copies = {passage.article.id: passage.copies for passage in passages}
        self._sentences: dict[str, list[Quote]] = {}
        self._verbatim: defaultdict[tuple[str, ...], list[Quote]] = defaultdict(list)
        for quote in sentence_quotes(passages):
            words = find_words(quote.text)
            if len(words) >= SHORTEST:
                self._verbatim[words].append(quote)

    def original(self, quote: Quote) -> Quote:
        """Return the same sentence where it was printed first of the articles found."""
        found = [each for each in self._same(quote) if each.article.id in self._copies]
        return replace(_in_order([quote, *found])[0], score=quote.score)

    def others(self, quote: Quote) -> tuple[Quote, ...]:
        """Return the same sentence in other articles, each article once, the earliest first."""
        return tuple(_in_order(self._same(quote)))

    def one_each(self, quotes: Iterable[Quote]) -> list[Quote]:
        """Return the originals of the quotes, in their order, each once."""
        found: dict[tuple[str, int], Quote] = {}
        for quote in map(self.original, quotes):
            found.setdefault((quote.article.id, quote.start), quote)
        return list(found.values())

    def _same(self, quote: Quote) -> list[Quote]:
        same = {
            each.article.id: each
            for article in self._copies.get(quote.article.id, ())
            if (each := self._nearest(quote, article))
        }
        for each in self._verbatim.get(find_words(quote.text), ()):
            same.setdefault(each.article.id, each)
        same.pop(quote.article.id, None)
        return list(same.values())

    def _nearest(self, quote: Quote, copy: Article) -> Quote | None:
        """Return the sentence of a copy that tells the same as the quote."""
        if copy.id not in self._sentences:
            spans = split_sentences(copy.text)
            self._sentences[copy.id] = [Quote(copy, each.start, each.end) for each in spans]
        said = _print(quote)
        nearest = max(
            self._sentences[copy.id],
            key=lambda each: len(said.runs & _print(each).runs),
            default=None,
        )
        return nearest if nearest and tell_the_same(said, _print(nearest)) else None


def tell_the_same(one: Print, other: Print) -> bool:
    """Whether two sentences are the same but for a few words, with the same names and numbers."""
    if one.numbers != other.numbers or one.names != other.names or one.turns_round(other):
        return False
    if min(len(one.words), len(other.words)) < SHORTEST:
        return one.words == other.words
    shared, shorter = len(one.runs & other.runs), min(len(one.runs), len(other.runs))
    return shared > 0 and shared >= SAME * shorter


def _in_order(quotes: Sequence[Quote]) -> list[Quote]:
    by_article = {quote.article.id: quote for quote in quotes}
    order = by_origin(quote.article for quote in by_article.values())
    return [by_article[article.id] for article in order]


def _print(quote: Quote) -> Print:
    return make_print(plain_report(quote.text))
