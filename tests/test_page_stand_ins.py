from rag.page.stand_ins import join_quotes
from rag.types import Span

TEXT = "Dockers walked out. They want more pay. The mayor is worried. Nobody was hurt."


def spans(*words: str) -> dict[Span, str]:
    found = {each: TEXT.index(each) for each in words}
    return {Span(start, start + len(each)): each for each, start in found.items()}


def test_quotes_stand_in_their_order_with_a_sign_where_something_is_left_out() -> None:
    text, _ = join_quotes(spans("Nobody was hurt.", "Dockers walked out."))
    assert text == "Dockers walked out.\n\n…\n\nNobody was hurt."


def test_neighbours_and_quotes_that_overlap_are_joined() -> None:
    text, _ = join_quotes(
        spans("They want more pay.", "Dockers walked out. They", "want", "The mayor is worried.")
    )
    assert text == "Dockers walked out. They want more pay. The mayor is worried."


def test_every_quote_is_found_at_its_place() -> None:
    quotes = spans(
        "walked", "Dockers walked out. They", "pay. The", "worried.", "hurt.", "was hurt"
    )
    text, places = join_quotes(quotes)
    assert {text[places[at].start : places[at].end] for at in quotes} == set(quotes.values())
    assert all(text[places[at].start : places[at].end] == words for at, words in quotes.items())


def test_nothing_quoted_is_no_text() -> None:
    assert join_quotes({}) == ("", {})
