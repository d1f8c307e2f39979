import pytest

from rag.page.additions import (
    LISTED,
    Addition,
    Counted,
    Outcome,
    render_addition,
    render_additions,
    render_outcome,
)
from rag.types import FailedSource
from tests.page_values import HOSTILE, PORT

ONE = Counted(1, (PORT,))


@pytest.mark.parametrize(
    ("addition", "told"),
    [
        pytest.param(Addition("it"), "Reading", id="begun"),
        pytest.param(Addition("it", read=1), "Reading: 1 article so far", id="one"),
        pytest.param(Addition("it", read=1200), "Reading: 1,200 articles so far", id="unknown"),
        pytest.param(
            Addition("it", read=1200, expected=5000), "Reading: 1,200 of 5,000 articles", id="known"
        ),
        pytest.param(Addition("it", read=3, expected=2), "Reading: 3 articles so far", id="more"),
        pytest.param(
            Addition("it", read=1, expected=1, all_read=True), "Storing 1 article", id="storing"
        ),
    ],
)
def test_how_far_it_is_is_told_in_numbers(addition: Addition, told: str) -> None:
    assert f'<p class="progress" role="status">{told}</p>' in render_addition(addition)


def test_where_the_end_is_known_there_is_a_bar() -> None:
    bar = '<progress max="10" value="3" aria-label="Articles read"></progress>'
    assert bar in render_addition(Addition("it", read=3, expected=10))
    assert "<progress" not in render_addition(Addition("it", read=3))


def test_the_outcome_lists_titles_and_reasons() -> None:
    outcome = Outcome(added=ONE, failed=(FailedSource("a.pdf", "is damaged"),))
    assert render_outcome(outcome) == (
        '<div role="status">'
        '<section class="done"><h3>1 added</h3><ul><li><button type="button" '
        'data-act="open" data-article="port" data-exchange="0" data-start="0">'
        "<bdi>Port strike begins</bdi></button></li></ul></section>"
        '<section class="trouble"><h3>1 could not be read</h3><ul><li>a.pdf: is damaged</li></ul>'
        "</section></div>"
    )


def test_long_lists_are_cut_and_counted() -> None:
    outcome = Outcome(added=Counted(1000 + LISTED, (PORT,) * LISTED))
    html = render_outcome(outcome)
    assert "<h3>1,012 added</h3>" in html
    assert html.count("<li>") == LISTED + 1
    assert "<li>and 1,000 more</li>" in html


def test_titles_and_names_are_only_text() -> None:
    outcome = Outcome(added=Counted(1, (HOSTILE,)), failed=(FailedSource("<i>", "<u>"),))
    html = render_outcome(outcome)
    assert "<bdi>&lt;script&gt;alert(&quot;title&quot;)&lt;/script&gt;</bdi>" in html
    assert "<li>&lt;i&gt;: &lt;u&gt;</li>" in html


def test_nothing_to_add_is_said() -> None:
    assert render_outcome(Outcome()) == (
        '<div role="status"><p>Nothing was found to add.</p></div>'
    )


def test_trouble_stands_under_what_was_given() -> None:
    assert render_addition(Addition("<b>.md", error="the disk is full; free some space")) == (
        '<article class="addition"><h2>&lt;b&gt;.md</h2>'
        '<p class="trouble" role="alert">the disk is full; free some space</p></article>'
    )


def test_what_was_stopped_says_so() -> None:
    html = render_addition(Addition("it", stopped=True, outcome=Outcome(added=ONE)))
    assert "Stopped; what was read until then is kept." in html
    assert "Port strike" in html


def test_the_newest_addition_comes_first() -> None:
    html = render_additions([Addition("first"), Addition("second")])
    assert html.index("second") < html.index("first")
