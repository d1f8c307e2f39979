from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.cleaning import clean, normalise
from rag.errors import ReadError
from rag.types import Article, DateOrigin, RawArticle

TODAY = date(2023, 6, 20)

HARBOUR = """\
Harbour town: ferries to sail again after talks between captain and mayor

Ferries to the northern island will sail again on Monday, the town hall confirmed.

Do you have questions about the great issues of the islands? Find answers in Harbour Explained, our
new platform of curated content with maps and timelines, made by our award-winning newsroom.

“We photographed every plank,” the captain said, and asked all to subscribe to it.

The captain shows the mayor his plan. Photo: Island News alt=The captain shows the mayor his plan. \
Photo: Island News>

The mayor said the old pier would be mended “by the end of the year”.

READ MORE: Why the northern pier is older than the town

Sign up for our newsletter, The Tide.
"""

ISLAND = """\
 date 2023-05-02 Home » Ferry captain talks to mayor ahead of possible sailing
PORT VILA, Vanuatu (AP) — The captain of the northern ferry talked with the mayor on Tuesday.

“We spoke of tides,” the captain wrote. The mayor’s office did not answer.

"""


def article(text: str, **fields: str) -> Article:
    return clean(RawArticle(**{"source": "news/ferry.txt", "text": text, **fields}), today=TODAY)


def test_noise_around_an_article_is_dropped_and_every_real_line_kept() -> None:
    cleaned = article(HARBOUR)

    assert cleaned.title == HARBOUR.split("\n")[0]
    assert cleaned.text == "\n\n".join(
        [
            "Ferries to the northern island will sail again on Monday, the town hall confirmed.",
            "“We photographed every plank,” the captain said, and asked all to subscribe to it.",
            "The mayor said the old pier would be mended “by the end of the year”.",
        ]
    )


def test_site_header_gives_title_and_date_and_the_dateline_its_agency() -> None:
    cleaned = article(ISLAND)

    assert cleaned.title == "Ferry captain talks to mayor ahead of possible sailing"
    assert (cleaned.published, cleaned.published_origin) == (date(2023, 5, 2), DateOrigin.TEXT)
    assert cleaned.publisher == "AP"
    assert cleaned.text == "\n".join(ISLAND.split("\n")[1:4])


def test_fields_that_the_source_states_are_kept() -> None:
    cleaned = article(
        "It sailed.",
        id="a-7",
        title=" Ferries\nsail ",
        publisher="Harbour Times",
        author="By Ruby Doe",
        url="https://harbour.example/ferry",
        published="2023-05-02T08:30:00Z",
    )

    assert cleaned == Article(
        id="a-7",
        title="Ferries sail",
        text="It sailed.",
        publisher="Harbour Times",
        author="Ruby Doe",
        url="https://harbour.example/ferry",
        published=datetime(2023, 5, 2, 8, 30, tzinfo=UTC),
        published_origin=DateOrigin.METADATA,
    )


def test_text_is_kept_to_the_letter_but_for_line_ends_and_control_characters() -> None:
    text = "  “Naïve”\t— said\x00 no\ud800 one…  \r\nTwo\u2028Three\x0cFour\r\n\r\n\r\n\r\nÉnd\x85"

    assert article(text, title="T").text == "  “Naïve”\t— said no one…\nTwo\nThree\nFour\n\nÉnd"


def test_paragraph_broken_into_lines_is_judged_as_a_whole() -> None:
    text = (
        "The captain said that he had told everybody on the pier to\n"
        "subscribe to our podcast, and that the mayor, who had heard\n"
        "him, had laughed.\n\n"
        "Do you have questions about the harbour and its many piers\n"
        "and about the people who live there? Our curated content has\n"
        "all the answers for you."
    )

    assert article(text).text == "\n".join(text.split("\n")[:3])


def test_lines_of_a_text_without_empty_lines_are_judged_one_by_one() -> None:
    text = "The ferry sailed.\nAdvertisement\nIt was full.\nRead more: Ferries\nIt came back."

    assert article(text).text == "The ferry sailed.\nIt was full.\nIt came back."


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param(" \n\n ", id="blank"),
        pytest.param("* * *\n\n___", id="rules"),
        pytest.param("\x00\x01", id="control-characters"),
        pytest.param("Advertisement\n\nSign up for our newsletter.", id="promotion"),
        pytest.param("Ferries sail again\n\nGetty Images", id="headline-and-caption"),
    ],
)
def test_text_with_nothing_of_an_article_is_refused(text: str) -> None:
    with pytest.raises(ReadError) as refusal:
        article(text)

    assert str(refusal.value) == (
        "news/ferry.txt has no text that belongs to an article; add one that has"
    )


