"""The store of conversations and of what people thought of the answers."""

import stat
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from rag.conversations import Conversations, Entry, KeptExchange, Rating, new_id
from rag.errors import ArchiveError
from rag.types import Turn

ANN, BOB = "user:ann", "visitor:bob"
NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


class Clock:
    """A minute passes between looks."""

    def __init__(self) -> None:
        self.now = NOON - timedelta(minutes=1)

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now


def exchange(number: int = 1, question: str = "Why?", answer: str = "Over pay.") -> KeptExchange:
    return KeptExchange(number, question, answer, {"question": question, "said": answer})


def begin(store: Conversations, owner: str, first: KeptExchange) -> str:
    store.save(owner, id_ := new_id(), first)
    return id_


@pytest.fixture
def open_store(tmp_path: Path) -> Iterator[Callable[[], Conversations]]:
    opened = []

    def open_again() -> Conversations:
        opened.append(Conversations(tmp_path, now=Clock()))
        return opened[-1]

    yield open_again
    for each in opened:
        each.close()


@pytest.fixture
def store(open_store: Callable[[], Conversations]) -> Conversations:
    return open_store()


def titles(entries: list[Entry]) -> list[str]:
    return [entry.title for entry in entries]


def test_a_conversation_is_there_after_the_file_is_opened_again(
    open_store: Callable[[], Conversations],
) -> None:
    before = open_store()
    id_ = begin(before, ANN, exchange(1, "Why did they strike?"))
    before.save(ANN, id_, exchange(2, "Since when?", "Since Monday."))
    after = open_store()
    assert after.entries(ANN) == [
        Entry(id_, "Why did they strike?", NOON + timedelta(minutes=1), questions=2)
    ]
    assert after.exchanges(ANN, id_) == [
        exchange(1, "Why did they strike?"),
        exchange(2, "Since when?", "Since Monday."),
    ]


def test_the_conversation_spoken_in_last_comes_first(store: Conversations) -> None:
    old = begin(store, ANN, exchange(question="Old?"))
    begin(store, ANN, exchange(question="New?"))
    assert titles(store.entries(ANN)) == ["New?", "Old?"]
    store.save(ANN, old, exchange(2))
    assert titles(store.entries(ANN)) == ["Old?", "New?"]
    assert titles(store.entries(ANN, limit=1)) == ["Old?"]


def test_a_long_first_question_is_shortened_to_a_title_at_a_word(store: Conversations) -> None:
    begin(store, ANN, exchange(question="What\n did the minister of " + "transport say " * 9))
    assert titles(store.entries(ANN)) == [
        "What did the minister of transport say transport say transport say…"
    ]


def test_an_answer_that_is_asked_for_anew_takes_the_place_of_the_old_and_what_followed(
    store: Conversations,
) -> None:
    id_ = begin(store, ANN, exchange(1))
    store.save(ANN, id_, exchange(2, answer="A falsehood."))
    store.save(ANN, id_, exchange(3))
    store.save(ANN, id_, exchange(2, answer="A truth."))
    assert [each.answer for each in store.exchanges(ANN, id_)] == ["Over pay.", "A truth."]
    assert store.search(ANN, "falsehood") == []


def test_what_became_of_a_question_takes_its_place_and_what_followed_stays(
    store: Conversations,
) -> None:
    id_ = begin(store, ANN, exchange(1, answer=""))
    store.save(ANN, id_, exchange(2))
    store.finish(ANN, id_, exchange(1, answer="For a truth."))
    assert [each.answer for each in store.exchanges(ANN, id_)] == ["For a truth.", "Over pay."]
    assert titles(store.search(ANN, "truth")) == ["Why?"]


@pytest.mark.parametrize(
    "ended",
    [
        pytest.param(exchange(1, "Who?"), id="another-question-now"),
        pytest.param(exchange(2), id="gone"),
    ],
)
def test_a_question_that_is_no_longer_there_is_not_finished(
    store: Conversations, ended: KeptExchange
) -> None:
    id_ = begin(store, ANN, exchange(1))
    store.finish(ANN, id_, ended)
    store.finish(BOB, id_, exchange(1, answer="Mine."))
    store.finish(ANN, "elsewhere", exchange(1))
    assert store.exchanges(ANN, id_) == [exchange(1)]
    assert len(store.entries(ANN)) == 1


