import pytest

from rag.checks.wording import words_of


def amounts(text: str) -> list[tuple[str, str | None]]:
    """Return each number with its unit, as `1200 people` has 1200 and none."""
    found = [word.amount for word in words_of(text) if word.amount]
    return [(amount.key.removeprefix("#"), amount.unit) for amount in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("1,200 or 1200 people", [("1200", None)] * 2, id="thousands"),
        pytest.param(
            "12 million, 12,000,000 and $12m",
            [("12000000", None), ("12000000", None), ("12000000", "dollar")],
            id="millions",
        ),
        pytest.param("from 7.5m to 6.6m euros", [("7500000", None), ("6600000", "euro")], id="m"),
        pytest.param("a 100m sprint", [("100", "metre")], id="metres"),
        pytest.param("$3.5bn and €96 million", [("3500000000", "dollar"), ("96000000", "euro")]),
        pytest.param("12 percent, 12 per cent, 12 % and 12%", [("12", "percent")] * 4),
        pytest.param("Twenty-three or 23 ships", [("23", None)] * 2, id="spelled"),
        pytest.param("two thousand four hundred", [("2400", None)], id="spelled-thousands"),
        pytest.param("half a million", [("500000", None)], id="half-a-million"),
        pytest.param("two dozen, a dozen, half a dozen", [("24", None), ("12", None), ("6", None)]),
        pytest.param("hundreds of thousands", [], id="no-number"),
        pytest.param("one of them", [], id="one"),
        pytest.param("the 61st, the third", [("61th", None), ("3th", None)], id="ordinals"),
        pytest.param("at 2.39 or 2:39", [("2.39", None)] * 2, id="time-of-day"),
        pytest.param("41 square kilometres", [("41", "square kilometre")], id="square"),
        pytest.param("six nautical miles", [("6", "nautical mile")], id="nautical"),
        pytest.param("a 43-year-old", [("43", "year")], id="age"),
        pytest.param("beat them 5-4", [("5", None), ("4", None)], id="score"),
        pytest.param("version 1.2.3", [("123", None)], id="no-decimal"),
        pytest.param("١٢ and ½", [("12", None)], id="other-digits"),
    ],
)
def test_numbers_are_read_by_value_and_unit(text: str, found: list[tuple[str, str | None]]) -> None:
    assert amounts(text) == found
