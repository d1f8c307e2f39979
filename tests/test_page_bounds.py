from datetime import date

from rag.page.answers import render_exchange
from rag.page.bounds import offer_to_widen, render_limits, render_limits_in_force
from rag.page.conversation import Exchange
from rag.types import NO_LIMITS, Limits
from tests.page_values import FERRY, make_answer, quote

LIMITS = Limits(date(2023, 6, 1), None, ("Harrow <b>Gazette</b>",))
CHIPS = (
    "<span>Only articles</span><ul><li><bdi>from 1 June 2023</bdi></li>"
    "<li><bdi>Harrow &lt;b&gt;Gazette&lt;/b&gt;</bdi></li></ul>"
)


def test_limits_are_chips() -> None:
    assert render_limits(LIMITS) == f'<div class="limits">{CHIPS}</div>'
    assert render_limits(NO_LIMITS) == ""


def test_the_limits_in_force_can_be_cleared() -> None:
    html = render_limits_in_force(LIMITS)
    assert CHIPS in html
    assert 'data-act="clear">Clear the limits</button>' in html
    assert render_limits_in_force(NO_LIMITS) == ""


def test_an_exchange_shows_the_limits_it_was_asked_within() -> None:
    html = render_exchange(Exchange(1, "Who was hurt?", limits=LIMITS))
    assert f'Who was hurt?</h2><div class="limits">{CHIPS}</div>' in html
    assert "Only articles" not in render_exchange(Exchange(1, "Who was hurt?"))


def test_a_question_that_was_declined_within_limits_can_be_asked_without() -> None:
    answer = make_answer(
        abstained_because="no article within the limits matches the question",
        evidence=[quote(FERRY, "Nobody was hurt.")],
    )
    html = render_exchange(Exchange(1, "Who <i>?", answer=answer, limits=LIMITS))
    assert "Reason: no article within the limits matches the question." in html
    assert ('data-act="widen" data-question="Who &lt;i&gt;?">Ask without limits</button>') in html
    assert "widen" not in render_exchange(Exchange(1, "Who?", answer=answer))
    assert offer_to_widen(Exchange(1, "Who?")) == ""
