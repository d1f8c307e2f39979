import pytest

from rag.checks.closeness import closeness, covered
from rag.checks.statements import read_statement

SAID = "A Chinese balloon made Blinken call off his journey to Beijing."


def close(sentence: str, *said: str, asked: str = "") -> float:
    return closeness(
        read_statement(sentence), [read_statement(text) for text in said], read_statement(asked)
    )


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # Two usual pairs count 0.8 each; the pairs of the sentence come to them.
        pytest.param("Chinese balloon made Blinken", (1.6 + 3) / 5, id="neighbours"),
        pytest.param("Chinese balloon Blinken", (1.6 + 1 + 0.6) / 4, id="near"),
        pytest.param("Balloon Beijing", (1.6 + 0.4) / 3, id="far"),
        pytest.param("Chinese rocket", 1.6 / 3, id="missing"),
        pytest.param("Chinese Nagoya balloon", 1.6 / 2, id="names-are-proved-by-themselves"),
        pytest.param("Balloon", 0.8, id="no-pair"),
    ],
)
def test_closeness_is_the_share_of_neighbours_that_are_neighbours(
    sentence: str, expected: float
) -> None:
    assert close(sentence, SAID) == pytest.approx(expected)


def test_words_of_two_clauses_are_not_near() -> None:
    sentence = "Blinken resigned."
    assert close(sentence, "Blinken never resigned.") == pytest.approx((1.6 + 0.6) / 3)
    assert close(sentence, "Resigned, Blinken left.") == pytest.approx((1.6 + 0.4) / 3)
    assert close(sentence, "Roe resigned and Blinken left.") == pytest.approx((1.6 + 0.4) / 3)
    assert close("Roads: 1,200.", "Roads and 1,200 rails.") == pytest.approx((1.6 + 1) / 3)


def test_what_the_question_gave_need_not_stand_so_close() -> None:
    sentence = "The famous diplomat’s journey was to Beijing."
    assert close(sentence, SAID) == pytest.approx((1.6 + 0 + 0 + 1) / 5)
    asked = "Where was the famous diplomat’s journey to?"
    assert close(sentence, SAID, asked=asked) == pytest.approx((1.6 + 1) / 3)


def test_in_a_passive_the_words_may_change_places() -> None:
    active = "Rovers beat United on penalties."
    assert close("United were beaten by Rovers.", active) > close(
        "United then beat Rovers.", active
    )


def test_a_second_quote_costs_where_it_proves_more_than_names() -> None:
    plain = close("Rain fell and roads closed.", "Rain fell.", "Roads closed.")
    named = close("Rain fell on Orleby.", "Rain fell.", "Orleby lies low.")
    assert plain == pytest.approx((1.6 + 2) / 5 - 0.1)
    assert named == pytest.approx((1.6 + 1) / 3)


def test_the_share_of_words_covered() -> None:
    sentence, said = read_statement("Rain closed three roads."), [read_statement("Roads closed.")]
    assert covered(sentence, said) == pytest.approx(0.5)
    assert covered(sentence, said, less=read_statement("How many roads closed?")) == 0.0
    assert covered(sentence, said, less=read_statement("Rain closed three roads?")) == 1.0


@pytest.mark.parametrize(
    ("said", "share"),
    [
        pytest.param("Roads closed.", 2 / 3, id="names-alone"),
        pytest.param("The roads closed.", 1.0, id="the"),
        pytest.param("Rain closed them, and it froze.", 1.0, id="it"),
    ],
)
def test_a_heading_lends_names_and_to_what_refers_back_all_words(said: str, share: float) -> None:
    sentence, heading = (
        read_statement("Orleby roads flood."),
        read_statement("Flood on roads, Orleby"),
    )
    assert covered(sentence, [read_statement(said)], headings=[heading]) == pytest.approx(share)
