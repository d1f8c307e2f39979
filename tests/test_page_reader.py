from dataclasses import replace
from pathlib import Path

import pytest

from rag import Archive
from rag.page.conversation import Exchange
from rag.page.reader import Marked, find_marked, open_article, opening, render_article
from rag.types import Article, Span
from tests.fakes import make_archive
from tests.page_values import FERRY, HOSTILE, PORT, cite, make_answer, proved, quote

PAY = cite(PORT, "They want more pay.")
SHIPS = quote(PORT, "The port handles 40 ships a week.")
EXCHANGE = Exchange(
    2,
    "What do they want?",
    evidence=(SHIPS, quote(PORT, PAY.quote)),
    answer=make_answer(proved("They want pay.", PAY), evidence=(SHIPS, quote(PORT, PAY.quote))),
)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return make_archive(tmp_path / "archive")


def test_an_article_is_shown_in_full_with_cited_and_found_words_told_apart(
    archive: Archive,
) -> None:
    html = open_article(archive, (EXCHANGE,), "port", 2)
    assert (
        '<p class="whole">Dockers in Harrow walked out on Monday. '
        '<mark class="cited" tabindex="-1" data-start="40" data-end="59">They want more pay.</mark>'
        ' <mark class="found" tabindex="-1" data-start="60" data-end="93">'
        'The port handles 40 ships a week.</mark><span class="paragraph"></span>'
        "Nobody knows how long it will last. The mayor is worried.</p>"
    ) in html


def test_headline_publisher_date_and_link_stand_above_it() -> None:
    html = render_article(PORT)
    assert '<h3 class="headline" tabindex="-1"><bdi>Port strike begins</bdi></h3>' in html
    assert 'Harrow Gazette · <time datetime="2023-08-14">14 August 2023</time> · ' in html
    assert 'href="https://www.harrow.example/port?a=1&amp;b=2"' in html


def test_several_quotes_can_be_stepped_through() -> None:
    several = render_article(PORT, [Marked(Span(0, 5), cited=True), Marked(Span(6, 9), cited=True)])
    one = render_article(PORT, [Marked(Span(0, 5), cited=True)])
    assert 'data-step="-1" aria-label="Previous quote"' in several
    assert 'data-step="1" aria-label="Next quote"' in several
    assert "data-step" not in one
    assert "1 quote" in one
    assert "quote" not in render_article(PORT).split("<h3")[0]


def test_overlapping_quotes_are_one_mark_and_cited_if_one_of_them_is() -> None:
    whole = quote(PORT, "They want more pay. The port handles 40 ships a week.")
    exchange = replace(EXCHANGE, evidence=(whole,))
    assert find_marked(exchange, "port") == [Marked(Span(40, 93), cited=True)]


def test_quotes_of_other_articles_are_not_marked() -> None:
    assert find_marked(
        replace(EXCHANGE, evidence=(SHIPS, quote(FERRY, "Nobody was hurt."))), "ferry"
    ) == [Marked(Span(32, 48), cited=False)]


def test_an_article_that_the_archive_lost_is_shown_as_it_was_quoted(archive: Archive) -> None:
    assert archive.article("port") is None
    assert "Port strike begins" in open_article(archive, (EXCHANGE,), "port", 2)


def test_any_article_of_the_archive_can_be_opened(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "ferry.md").write_text("# Ferry line closed\n\nThe ferry stopped.")
    [ferry] = archive.add(tmp_path / "ferry.md").added
    html = open_article(archive, (EXCHANGE,), ferry, 0)
    assert '<p class="whole">The ferry stopped.</p>' in html


def test_an_article_that_nobody_has_is_one_sentence(archive: Archive) -> None:
    assert open_article(archive, (), "../../etc/passwd", 7) == (
        '<p class="trouble" role="alert">This article is no longer in the archive.</p>'
    )


def test_a_hostile_article_is_only_text() -> None:
    html = render_article(HOSTILE, [Marked(Span(0, 60), cited=True)])
    assert not [tag for tag in ("<script", "<img", "<svg") if tag in html]
    assert 'href="javascript' not in html
    assert "&lt;script&gt;alert(4)&lt;/script&gt;" in html


def test_an_id_cannot_leave_its_attribute() -> None:
    article = Article('" onclick="alert(1)', "Title", "Text.")
    assert opening(article, number=1, start=3) == (
        'data-act="open" data-article="&quot; onclick=&quot;alert(1)" data-exchange="1" '
        'data-start="3"'
    )
