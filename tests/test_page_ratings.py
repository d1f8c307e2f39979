from dataclasses import replace

import pytest

from rag.conversations import Rating
from rag.page.conversation import Exchange
from rag.page.ratings import change_rating, explain_rating, render_reason, render_thumbs
from tests.page_values import make_answer

PLAIN = Exchange(3, "Why?", answer=make_answer(text="Over pay."))
GOOD = replace(PLAIN, rating=Rating(True))
BAD = replace(PLAIN, rating=Rating(False, '"><script>'))


@pytest.mark.parametrize(
    ("before", "good", "after"),
    [
        pytest.param(PLAIN, True, Rating(True), id="first"),
        pytest.param(GOOD, False, Rating(False), id="the-other"),
        pytest.param(GOOD, True, None, id="the-same-takes-back"),
    ],
)
def test_a_thumb_rates_changes_or_takes_back(
    before: Exchange, good: bool, after: Rating | None
) -> None:
    assert change_rating(before, good=good).rating == after


def test_a_reason_is_one_line_of_a_bearable_length() -> None:
    explained = explain_rating(BAD, "too\n  old " + "x" * 999).rating
    assert explained is not None
    assert explained.reason.startswith("too old xxx")
    assert len(explained.reason) == 500
    assert explain_rating(PLAIN, "why").rating is None


def test_the_pressed_thumb_is_told_and_only_answers_have_thumbs() -> None:
    assert render_thumbs(PLAIN).count('aria-pressed="false"') == 2
    up, down = render_thumbs(BAD).split("</button>")[:2]
    assert 'aria-pressed="false"' in up
    assert 'aria-pressed="true"' in down
    assert render_thumbs(replace(PLAIN, answer=None, stopped=True)) == ""


def test_a_reason_can_be_given_once_rated_and_is_only_text() -> None:
    assert render_reason(PLAIN) == ""
    assert "What was good?" in render_reason(GOOD)
    shown = render_reason(BAD)
    assert "What was wrong?" in shown
    assert 'value="&quot;&gt;&lt;script&gt;"' in shown
