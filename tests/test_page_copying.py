from dataclasses import replace

from rag.page.copying import as_markdown, as_text
from rag.types import Article
from tests.page_values import FERRY, PORT, cite, make_answer, proved, quote

ANSWER = make_answer(
    proved("Dockers walked out.", cite(PORT, "Dockers in Harrow walked out on Monday.")),
    proved("A ferry stopped.", cite(FERRY, "The ferry stopped after a fire.", marker=2)),
    text="Dockers walked out [1]. A ferry stopped [2].",
)


def test_text_lists_the_sources_with_their_words() -> None:
    assert as_text(ANSWER) == (
        "Dockers walked out [1]. A ferry stopped [2].\n"
        "\n"
        "[1] “Port strike begins” (Harrow Gazette, 14 August 2023) "
        "https://www.harrow.example/port?a=1&b=2\n"
        "    “Dockers in Harrow walked out on Monday.”\n"
        "\n"
        "[2] “Ferry line closed”\n"
        "    “The ferry stopped after a fire.”"
    )


def test_markdown_quotes_the_sources() -> None:
    assert as_markdown(ANSWER).split("\n") == [
        r"Dockers walked out \[1\]. A ferry stopped \[2\].",
        "",
        r"\[1\] “Port strike begins” (Harrow Gazette, 14 August 2023) "
        "https://www.harrow.example/port?a=1&b=2",
        "",
        "> “Dockers in Harrow walked out on Monday.”",
        "",
        r"\[2\] “Ferry line closed”",
        "",
        "> “The ferry stopped after a fire.”",
    ]


def test_articles_that_print_the_same_are_named_below() -> None:
    reprint = replace(PORT, id="r", publisher="The *Week*", published=None)
    citation = cite(PORT, "Dockers in Harrow walked out on Monday.")
    copied = replace(citation, also=(quote(reprint, citation.quote),))
    answer = make_answer(proved("Dockers walked out.", copied))
    assert as_text(answer).endswith("    (also in The *Week*)")
    assert as_markdown(answer).endswith("\n\n(also in The \\*Week\\*)")


def test_markdown_of_an_article_stays_text() -> None:
    article = Article("x", "A *star*", "See [here](javascript:x) <b>.")
    answer = make_answer(proved("See.", cite(article, article.text)), text="See [1].")
    assert as_markdown(answer).endswith(
        "“A \\*star\\*”\n\n> “See \\[here\\](javascript:x) \\<b\\>.”"
    )