def test_text_that_is_only_its_title_is_kept() -> None:
    assert article("Ferries sail again", title="Ferries sail again").text == "Ferries sail again"


def test_untitled_text_lends_its_first_words() -> None:
    sentence = "The ferry between the two islands sailed again on Tuesday, the operator of it said."

    assert article(f"{sentence}\n\n{sentence}").title == (
        "The ferry between the two islands sailed again on Tuesday, the operator of it…"
    )


@pytest.mark.parametrize(
    ("fields", "identity"),
    [
        pytest.param({"id": " a-7 ", "url": "https://h.example/a"}, "a-7", id="stated"),
        pytest.param({"id": " ", "url": "https://h.example/a"}, "https://h.example/a", id="url"),
        pytest.param({"source": "news/Ferry Nº 7.txt"}, "ferry-no-7-0ffa803b", id="file"),
        pytest.param({"source": "a/dump.jsonl, line 7"}, "dump-944a9a4f", id="line"),
        pytest.param({"source": "a/渡船.txt"}, "article-d752232f", id="no-latin-letters"),
    ],
)
def test_identity(fields: dict[str, str], identity: str) -> None:
    assert article("It sailed.", **fields).id == identity


def test_records_of_one_dump_have_identities_of_their_own() -> None:
    first = article("It sailed.", source="a/dump.jsonl, line 1")
    second = article("It sailed.", source="a/dump.jsonl, line 2")

    assert first.id != second.id


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://h.example/a", "ferry", " "])
def test_only_an_address_of_the_web_is_an_url(url: str) -> None:
    cleaned = article("It sailed.", url=url)

    assert (cleaned.url, cleaned.publisher) == (None, None)


@pytest.mark.parametrize(
    ("text", "fields", "publisher"),
    [
        pytest.param("VILA (AP) — It sailed.", {"publisher": "Post"}, "Post", id="stated"),
        pytest.param(
            "VILA (AP) — It sailed.", {"url": "https://www.post.example/a"}, "AP", id="dateline"
        ),
        pytest.param(
            "VILA (CNN) — It sailed.", {"url": "https://www.cnn.com/a"}, "cnn.com", id="own-site"
        ),
        pytest.param(
            "It sailed.", {"url": "https://www.post.example/a"}, "post.example", id="host"
        ),
        pytest.param("By Jane Doe, Reuters\n\nIt sailed.", {}, "Reuters", id="byline"),
        pytest.param("By Jane Doe, Harbour Times\n\nIt sailed.", {}, "Harbour Times", id="outlet"),
        pytest.param(
            "By Jane Doe, Harbour Times\n\nIt sailed.",
            {"url": "https://www.post.example/a"},
            "post.example",
            id="site-before-outlet",
        ),
        pytest.param("VILA (Coral Gazette) — It sailed.", {}, "Coral Gazette", id="any-dateline"),
        pytest.param(
            "VILA (Coral Gazette) — It sailed.",
            {"url": "https://coral-gazette.example/a"},
            "coral-gazette.example",
            id="any-dateline-on-own-site",
        ),
        pytest.param("It sailed.", {}, None, id="unknown"),
    ],
)
def test_publisher(text: str, fields: dict[str, str], publisher: str | None) -> None:
    assert article(text, **fields).publisher == publisher


def test_author_stands_in_the_byline() -> None:
    cleaned = article("Ferries sail again\n\nBy Jane Doe\n\nIt sailed.")

    assert (cleaned.author, cleaned.text) == ("Jane Doe", "It sailed.")


def test_promotion_by_the_publisher_of_the_dateline_is_dropped() -> None:
    promotion = "Follow the Coral Gazette on all channels."

    assert article(f"VILA (Coral Gazette) — It sailed.\n\n{promotion}").text == (
        "VILA (Coral Gazette) — It sailed."
    )
    assert promotion in article(f"VILA (Reuters) — It sailed.\n\n{promotion}").text


def test_links_below_their_heading_are_dropped_up_to_the_next_paragraph() -> None:
    text = "It sailed.\n\nRelated\n\nTen ferries to try\nWho pays for the pier?\n\nIt came back."

    assert article(text).text == "It sailed.\n\nIt came back."


METADATA, TEXT, FILE = DateOrigin.METADATA, DateOrigin.TEXT, DateOrigin.FILE


