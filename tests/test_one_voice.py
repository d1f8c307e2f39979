from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from rag.one_voice import OneVoiceRetriever, one_voice
from rag.types import Article, Passage, Question
from tests.reprints import LIGHTLY_EDITED, OTHER_REPORT, REPRINT, STRIKE, WIRE, article


def passage(number: int, article: Article, start: int = 0, end: int | None = None) -> Passage:
    stop = len(article.text) if end is None else end
    return Passage(number, article, start, stop, 1 / number)


def known(*passages: Passage) -> list[Passage]:
    """Return the passages with the articles of the others as their copies."""
    articles = [passage.article for passage in passages]
    return [
        replace(each, copies=tuple(other for other in articles if other != each.article))
        for each in passages
    ]


def ids(passages: Sequence[Passage]) -> list[str]:
    return [each.article.id for each in passages]


OTHER = passage(9, article("other", OTHER_REPORT))


def test_the_original_speaks_for_its_copies_from_the_best_place() -> None:
    reprint, wire = known(passage(1, REPRINT), passage(3, WIRE))
    spoken = one_voice([reprint, OTHER, wire])
    assert spoken == [wire.scored(1.0), OTHER]
    assert spoken[0].copies == (REPRINT,)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(LIGHTLY_EDITED.replace("1,900", "2,100"), id="another-number"),
        pytest.param(f"{LIGHTLY_EDITED} The ferries run as usual.", id="another-sentence"),
        pytest.param(LIGHTLY_EDITED.replace("The union", "The union of Dorrit Vane"), id="a-name"),
        pytest.param(LIGHTLY_EDITED.replace("were allowed", "were not allowed"), id="a-denial"),
    ],
)
def test_a_copy_that_has_something_of_its_own_stays(text: str) -> None:
    found = known(passage(1, article("reprint", text, published=None)), passage(2, WIRE))
    assert one_voice(found) == found


def test_a_copy_whose_original_was_not_found_there_stays() -> None:
    found = known(passage(1, REPRINT), passage(2, WIRE, 0, STRIKE.index("All")))
    assert one_voice(found) == found


def test_a_copy_of_a_copy_is_told_by_the_original() -> None:
    third = article("third", LIGHTLY_EDITED, published=date(2023, 8, 16))
    found = known(passage(1, third), passage(2, REPRINT), passage(3, WIRE))
    assert ids(one_voice(found)) == ["wire"]


def test_what_is_no_copy_is_left_as_it_is() -> None:
    found = [passage(1, REPRINT), passage(2, WIRE), OTHER]
    assert one_voice(found) == found
    assert one_voice([]) == []


class Fixed:
    """Finds the same passages whatever is asked, and remembers how many were wanted."""

    def __init__(self, *passages: Passage) -> None:
        self.passages = passages
        self.depths: list[int] = []

    def retrieve(self, question: Question, k: int) -> list[Passage]:
        self.depths.append(k)
        return list(self.passages)[:k]


def test_copies_do_not_crowd_out_what_others_say() -> None:
    copies = [
        article(f"copy-{number}", LIGHTLY_EDITED, published=date(2023, 8, 15))
        for number in range(1, 6)
    ]
    voice = [*copies, WIRE]
    fixed = Fixed(*(passage(number, each) for number, each in enumerate(voice, start=1)), OTHER)

    def copies_of(article: Article) -> list[Article]:
        return [each for each in voice if each != article] if article in voice else []

    retriever = OneVoiceRetriever(fixed, copies_of, candidates=10)
    found = retriever.retrieve(Question("strike"), 2)
    assert ids(found) == ["wire", "other"]
    assert found[0].copies == tuple(copies)
    assert retriever.retrieve(Question("strike"), 0) == []
    assert fixed.depths == [10]
