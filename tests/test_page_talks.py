from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from rag.conversations import Conversations, Rating
from rag.errors import ArchiveError
from rag.evaluation.questions import read_questions
from rag.page.conversation import Exchange
from rag.page.talks import Talks
from rag.types import Article
from tests.page_values import PORT, cite, make_answer, proved

ANN, BOB = "user:ann", "user:bob"
GOOD = Rating(True)
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


def say(talks: Talks, current: str, *conversation: Exchange, owner: str | None = ANN) -> str:
    """Have the last question of the conversation asked and answered; return where it is kept."""
    id_ = talks.begin(current, anew=len(conversation) == 1)
    talks.keep(owner, id_, conversation[-1])
    talks.finish(owner, id_, conversation[-1])
    return id_


def titles(talks: Talks, owner: str | None) -> list[str]:
    return [entry.title for entry in talks.find(owner)]


def test_what_is_asked_joins_the_open_conversation_or_begins_another(talks: Talks) -> None:
    first = say(talks, "", WHY)
    assert say(talks, first, WHY, WHEN) == first
    other = say(talks, first, replace(WHY, question="Who?"))
    assert other != first
    assert titles(talks, ANN) == ["Who?", "Why?"]
    assert [entry.questions for entry in talks.find(ANN)] == [1, 2]


def test_a_conversation_is_gone_on_with_after_a_restart(opened: Callable[[], Talks]) -> None:
    id_ = say(opened(), "", WHY)
    after = opened()
    assert after.open(ANN, id_) == (WHY,)
    assert say(after, id_, WHY, WHEN) == id_
    assert after.open(ANN, id_) == (WHY, WHEN)
    assert len(after.find(ANN)) == 1


STOPPED = replace(WHY, answer=None, stopped=True)
FAILED = replace(WHY, answer=None, error="the model broke off")


@pytest.mark.parametrize(
    ("ended", "kept"),
    [
        pytest.param(STOPPED, STOPPED, id="stopped"),
        pytest.param(FAILED, FAILED, id="failed"),
        pytest.param(replace(WHY, answer=None), STOPPED, id="left"),
    ],
)
def test_what_ended_otherwise_is_kept_as_such(
    talks: Talks, ended: Exchange, kept: Exchange
) -> None:
    assert talks.open(ANN, say(talks, "", ended)) == (kept,)


def test_two_people_never_meet_even_by_an_id(talks: Talks) -> None:
    anns = say(talks, "", WHY)
    say(talks, "", replace(WHY, question="Who?"), owner=BOB)
    assert (titles(talks, ANN), titles(talks, BOB)) == (["Why?"], ["Who?"])
    assert talks.open(BOB, anns) == ()
    assert talks.export(BOB, anns, "md") is None
    assert talks.ratings(BOB, anns) == {}
    talks.delete(BOB, anns)
    talks.keep(BOB, anns, replace(WHY, question="Mine?"))
    talks.finish(BOB, anns, WHEN)
    assert talks.open(ANN, anns) == (WHY,)
    assert titles(talks, BOB) == ["Who?"]
    with pytest.raises(ArchiveError, match="not kept any more"):
        talks.rate(BOB, anns, 1, Rating(True))


def test_without_an_owner_nothing_is_kept_and_rating_says_why(talks: Talks) -> None:
    id_ = say(talks, "", WHY, owner=None)
    assert (talks.find(None), talks.open(None, id_), talks.question_set(None)) == ([], (), None)
    with pytest.raises(ArchiveError, match="takes no cookie"):
        talks.rate(None, id_, 1, Rating(True))


def test_a_rating_comes_back_with_the_conversation(talks: Talks) -> None:
    id_ = say(talks, "", WHY)
    talks.rate(ANN, id_, 1, Rating(False, "too old"))
    assert talks.open(ANN, id_) == (replace(WHY, rating=Rating(False, "too old")),)
    assert talks.ratings(ANN, id_) == {1: Rating(False, "too old")}


def test_only_ones_own_ratings_are_a_question_set_to_download(talks: Talks, tmp_path: Path) -> None:
    for owner, question in ((ANN, "Why?"), (BOB, "Who?")):
        talks.rate(owner, say(talks, "", replace(WHY, question=question), owner=owner), 1, GOOD)
    file = talks.question_set(BOB)
    assert file is not None
    assert file.name == "my-ratings.jsonl"
    (tmp_path / file.name).write_text(file.content)
    assert [case.question for case in read_questions(tmp_path / file.name)] == ["Who?"]


def test_where_an_exchange_cannot_be_kept_it_is_told_and_the_answer_is_not_lost(
    talks: Talks,
) -> None:
    talks.store.close()
    say(talks, "", WHY)
    assert talks.trouble.startswith("the file of conversations ")


def test_the_same_answer_asked_for_anew_takes_the_place_of_the_old(talks: Talks) -> None:
    id_ = say(talks, "", WHY)
    again = replace(WHY, answer=make_answer(text="For fun."))
    talks.keep(ANN, talks.begin(id_, anew=False), again)
    assert talks.open(ANN, id_) == (again,)
    assert len(talks.find(ANN)) == 1


def test_a_question_is_kept_while_it_is_answered_and_said_to_have_been_stopped(
    talks: Talks,
) -> None:
    asked = replace(WHY, answer=None)
    talks.keep(ANN, id_ := talks.begin("", anew=True), asked)
    assert talks.open(ANN, id_) == (STOPPED,)
    talks.finish(ANN, id_, WHY)
    assert talks.open(ANN, id_) == (WHY,)
