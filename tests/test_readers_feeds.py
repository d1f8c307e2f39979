from collections.abc import Callable

import pytest

from rag.errors import ReadError
from rag.readers import feeds
from rag.readers.feeds import is_feed, read_feed
from rag.readers.web import Page
from rag.types import FailedSource, RawArticle

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Harbour Times</title><link>https://harbour.example/</link>
<item><title>Ferries sail again</title><link>/ferry</link>
<pubDate>Tue, 02 May 2023 08:30:00 GMT</pubDate><description>A teaser.</description></item>
<item><title>Bridge opens</title><link>https://harbour.example/bridge</link>
<pubDate>Mon, 01 May 2023 09:00:00 GMT</pubDate>
<content:encoded><![CDATA[CONTENT]]></content:encoded></item>
</channel></rss>"""

ATOM = """<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>Island Post</title>
<entry><title>Ferries sail again</title><link href="https://island.example/ferry"/>
<author><name>Lena Voss</name></author><updated>2023-05-02T08:30:00Z</updated></entry></feed>"""

PARAGRAPH = (
    "The new bridge over the river was opened on Monday by the mayor, who walked across it with "
    "four hundred schoolchildren and a brass band, and the first cars followed at noon."
)
PAGE_OF_AN_ARTICLE = f"""<html><head><title>x</title>
<meta property="og:site_name" content="harbour.example">
<meta property="article:published_time" content="2024-01-01"></head>
<body><article><p>{PARAGRAPH}</p><p>{PARAGRAPH.replace("mayor", "minister")}</p></article></body>
</html>"""


def feed_page(content: str, url: str = "https://harbour.example/rss") -> Page:
    return Page(url, content.encode(), "application/rss+xml", None)


def serve(url: str) -> Page:
    return Page(url, PAGE_OF_AN_ARTICLE.encode(), "text/html", "utf-8")


def refuse(url: str) -> Page:
    raise ReadError(f"{url} answered 403 Forbidden; check the address")


def read(content: str, fetch: Callable[[str], Page]) -> list[RawArticle | FailedSource]:
    return list(read_feed(feed_page(content), fetch))


def test_article_behind_each_entry_is_read() -> None:
    articles = read(RSS, serve)

    assert [article.source for article in articles] == [
        "https://harbour.example/ferry",
        "https://harbour.example/bridge",
    ]
    assert isinstance(articles[0], RawArticle)
    assert articles[0].text == f"{PARAGRAPH}\n\n{PARAGRAPH.replace('mayor', 'minister')}"


def test_feeds_date_publisher_and_title_count_more_than_the_pages() -> None:
    article = read(RSS, serve)[0]

    assert isinstance(article, RawArticle)
    assert (article.published, article.publisher, article.title, article.url) == (
        "Tue, 02 May 2023 08:30:00 GMT",
        "Harbour Times",
        "Ferries sail again",
        "https://harbour.example/ferry",
    )


def test_atom_states_author_and_day_of_change() -> None:
    article = read(ATOM, serve)[0]

    assert isinstance(article, RawArticle)
    assert (article.author, article.published, article.publisher) == (
        "Lena Voss",
        "2023-05-02T08:30:00Z",
        "Island Post",
    )


def test_entrys_own_text_serves_where_its_page_cannot_be_had() -> None:
    content = f"<p>{PARAGRAPH}</p><p>{PARAGRAPH}!</p><p>{PARAGRAPH}!!</p>"

    failure, article = read(RSS.replace("CONTENT", content), refuse)

    assert failure == FailedSource(
        "https://harbour.example/ferry",
        "https://harbour.example/ferry answered 403 Forbidden; check the address",
    )
    assert isinstance(article, RawArticle)
    assert article.text == f"{PARAGRAPH}\n\n{PARAGRAPH}!\n\n{PARAGRAPH}!!"
    assert (article.url, article.published) == (
        "https://harbour.example/bridge",
        "Mon, 01 May 2023 09:00:00 GMT",
    )


def test_teaser_does_not_serve_as_article() -> None:
    outcomes = read(RSS.replace("CONTENT", f"<p>{PARAGRAPH}</p>"), refuse)

    assert all(isinstance(outcome, FailedSource) for outcome in outcomes)


def test_entry_without_link_is_named_by_its_number() -> None:
    feed = RSS.replace("<link>/ferry</link>", "")

    failure = read(feed, refuse)[0]

    assert failure.source == "https://harbour.example/rss, entry 1"


def test_feed_without_entries_is_refused() -> None:
    with pytest.raises(ReadError) as refusal:
        read("<rss version='2.0'><channel><title>Empty</title></channel></rss>", serve)

    assert str(refusal.value) == (
        "https://harbour.example/rss is a feed without entries; try again later"
    )


@pytest.mark.parametrize(
    ("content", "answer"),
    [
        pytest.param(RSS, True, id="rss"),
        pytest.param(ATOM, True, id="atom"),
        pytest.param(PAGE_OF_AN_ARTICLE, False, id="page"),
        pytest.param("<!DOCTYPE html><p>How to write an <rss> tag</p>", False, id="page-on-feeds"),
        pytest.param("Plain text.", False, id="text"),
    ],
)
def test_feed_is_told_by_its_content(content: str, answer: bool) -> None:
    assert is_feed(feed_page(content)) is answer


def test_a_feed_without_end_is_read_up_to_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "MAX_ENTRIES", 1)

    article, failure = read(RSS, serve)

    assert article.source == "https://harbour.example/ferry"
    assert failure == FailedSource(
        "https://harbour.example/rss",
        "https://harbour.example/rss has 1 entries more than the 1 that are read of a feed; give "
        "the addresses of those that matter",
    )
