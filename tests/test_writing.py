from collections.abc import Generator

from hypothesis import given
from hypothesis import strategies as st

from rag.types import Sentence, SentenceChecked, TextWritten
from rag.writing import DECLINES, SentenceReader, has_declined, write


@given(
    st.text(alphabet="ab .!?\n[1]“”😀\x85\u3000", max_size=80) | st.text(max_size=40),
    st.integers(1, 7),
)
def test_a_reader_of_pieces_loses_no_character(text: str, size: int) -> None:
    reader = SentenceReader()
    read = [
        sentence
        for start in range(0, len(text), size)
        for sentence in reader.read(text[start : start + size])
    ]
    assert "".join("".join([*read, *reader.rest()]).split()) == "".join(text.split())


def test_a_reader_gives_each_sentence_once_the_next_has_begun() -> None:
    reader = SentenceReader()
    assert list(reader.read("He went. She ")) == ["He went."]
    assert list(reader.read("came. Mr. Li saw")) == ["She came."]
    assert list(reader.read(" them.")) == []
    assert list(reader.rest()) == ["Mr. Li saw them."]


def told(*pieces: str) -> tuple[list[str], list[Sentence], list[str]]:
    """Write the pieces; return what came, the sentences, and the pieces that were never read."""
    left = list(pieces)

    def reply() -> Generator[str, None, None]:
        while left:
            yield left.pop(0)

    written: list[Sentence] = []
    events = list(write(reply(), lambda text: Sentence(text, True), written))
    texts = [event.text for event in events if isinstance(event, TextWritten)]
    assert [each.sentence for each in events if isinstance(each, SentenceChecked)] == written
    return texts, written, left


def test_a_sentence_is_checked_as_soon_as_the_next_begins() -> None:
    texts, written, _ = told("He went.", " She", " came.")
    assert texts == ["He went.", " She", " came."]
    assert written == [Sentence("He went.", True), Sentence("She came.", True)]


def test_a_model_that_has_declined_is_stopped() -> None:
    _, written, left = told("The excerpts do not say.", " But", " he", " may")
    assert written == [Sentence("The excerpts do not say.", False, reason=DECLINES)]
    assert has_declined(written)
    assert left == [" he", " may"]


def test_declining_later_is_no_proof_and_does_not_undo_what_was_said() -> None:
    _, written, _ = told("He went. The articles do not say why.")
    assert written == [
        Sentence("He went.", True),
        Sentence("The articles do not say why.", False, reason=DECLINES),
    ]
    assert not has_declined(written)
