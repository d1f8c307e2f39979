from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from rag.conversations import Conversations, Rating
from rag.errors import ArchiveError
from rag.page.conversation import Exchange
from rag.page.talks import Talks
from rag.types import Article
from tests.page_values import PORT, cite, make_answer, proved

ANN, BOB = "user:ann", "user:bob"
ANSWER = make_answer(proved("Over pay.", cite(PORT, "They want more pay.")), text="Over pay [1].")
WHY = Exchange(1, "Why?", evidence=(), answer=ANSWER)
WHEN = Exchange(2, "When?", evidence=(), answer=ANSWER)
ARTICLES: dict[str, Article] = {PORT.id: PORT}


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Callable[[], Talks]]:
    """Open the store as a server does that begins anew."""
    stores = []

    def begin() -> Talks:
        stores.append(Conversations(tmp_path))
        return Talks(stores[-1], ARTICLES.get)

    yield begin
    for store in stores:
        store.close()


@pytest.fixture
def talks(opened: Callable[[], Talks]) -> Talks:
    return opened()


def titles(talks: Talks, owner: str | None) -> list[str]:
    return [entry.title for entry in talks.find(owner)]


def test_what_a_visit_says_is_one_conversation_until_it_begins_anew(talks: Talks) -> None:
    assert talks.current("s1") == ""
    talks.keep(ANN, "s1", (WHY,))
    first = talks.current("s1")
    talks.keep(ANN, "s1", (WHY, WHEN))
    assert talks.current("s1") == first
    talks.leave("s1")
    assert talks.current("s1") == ""
    talks.keep(ANN, "s1", (replace(WHY, question="Who?"),))
    assert titles(talks, ANN) == ["Who?", "Why?"]
    assert [entry.questions for entry in talks.find(ANN)] == [1, 2]


def test_a_conversation_is_gone_on_with_after_a_restart(opened: Callable[[], Talks]) -> None:
    before = opened()
    before.keep(ANN, "s1", (WHY,))
    id_ = before.current("s1")
    after = opened()
    assert after.open(ANN, "s2", id_) == (WHY,)
    after.keep(ANN, "s2", (WHY, WHEN))
    assert after.open(ANN, "s3", id_) == (WHY, WHEN)
    assert len(after.find(ANN)) == 1


@pytest.mark.parametrize(
    ("ended", "kept"),
    [
        pytest.param(replace(WHY, answer=None, stopped=True), 1, id="stopped"),
        pytest.param(replace(WHY, answer=None, error="the model broke off"), 1, id="failed"),
        pytest.param(replace(WHY, answer=None), 0, id="not-ended"),
    ],
)
def test_what_ended_otherwise_is_kept_as_such(talks: Talks, ended: Exchange, kept: int) -> None:
    talks.keep(ANN, "s1", (ended,))
    assert len(talks.find(ANN)) == kept
    assert talks.open(ANN, "s2", talks.current("s1")) == (ended,) * kept


def test_two_visits_of_two_people_never_meet(talks: Talks) -> None:
    talks.keep(ANN, "s1", (WHY,))
    talks.keep(BOB, "s2", (replace(WHY, question="Who?"),))
    anns = talks.current("s1")
    assert (titles(talks, ANN), titles(talks, BOB)) == (["Why?"], ["Who?"])
    assert talks.open(BOB, "s2", anns) == ()
    assert talks.current("s2") != anns
    assert talks.export(BOB, anns, "md") is None
    with pytest.raises(ArchiveError, match="not kept any more"):
        talks.rate(BOB, "s1", 1, Rating(True))


def test_without_an_owner_nothing_is_kept_and_rating_says_why(talks: Talks) -> None:
    talks.keep(None, "s1", (WHY,))
    assert (talks.current("s1"), talks.find(None), talks.open(None, "s1", "x")) == ("", [], ())
    with pytest.raises(ArchiveError, match="takes no cookie"):
        talks.rate(None, "s1", 1, Rating(True))


def test_a_rating_comes_back_with_the_conversation(talks: Talks) -> None:
    talks.keep(ANN, "s1", (WHY,))
    talks.rate(ANN, "s1", 1, Rating(False, "too old"))
    (exchange,) = talks.open(ANN, "s2", talks.current("s1"))
    assert exchange.rating == Rating(False, "too old")


def test_where_an_exchange_cannot_be_kept_it_is_told_and_the_answer_is_not_lost(
    talks: Talks,
) -> None:
    talks.store.close()
    talks.keep(ANN, "s1", (WHY,))
    assert talks.trouble.startswith("the file of conversations ")


def test_the_same_answer_asked_for_anew_takes_the_place_of_the_old(talks: Talks) -> None:
    talks.keep(ANN, "s1", (WHY,))
    id_ = talks.current("s1")
    again = replace(WHY, answer=make_answer(text="For fun."))
    talks.keep(ANN, "s1", (again,))
    assert talks.open(ANN, "s1", id_) == (again,)
    assert len(talks.find(ANN)) == 1
