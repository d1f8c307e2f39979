from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from rag.page.excerpts import WINDOW, make_excerpts
from rag.types import Span

TEXT = "First one here. Second one here. Third one here. Fourth one here. Fifth one here."


def span(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def shown(text: str, *quotes: Span) -> list[str]:
    return [text[excerpt.start : excerpt.end] for excerpt in make_excerpts(text, quotes)]


def test_a_quote_is_shown_with_the_sentences_around_it() -> None:
    assert shown(TEXT, span("Third one here.")) == [
        "Second one here. Third one here. Fourth one here."
    ]


def test_a_quote_at_the_edge_has_one_neighbour() -> None:
    assert shown(TEXT, span("First one here.")) == ["First one here. Second one here."]


def test_neighbours_join_into_one_excerpt_with_two_marks() -> None:
    first, third = span("First one here."), span("Third one here.")
    [excerpt] = make_excerpts(TEXT, [third, first])
    assert excerpt.marked == (first, third)
    assert TEXT[excerpt.start : excerpt.end] == TEXT[: -len(" Fifth one here.")]


def test_quotes_far_apart_stay_apart() -> None:
    text = " ".join(f"Sentence {number} is here." for number in range(10))
    quotes = span("Sentence 1 is here.", text), span("Sentence 8 is here.", text)
    assert shown(text, *quotes) == [
        "Sentence 0 is here. Sentence 1 is here. Sentence 2 is here.",
        "Sentence 7 is here. Sentence 8 is here. Sentence 9 is here.",
    ]


def test_overlapping_quotes_become_one_mark() -> None:
    whole, part = span("Second one here. Third one here."), span("Third one here.")
    [excerpt] = make_excerpts(TEXT, [part, whole])
    assert excerpt.marked == (whole,)


def test_a_quote_twice_is_marked_once() -> None:
    [excerpt] = make_excerpts(TEXT, [span("Third one here."), span("Third one here.")])
    assert excerpt.marked == (span("Third one here."),)


def test_an_endless_neighbour_is_left_out() -> None:
    text = "word " * WINDOW + "\n\nThe quote. " + "word " * WINDOW
    assert shown(text, span("The quote.", text)) == ["The quote."]


@given(st.text(max_size=300), st.data())
def test_every_quote_stands_inside_an_excerpt_and_marks_never_overlap(
    text: str, data: st.DataObject
) -> None:
    spans = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted)
    quotes = [Span(*pair) for pair in data.draw(st.lists(spans, max_size=5)) if pair[0] < pair[1]]
    excerpts = make_excerpts(text, quotes)
    marks = [mark for excerpt in excerpts for mark in excerpt.marked]
    for quote in quotes:
        assert any(mark.start <= quote.start and quote.end <= mark.end for mark in marks)
    for excerpt in excerpts:
        assert 0 <= excerpt.start <= excerpt.marked[0].start
        assert excerpt.marked[-1].end <= excerpt.end <= len(text)
    assert all(one.end <= next_.start for one, next_ in pairwise(marks))
