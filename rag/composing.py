"""Sentences and their quotes -> an answer's text: the one place that writes the [n] marker."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from rag.relative_dates import annotation
from rag.types import Article, Citation, Disagreement, Entailment, Quote, Sentence
from rag.verification import find_support, without_markers

DECLINED = "The articles do not say."
UNTITLED = "an article without a headline"
FOOTNOTE = re.compile(r"\[(\d[\d\s,;–-]*)\]")  # an article's own, which is no marker of ours
QUOTATION = re.compile(r"”(?: \([^()]*\b\d{4}\b[^()]*\))?$")
CLOSING = re.compile(r"[.!?…]*[\"'”’)]*$")


def no_echoes(quote: Quote) -> tuple[Quote, ...]:
    """Know of no other article that says the same."""
    return ()


@dataclass(slots=True)
class Citer:
    """Checks sentences against `quotes` and numbers the articles cited, in order, from 1.

    `echoes` gives the quotes of other articles that say the same as one.
    """

    quotes: Sequence[Quote]
    question: str = ""
    today: date | None = None  # from which the question counts "this week"
    echoes: Callable[[Quote], tuple[Quote, ...]] = no_echoes
    entailment: Entailment | None = None
    _markers: dict[str, int] = field(default_factory=dict)

    def check(self, text: str) -> Sentence:
        """Return the sentence with the quotes that support it, or the reason why none does."""
        plain = without_markers(text).strip()
        support = find_support(
            plain,
            self.quotes,
            self.question,
            today=self.today,
            entailment=self.entailment,
        )
        citations = tuple(self._cite(quote) for quote in support.quotes)
        return Sentence(plain, bool(citations), citations, support.reason)

    def quote(self, quote: Quote) -> Sentence:
        """Return a sentence that says who wrote what, in the article's own words."""
        citation = self._cite(quote)
        return Sentence(quotation(citation), True, (citation,))

    def quote_against(self, quote: Quote, disagreement: Disagreement) -> Sentence:
        """Return the same of an article that says otherwise than what was cited so far."""
        citation = self._cite(quote)
        text = _quotation_against(citation, disagreement)
        return Sentence(text, True, (citation,), disagreement=disagreement)

    def _cite(self, quote: Quote) -> Citation:
        marker = self._markers.setdefault(quote.article.id, len(self._markers) + 1)
        return Citation(marker, quote.article, quote.start, quote.end, self.echoes(quote))


def quotation(citation: Citation, note: str = "") -> str:
    """Return who wrote what, in the article's own words, with what its relative dates mean.

    What they mean stands after the words, which stay as they are: `… on Wednesday.” (Wednesday =
    14 June 2023)`.
    """
    article = citation.article
    words = unmarked(" ".join(citation.quote.split()))
    source = unmarked(attribution(article)) or reference(article)
    return f"{source}{note and f' ({note})'}: “{words}”{resolved(citation)}"


def _quotation_against(citation: Citation, disagreement: Disagreement) -> str:
    return f"But {quotation(citation, disagreement)}"


def is_quotation(sentence: Sentence) -> bool:
    """Whether the sentence is no one's words but the article's, with their origin."""
    if len(sentence.citations) != 1:
        return False
    [citation] = sentence.citations
    if sentence.disagreement is None:
        return sentence.text == quotation(citation)
    return sentence.text == _quotation_against(citation, sentence.disagreement)


def resolved(citation: Citation) -> str:
    """Return the cited words' relative dates with their days, to stand after the words."""
    note = annotation(citation.article, citation.start, citation.end)
    return f" ({note})" if note else ""


def cited_text(sentences: Iterable[Sentence]) -> str:
    """Join the sentences, each with its markers before its closing punctuation."""
    return " ".join(_with_markers(sentence) for sentence in sentences)


def _with_markers(sentence: Sentence) -> str:
    numbers = dict.fromkeys(citation.marker for citation in sentence.citations)
    markers = "".join(f"[{number}]" for number in numbers)
    if not markers:
        return sentence.text
    if QUOTATION.search(sentence.text):
        return f"{sentence.text} {markers}"
    closing = CLOSING.search(sentence.text)
    cut = closing.start() if closing else len(sentence.text)
    return f"{sentence.text[:cut]} {markers}{sentence.text[cut:]}"


def attribution(article: Article) -> str:
    """Return publisher and date, or what is known of them: `AP, 14 June 2023`."""
    day = article.published_on
    date = f"{day.day} {day:%B %Y}" if day else None
    return ", ".join(part for part in (article.publisher, date) if part)


def reference(article: Article) -> str:
    """Return the headline with its attribution: `“Trip confirmed” (AP, 14 June 2023)`."""
    source = attribution(article)
    title = f"“{article.title}”" if article.title else UNTITLED
    return unmarked(f"{title} ({source})" if source else title)


def also_in(citations: Iterable[Citation]) -> str:
    """Return where else the cited words stand: `also in The Week, 3 May 2023`; "" for nowhere."""
    others = {quote.article.id: quote.article for each in citations for quote in each.also}
    told = [unmarked(attribution(article)) or reference(article) for article in others.values()]
    return f"also in {'; '.join(dict.fromkeys(told))}" if told else ""


def declining_text(evidence: Sequence[Quote]) -> str:
    """Say that the articles do not say, and what the nearest ones do say."""
    nearest: dict[str, Quote] = {}
    for quote in evidence:
        nearest.setdefault(quote.article.id, quote)
    told = (
        f"{which}, {reference(quote.article)}, says: “{unmarked(' '.join(quote.text.split()))}”"
        for which, quote in zip(("The nearest", "Another"), nearest.values(), strict=False)
    )
    return " ".join([DECLINED, *told])


def unmarked(text: str) -> str:
    """Return an article's words with round brackets where they could be taken for a marker."""
    return FOOTNOTE.sub(r"(\1)", text)
