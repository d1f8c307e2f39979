from datetime import UTC, datetime

from rag.conversations import Entry
from rag.page.talk_list import render_talks

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ONE = Entry("a1", "Why did they strike?", NOON, 1)
TWO = Entry("b2", '<img src=x onerror="alert(1)">', NOON, 2, "the <b>dockers</b>")


def test_titles_can_be_opened_and_the_open_one_is_marked() -> None:
    shown = render_talks([ONE, TWO], current="b2")
    assert 'data-act="resume" data-talk="a1"' in shown
    assert "1 question · " in shown
    assert "2 questions · " in shown
    assert shown.count('aria-current="true"') == 1
    assert shown.index('aria-current="true"') < shown.index('data-talk="b2"')


def test_titles_and_what_was_found_are_only_text() -> None:
    shown = render_talks([TWO], searched="dockers")
    assert "<img" not in shown
    assert "the &lt;b&gt;dockers&lt;/b&gt;" in shown


def test_before_a_conversation_is_deleted_it_is_asked_whether_to() -> None:
    assert 'data-act="confirm"' not in render_talks([ONE, TWO])
    shown = render_talks([ONE, TWO], doubted="b2")
    assert shown.count('data-act="confirm"') == 1
    assert 'data-act="confirm" data-talk="b2"' in shown


def test_an_empty_list_says_why() -> None:
    assert "kept here, for you alone" in render_talks([])
    assert "No conversation has these words" in render_talks([], searched="x")
