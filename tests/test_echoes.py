from dataclasses import replace
from datetime import date

import pytest

from rag.echoes import Echoes, tell_the_same
from rag.prints import make_print
from rag.types import Article, Passage, Quote

WALKOUT = "About 1,900 dockworkers at the port walked out on Monday over a new rota."
EDITED = "Some 1,900 dockworkers at the port walked out on Monday because of a new rota."
WIRE = Article(
    "wire", "", f"{WALKOUT} Fourteen ships wait in the roads.", "Wire", published=date(2023, 8, 14)
)
COURIER = Article(
    "courier", "", f"Bananas are scarce. {EDITED}", "Courier", published=date(2023, 8, 15)
)
WEEK = Article("week", "", EDITED, "The Week", published=date(2023, 8, 16))


def whole(number: int, article: Article) -> Passage:
    return Passage(number, article, 0, len(article.text), 1 / number)


def quote(article: Article, words: str, score: float = 0.0) -> Quote:
    start = article.text.index(words)
    return Quote(article, start, start + len(words), score)


def copies(*articles: Article) -> list[Passage]:
    """Return whole articles that are copies of each other."""
    return [
        replace(whole(number, each), copies=tuple(other for other in articles if other != each))
        for number, each in enumerate(articles, start=1)
    ]


def test_a_sentence_of_copies_is_quoted_from_the_first_and_the_others_are_named() -> None:
    echoes = Echoes(copies(COURIER, WIRE))
    original = quote(WIRE, WALKOUT)
    assert echoes.original(quote(COURIER, EDITED, 0.7)) == replace(original, score=0.7)
    assert echoes.others(original) == (quote(COURIER, EDITED),)


def test_a_sentence_in_other_words_is_the_same_only_in_a_copy() -> None:
    echoes = Echoes([whole(1, COURIER), whole(2, WIRE)])
    edited = quote(COURIER, EDITED, 0.7)
    assert echoes.original(edited) == edited
    assert echoes.others(edited) == ()


def test_a_sentence_that_another_report_has_word_for_word_is_named() -> None:
    report = Article("report", "", f"Talks go on. {WALKOUT}", "Post", published=date(2023, 8, 20))
    echoes = Echoes([whole(1, report), whole(2, WIRE)])
    assert echoes.original(quote(report, WALKOUT)) == quote(WIRE, WALKOUT)
    assert echoes.others(quote(WIRE, WALKOUT)) == (quote(report, WALKOUT),)


def test_what_only_one_prints_has_no_echo() -> None:
    echoes = Echoes(copies(COURIER, WIRE))
    bananas = quote(COURIER, "Bananas are scarce.", 0.4)
    assert echoes.original(bananas) == bananas
    assert echoes.others(bananas) == ()


def test_a_copy_that_was_not_found_is_named_but_not_quoted() -> None:
    found = replace(whole(1, COURIER), copies=(WIRE, WEEK))
    edited = quote(COURIER, EDITED)
    assert Echoes([found]).original(edited) == edited
    assert Echoes([found]).others(edited) == (quote(WIRE, WALKOUT), quote(WEEK, EDITED))


def test_each_sentence_stands_once_in_the_order_of_the_best() -> None:
    echoes = Echoes(copies(COURIER, WIRE))
    best, again = quote(COURIER, EDITED, 0.9), quote(WIRE, WALKOUT, 0.8)
    bananas = quote(COURIER, "Bananas are scarce.", 0.7)
    assert echoes.one_each([best, again, bananas]) == [replace(again, score=0.9), bananas]


@pytest.mark.parametrize(
    ("sentence", "same"),
    [
        pytest.param(EDITED, True, id="a-few-other-words"),
        pytest.param(WALKOUT.replace("1,900", "2,100"), False, id="another-number"),
        pytest.param(WALKOUT.replace("Monday", "Tuesday"), False, id="another-day"),
        pytest.param("The 1,900 people on board were safe on Monday.", False, id="other-words"),
        pytest.param("He agreed.", False, id="hardly-a-word"),
        pytest.param(WALKOUT.replace("walked", "never walked"), False, id="denied"),
        pytest.param(WALKOUT.replace("walked", "hadn’t walked"), False, id="denied-in-short"),
    ],
)
def test_sentences_are_the_same_but_for_a_few_words(sentence: str, same: bool) -> None:
    assert tell_the_same(make_print(WALKOUT), make_print(sentence)) == same


def test_the_opposite_of_a_word_makes_another_sentence() -> None:
    rose = "Prices of fruit at the wholesale market rose sharply within a single week."
    assert not tell_the_same(make_print(rose), make_print(rose.replace("rose", "fell")))
    assert tell_the_same(make_print(rose), make_print(rose.replace("sharply", "steeply")))
