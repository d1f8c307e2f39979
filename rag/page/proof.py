"""Sentences -> HTML: marked as proved, with a numbered mark for each article that proves them."""

from rag.composing import also_in, attribution, reference, resolved
from rag.page.escaping import running_text, text
from rag.page.reader import headline_of, opener, opening
from rag.types import Article, Citation, Sentence

TICK = '<span class="tick" role="img" aria-label="Proved"></span>'
QUOTES_SHOWN = 3  # of one article, when a mark is pointed at


def render_sentence(number: int, place: int, sentence: Sentence) -> str:
    """Return the sentence with its proof, or with the reason why there is none.

    `number` is the question's, `place` the sentence's in its answer: they tell marks apart.
    """
    if not sentence.supported:
        reason = text(f"Not proved: {sentence.reason or 'no article says it'}")
        doubt = f'<span class="doubt" role="img" aria-label="{reason}" title="{reason}"></span>'
        return f'<span class="unproved">{running_text(sentence.text)}{doubt}</span>'
    proof = _proof(number, place, sentence)
    return f'<span class="proved">{running_text(sentence.text)}{proof}</span>'


def render_quotation(number: int, place: int, sentence: Sentence) -> str:
    citation = sentence.citations[0]
    return (
        f'<figure class="quotation">{_disagrees(sentence)}<blockquote>“{text(_words(citation))}”'
        f"{text(resolved(citation))}{_proof(number, place, sentence)}</blockquote>"
        f"{render_caption(citation.article, also=also_in([citation]))}</figure>"
    )


def _disagrees(sentence: Sentence) -> str:
    if sentence.disagreement is None:
        return ""
    age = f" ({sentence.disagreement})" if sentence.disagreement else ""
    return f'<p class="disagrees">But another article says otherwise{age}:</p>'


def render_caption(article: Article, attributes: str = "", *, also: str = "") -> str:
    """Return headline, publisher and date; with `attributes` the headline opens the article."""
    source = ", ".join(part for part in (attribution(article), also) if part)
    headline = opener(article, attributes) if attributes else headline_of(article)
    return (
        f"<figcaption><cite>{headline}</cite>{f' · {text(source)}' if source else ''}</figcaption>"
    )


def _proof(number: int, place: int, sentence: Sentence) -> str:
    by_marker: dict[int, list[Citation]] = {}
    for citation in sentence.citations:
        by_marker.setdefault(citation.marker, []).append(citation)
    marks = "".join(_mark(number, place, cited) for cited in by_marker.values())
    return f'<span class="proof">{TICK}{marks}</span>'


def _mark(number: int, place: int, cited: list[Citation]) -> str:
    """Return the mark of one article; it opens the article at the first of the words cited."""
    first = cited[0]
    name = f"{number}-{place}-{first.marker}"
    opens = opening(first.article, number=number, start=first.start)
    quotes = "".join(
        f"<span>“{text(_words(each))}”{text(resolved(each))}</span>"
        for each in cited[:QUOTES_SHOWN]
    )
    return (
        f'<button type="button" class="mark" id="mark-{name}" {opens} '
        f'aria-label="Source {first.marker}" aria-describedby="tip-{name}">'
        f"[{first.marker}]</button>"
        f'<span class="tip" role="tooltip" popover="manual" id="tip-{name}">{quotes}'
        f'<span class="from">{text(_source(cited))}</span></span>'
    )


def _source(cited: list[Citation]) -> str:
    return ", ".join(part for part in (reference(cited[0].article), also_in(cited)) if part)


def _words(citation: Citation) -> str:
    return " ".join(citation.quote.split())
