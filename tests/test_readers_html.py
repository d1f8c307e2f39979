from pathlib import Path

import pytest

from rag.errors import ReadError
from rag.readers.html import extract_article, read_html, read_page
from rag.readers.web import Page

PAGE = """<!doctype html>
<html lang="en"><head>
<title>Ferries sail again after the storm | Harbour Times</title>
<meta property="og:title" content="Ferries sail again after the storm">
<meta property="og:site_name" content="Harbour Times">
<meta name="author" content="Lena Voss">
<meta property="article:published_time" content="2023-05-02T08:30:00+02:00">
<meta property="article:modified_time" content="2023-05-09T10:00:00+02:00">
<link rel="canonical" href="https://harbour.example/2023/ferries">
</head><body>
<nav><a href="/">Home</a> <a href="/world">World</a> <a href="/sport">Sport</a></nav>
<article><h1>Ferries sail again after the storm</h1>
<p>Ferries between the two islands sailed again on Tuesday morning after a storm held them in
port for three days, the owner of a café on the pier said.</p>
<p>The operator said that every crossing was full, and that extra boats would run until Friday.</p>
<p>Passengers had slept in the terminal, on benches and on the floor, with blankets of the town.</p>
</article>
<footer><a href="/imprint">Imprint</a> Copyright 2024</footer>
</body></html>"""

PARAGRAPHS = [
    "Ferries between the two islands sailed again on Tuesday morning after a storm held them in "
    "port for three days, the owner of a café on the pier said.",
    "The operator said that every crossing was full, and that extra boats would run until Friday.",
    "Passengers had slept in the terminal, on benches and on the floor, with blankets of the town.",
]


def page_of(content: bytes, media_type: str = "text/html", charset: str | None = None) -> Page:
    return Page("https://harbour.example/f", content, media_type, charset)


def test_article_is_found_and_the_rest_of_the_page_left() -> None:
    article = extract_article(PAGE, "ferries.html")

    assert article.text.split("\n\n")[-3:] == PARAGRAPHS
    assert "Imprint" not in article.text
    assert "Sport" not in article.text


def test_page_states_title_author_publisher_and_day_of_publication() -> None:
    article = extract_article(PAGE, "ferries.html")

    assert (article.title, article.author, article.publisher, article.published) == (
        "Ferries sail again after the storm",
        "Lena Voss",
        "Harbour Times",
        "2023-05-02",
    )


def test_page_without_a_stated_date_gets_none_from_its_footer() -> None:
    page = PAGE.replace("2023-05-02T08:30:00+02:00", "").replace("2023-05-09T10:00:00+02:00", "")

    assert extract_article(page, "ferries.html").published is None


def test_saved_page_has_the_address_it_gives_for_itself(tmp_path: Path) -> None:
    path = tmp_path / "ferries.html"
    path.write_text(PAGE, encoding="utf-8")

    [article] = read_html(path)

    assert (article.source, article.url) == (str(path), "https://harbour.example/2023/ferries")


def test_address_of_a_whole_site_is_not_taken_for_the_articles() -> None:
    page = PAGE.replace("https://harbour.example/2023/ferries", "https://harbour.example/")

    assert extract_article(page, "ferries.html").url is None


def test_fetched_page_keeps_the_address_it_was_fetched_from() -> None:
    article = read_page(page_of(PAGE.encode()), "https://harbour.example/short")

    assert (article.source, article.url) == (
        "https://harbour.example/short",
        "https://harbour.example/f",
    )


@pytest.mark.parametrize(
    ("content", "charset"),
    [
        pytest.param(
            PAGE.encode("koi8-r", "replace").replace(b"caf?", b"\xeb"), "koi8-r", id="server"
        ),
        pytest.param(
            PAGE.replace("<head>", '<head><meta charset="koi8-r">')
            .encode("koi8-r", "replace")
            .replace(b"caf?", b"\xeb"),
            None,
            id="page",
        ),
    ],
)
def test_declared_encoding_is_used(content: bytes, charset: str | None) -> None:
    article = read_page(page_of(content, charset=charset), "https://harbour.example/f")

    assert "the owner of a К on the pier" in article.text


def test_plain_text_from_the_web_is_taken_whole() -> None:
    article = read_page(page_of(b"It sailed.\n", "text/plain"), "https://harbour.example/f")

    assert (article.text, article.url) == ("It sailed.\n", "https://harbour.example/f")


@pytest.mark.parametrize(
    "page",
    [
        pytest.param("<html><head><title>App</title></head><body></body></html>", id="no-text"),
        pytest.param("<html><body>" + "<div>" * 100_000, id="endless-nesting"),
        pytest.param("<" * 100_000, id="no-html"),
    ],
)
def test_page_without_article_is_refused(page: str) -> None:
    with pytest.raises(ReadError) as refusal:
        extract_article(page, "app.html")

    assert str(refusal.value) == "app.html has no article in it; give a page that holds one"


def test_page_too_large_to_search_is_refused_at_once() -> None:
    with pytest.raises(ReadError) as refusal:
        extract_article("<p>A long day.</p>" * 1_000_000, "huge.html")

    assert str(refusal.value) == (
        "huge.html is 18 MB of HTML, more than can be searched for an article (10 MB); "
        "give its text as .txt"
    )


def test_pictures_inside_a_saved_page_do_not_count_as_its_size() -> None:
    picture = '<img src="data:image/png;base64,' + "iVBORw0KGgo" * 1_000_000 + '">'

    article = extract_article(PAGE.replace("<article>", f"<article>{picture}"), "ferries.html")

    assert article.text.split("\n\n")[-3:] == PARAGRAPHS
