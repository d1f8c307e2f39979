import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from rag.conversations import KeptExchange, Rating
from rag.errors import ArchiveError
from rag.page.conversation import Exchange, Fate
from rag.page.keeping import keep, restore
from rag.types import Article
from tests.page_values import FERRY, PORT, cite, make_answer, proved, quote

MOMENT = replace(PORT, published=datetime(2023, 8, 14, tzinfo=UTC))  # midnight, and yet a time
PAY, WALK = cite(MOMENT, "They want more pay."), cite(MOMENT, "Dockers in Harrow walked out")
ANSWERED = Exchange(
    2,
    "Why did they strike?",
    evidence=(quote(MOMENT, "They want more pay."), quote(FERRY, "Nobody was hurt.", 0.1)),
    checked=(proved("Over pay.", PAY, WALK),),
    answer=make_answer(
        proved("Over pay.", PAY, WALK),
        text="Over pay [1].",
        evidence=(quote(MOMENT, "They want more pay."), quote(FERRY, "Nobody was hurt.", 0.1)),
    ),
)
STOPPED = Exchange(1, "Why?", evidence=(quote(PORT, "They want"),), unchecked="It", stopped=True)
REPRINT = replace(PORT, id="reprint", publisher="The Week")
COPIED = replace(PAY, also=(quote(REPRINT, "They want more pay.", 0.0),))
NAMED = Exchange(3, "Why?", answer=make_answer(proved("Over pay.", COPIED), text="Over pay [1]."))
FAILED = Exchange(1, "Why?", error="the model broke off; ask again")


def stored(exchange: Exchange) -> KeptExchange:
    """What comes back from the disk."""
    kept = keep(exchange)
    return replace(kept, form=json.loads(json.dumps(kept.form)))


def among(*articles: Article) -> dict[str, Article]:
    return {article.id: article for article in articles}


def quotes(exchange: Exchange) -> Sequence[str]:
    return [citation.quote for citation in exchange.answer.citations] if exchange.answer else []


@pytest.mark.parametrize(
    "exchange",
    [
        pytest.param(ANSWERED, id="answered"),
        pytest.param(STOPPED, id="stopped"),
        pytest.param(FAILED, id="failed"),
    ],
)
def test_an_exchange_comes_back_as_it_was(exchange: Exchange) -> None:
    article = MOMENT if exchange is ANSWERED else PORT
    assert restore(stored(exchange), among(article, FERRY).get) == exchange


def test_the_articles_that_print_the_same_come_back_too() -> None:
    assert restore(stored(NAMED), among(MOMENT, REPRINT).get) == NAMED


def test_the_article_is_not_kept_only_the_words_quoted() -> None:
    kept = json.dumps(keep(ANSWERED).form)
    assert "They want more pay." in kept
    assert "The mayor is worried." not in kept


def test_the_words_to_search_are_the_question_and_the_answer() -> None:
    kept = keep(ANSWERED)
    assert (kept.number, kept.question, kept.answer) == (2, ANSWERED.question, "Over pay [1].")
    assert keep(STOPPED).answer == ""


def test_words_that_stand_elsewhere_in_an_updated_article_are_found_there() -> None:
    updated = replace(MOMENT, text=f"Updated at noon. {MOMENT.text}")
    exchange = restore(stored(ANSWERED), among(updated, FERRY).get)
    assert exchange.outdated == {"port": Fate.UPDATED}
    assert quotes(exchange) == quotes(ANSWERED)
    assert exchange.answer is not None
    assert exchange.answer.citations[0].article == updated


@pytest.mark.parametrize(
    ("now", "fate"),
    [
        pytest.param(replace(MOMENT, text="They want more pay."), Fate.CHANGED, id="changed"),
        pytest.param(None, Fate.GONE, id="gone"),
    ],
)
def test_words_that_the_archive_lacks_are_shown_alone(now: Article | None, fate: Fate) -> None:
    articles = among(FERRY, now) if now else among(FERRY)
    exchange = restore(stored(ANSWERED), articles.get)
    assert exchange.outdated == {"port": fate}
    assert quotes(exchange) == quotes(ANSWERED)
    assert exchange.answer is not None
    shown = exchange.answer.citations[0].article
    assert shown == replace(MOMENT, text="Dockers in Harrow walked out\n\n…\n\nThey want more pay.")
    assert exchange.evidence == exchange.answer.evidence
    assert exchange.answer.evidence[1] == quote(FERRY, "Nobody was hurt.", 0.1)


def test_the_rating_comes_with_the_exchange() -> None:
    rated = replace(stored(STOPPED), rating=Rating(False, "too slow"))
    assert restore(rated, among(PORT).get).rating == Rating(False, "too slow")


@pytest.mark.parametrize(
    "form",
    [
        pytest.param({}, id="nothing"),
        pytest.param({"exchange": {"number": "one"}, "articles": {}}, id="another shape"),
        pytest.param(
            {"exchange": [{"quote": "x", "article": "a", "start": 0, "end": 1}], "articles": {}},
            id="an article that is not described",
        ),
    ],
)
def test_what_another_version_kept_is_one_clear_sentence(form: dict[str, object]) -> None:
    with pytest.raises(ArchiveError, match="kept by another version of Newsdesk"):
        restore(KeptExchange(1, "Why?", "", form), among().get)


def test_an_article_may_have_any_id() -> None:
    odd = replace(PORT, id="quote")
    asked = replace(STOPPED, evidence=(quote(odd, "They want"),))
    assert restore(stored(asked), among(odd).get) == asked
