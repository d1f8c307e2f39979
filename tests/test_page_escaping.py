from datetime import date

import pytest

from rag.page.escaping import day, link, render_trouble, running_text, text, web_host


@pytest.mark.parametrize(
    ("untrusted", "shown"),
    [
        pytest.param("<script>", "&lt;script&gt;", id="a-tag"),
        pytest.param("a & b", "a &amp; b", id="an-ampersand"),
        pytest.param("\"'", "&quot;&#x27;", id="quotes-that-would-end-an-attribute"),
        pytest.param("&lt;", "&amp;lt;", id="what-is-escaped-already"),
        pytest.param("abc\u202edcba", "abcdcba", id="a-mark-that-reverses-what-follows"),
    ],
)
def test_text_shows_every_character_as_itself(untrusted: str, shown: str) -> None:
    assert text(untrusted) == shown


def test_running_text_keeps_paragraphs_and_drops_line_breaks() -> None:
    assert running_text("one\ntwo  three\n \nfour <b>") == (
        'one two three<span class="paragraph"></span>four &lt;b&gt;'
    )


@pytest.mark.parametrize(
    ("url", "host"),
    [
        pytest.param("https://www.news.example/a", "news.example", id="https"),
        pytest.param("HTTP://news.example", "news.example", id="http-in-capitals"),
        pytest.param("javascript:alert(1)", None, id="a-script"),
        pytest.param("java\nscript:alert(1)", None, id="a-script-with-a-line-break"),
        pytest.param(" https://news.example", None, id="space-around"),
        pytest.param("data:text/html,<script>", None, id="data"),
        pytest.param("//news.example/a", None, id="no-scheme"),
        pytest.param("https://", None, id="no-host"),
        pytest.param("https://[bad", None, id="no-address"),
        pytest.param("file:///etc/passwd", None, id="a-file"),
        pytest.param(None, None, id="nothing"),
    ],
)
def test_only_web_addresses_have_a_host(url: str | None, host: str | None) -> None:
    assert web_host(url) == host


def test_a_link_cannot_leave_its_attribute() -> None:
    assert link('https://news.example/"><script>') == (
        '<a class="outside" href="https://news.example/&quot;&gt;&lt;script&gt;" target="_blank" '
        'rel="noopener noreferrer nofollow">news.example ↗</a>'
    )


def test_a_script_makes_no_link() -> None:
    assert link("javascript:alert(1)") == ""


def test_a_day_is_written_out() -> None:
    assert day(date(2023, 6, 4)) == '<time datetime="2023-06-04">4 June 2023</time>'


def test_an_unknown_day_is_nothing() -> None:
    assert day(None) == ""


def test_trouble_is_announced_and_escaped() -> None:
    assert render_trouble("no <model>") == ('<p class="trouble" role="alert">no &lt;model&gt;</p>')