def test_nobody_reaches_anothers_conversation_even_by_its_id(store: Conversations) -> None:
    id_ = begin(store, ANN, exchange(question="Is it secret?"))
    store.rate(ANN, id_, 1, Rating(True))
    assert store.entries(BOB) == []
    assert store.search(BOB, "secret") == []
    assert store.exchanges(BOB, id_) == []
    assert store.rate(BOB, id_, 1, Rating(False)) is False
    assert store.feedback(BOB) == []
    assert store.delete(BOB, id_) is False
    with pytest.raises(ArchiveError):
        store.save(BOB, id_, exchange(1, "Mine?"))
    assert store.entries(BOB) == []
    assert [each.question for each in store.exchanges(ANN, id_)] == ["Is it secret?"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("docker", ["Why?"], id="another form of the word"),
        pytest.param("HARROW pay", ["Why?"], id="words of question and answer, any case"),
        pytest.param("harr", ["Why?"], id="a word that is not finished"),
        pytest.param("cafe", ["Where?"], id="without its accent"),
        pytest.param("harrow café", [], id="words of two conversations"),
        pytest.param('" OR * NOT (', [], id="what a query language would read"),
        pytest.param("  ?", ["Where?", "Why?"], id="no word at all"),
    ],
)
def test_conversations_are_found_by_their_words(
    store: Conversations, text: str, found: list[str]
) -> None:
    id_ = begin(store, ANN, exchange(1, "Why?", "Nobody knows."))
    store.save(ANN, id_, exchange(2, "Did the dockers of Harrow strike?", "Yes, over pay."))
    begin(store, ANN, exchange(1, "Where?", "In the Café Central."))
    assert titles(store.search(ANN, text)) == found


def test_what_was_found_is_shown(store: Conversations) -> None:
    store.save(
        ANN, new_id(), exchange(1, "Why?", "word " * 40 + "the dockers of Harrow " + "word " * 40)
    )
    (entry,) = store.search(ANN, "dockers")
    assert "the dockers of Harrow" in entry.excerpt
    assert len(entry.excerpt.split()) < 20


def test_deleting_leaves_nothing_of_a_conversation(store: Conversations, tmp_path: Path) -> None:
    id_ = begin(store, ANN, exchange(question="Is it about Xanadu?"))
    kept = begin(store, ANN, exchange(question="Another?"))
    store.rate(ANN, id_, 1, Rating(False, "no"))
    assert store.delete(ANN, id_) is True
    assert store.delete(ANN, id_) is False
    assert [entry.id for entry in store.entries(ANN)] == [kept]
    assert store.search(ANN, "Xanadu") == []
    assert store.exchanges(ANN, id_) == []
    assert store.feedback() == []


def test_a_rating_is_shown_with_its_exchange_and_can_be_changed_and_taken_back(
    store: Conversations,
) -> None:
    id_ = begin(store, ANN, exchange())
    ratings = [Rating(False, "out of date"), Rating(True), None]
    for rating in ratings:
        assert store.rate(ANN, id_, 1, rating) is True
        assert store.exchanges(ANN, id_)[0].rating == rating
    assert store.feedback() == []
    assert store.rate(ANN, id_, 2, Rating(True)) is False


def test_feedback_has_the_answer_and_the_turns_before_it_as_they_were(
    store: Conversations,
) -> None:
    id_ = begin(store, ANN, exchange(1, "Who struck?", "Dockers."))
    store.save(ANN, id_, exchange(2, "Stopped?", ""))
    store.save(ANN, id_, exchange(3, "Why?", "For fun."))
    store.rate(ANN, id_, 3, Rating(False, "wrong"))
    store.save(ANN, id_, exchange(3, "Why?", "Over pay."))
    assert store.exchanges(ANN, id_)[2].rating is None
    (feedback,) = store.feedback()
    assert feedback.rating == Rating(False, "wrong")
    assert feedback.history == (Turn("Who struck?", "Dockers."),)
    assert feedback.form == {"question": "Why?", "said": "For fun."}
    assert feedback.asked_at == NOON + timedelta(minutes=2)


def test_feedback_is_told_for_one_owner_or_for_all(store: Conversations) -> None:
    for owner, good in ((ANN, True), (BOB, False)):
        store.rate(owner, begin(store, owner, exchange()), 1, Rating(good))
    assert [each.rating.good for each in store.feedback()] == [True, False]
    assert [each.rating.good for each in store.feedback(BOB)] == [False]


def test_only_whoever_runs_newsdesk_can_read_the_file(store: Conversations, tmp_path: Path) -> None:
    begin(store, ANN, exchange())
    modes = {stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()}
    assert modes == {0o600}


def test_a_file_that_is_no_database_is_one_clear_sentence(tmp_path: Path) -> None:
    (tmp_path / "conversations.sqlite").write_bytes(b"no database" * 1000)
    with pytest.raises(ArchiveError, match=r"file of conversations .* move it elsewhere, and"):
        Conversations(tmp_path)