@pytest.mark.parametrize(
    ("text", "fields", "published", "origin"),
    [
        pytest.param(
            "Published: May 3, 2023\n\nIt sailed.",
            {"published": "May 2, 2023", "source": "2023-05-04.txt"},
            date(2023, 5, 2),
            METADATA,
            id="metadata-first",
        ),
        pytest.param(
            "Published: May 3, 2023\n\nIt sailed.",
            {"published": "2099-01-01", "source": "2023-05-04.txt"},
            date(2023, 5, 3),
            TEXT,
            id="text-where-metadata-is-nonsense",
        ),
        pytest.param(
            "It sailed.",
            {"published": "soon", "source": "2023-05-04.txt"},
            date(2023, 5, 4),
            FILE,
            id="file-where-text-says-nothing",
        ),
        pytest.param("Published: 1 January 2099\n\nIt sailed.", {}, None, None, id="nonsense-only"),
        pytest.param(
            "Updated May 5, 2023\nPublished May 3, 2023\n\nIt sailed.",
            {},
            date(2023, 5, 3),
            TEXT,
            id="publication-before-change",
        ),
        pytest.param(
            "Updated May 5, 2023\n\nIt sailed.", {}, date(2023, 5, 5), TEXT, id="change-only"
        ),
        pytest.param(
            "VILA, May 2, 2023 (Reuters) - It sailed.", {}, date(2023, 5, 2), TEXT, id="dateline"
        ),
        pytest.param(
            "VILA, May 2 (Reuters) - It sailed.",
            {"source": "2023-05-04.txt"},
            date(2023, 5, 2),
            TEXT,
            id="dateline-in-the-files-year",
        ),
        pytest.param("VILA, May 2 (Reuters) - It sailed.", {}, None, None, id="no-year-known"),
        pytest.param(
            "VILA, 2 May 2023 (Coral Gazette) — It sailed.",
            {"source": "2023-05-04.txt"},
            date(2023, 5, 2),
            TEXT,
            id="dateline-of-any-publisher",
        ),
        pytest.param(
            "VILA, Vanuatu, May 2 (Coral Gazette) — It sailed.\nUpdated May 5, 2023",
            {},
            date(2023, 5, 2),
            TEXT,
            id="dateline-in-the-year-of-another-line",
        ),
        pytest.param(
            "VILA, May 2, 2099 (Coral Gazette) — It sailed.", {}, None, None, id="dateline-nonsense"
        ),
        pytest.param(
            "It sailed.",
            {"url": "https://h.example/2023/05/02/ferry"},
            date(2023, 5, 2),
            FILE,
            id="address",
        ),
    ],
)
def test_date_and_where_it_stood(
    text: str, fields: dict[str, str], published: date | None, origin: DateOrigin | None
) -> None:
    cleaned = article(text, **fields)

    assert (cleaned.published, cleaned.published_origin) == (published, origin)


def test_date_line_is_no_part_of_the_text() -> None:
    assert article("Published: May 3, 2023\n\nIt sailed.").text == "It sailed."


NOISE = st.sampled_from(
    ["By Jane Doe", "Home » A b c", "May 3, 2023", "(AP) —", "Photo: X", "\n", "\n\n", "\r", "# T"]
)
TEXTS = st.one_of(
    st.text(),
    st.lists(st.one_of(NOISE, st.text(max_size=30)), max_size=20).map("".join),
    st.text(st.sampled_from("aA .,»›/()—\n\r\t\x00\ud800\u2028©:@-1"), max_size=300),
)


@settings(deadline=None)  # the first date in words loads dateparser
@given(text=TEXTS, title=st.none() | TEXTS, published=st.none() | TEXTS, url=st.none() | TEXTS)
def test_any_text_is_refused_or_keeps_only_lines_of_its_own(
    text: str, title: str | None, published: str | None, url: str | None
) -> None:
    raw = RawArticle("a.txt", text, title=title, published=published, url=url)
    try:
        cleaned = clean(raw)
    except ReadError:
        return

    assert set(cleaned.text.split("\n")) <= {*normalise(text).split("\n"), ""}
    assert cleaned.title.strip()
    assert "\n" not in cleaned.title


@given(text=TEXTS)
def test_clean_text_stays_as_it_is(text: str) -> None:
    try:
        cleaned = clean(RawArticle("a.txt", text, title="A title of its own"))
        again = clean(RawArticle("a.txt", cleaned.text, title="A title of its own"))
    except ReadError:
        return

    assert set(again.text.split("\n")) <= set(cleaned.text.split("\n"))


def test_endless_line_is_cleaned_at_once() -> None:
    text = "The ferry sailed. " * 500_000

    assert article(text, title="T").text == text.rstrip()
