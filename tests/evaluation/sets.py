"""A small archive with a question set whose right figures are known by calculation."""

from collections.abc import Sequence
from pathlib import Path

from rag.archive import Archive
from rag.assistant import Assistant
from rag.evaluation.questions import Case
from rag.types import Passage, Question, Retriever
from tests.fakes import ScriptedGenerator, make_archive

TOWNS = ("Saltmere", "Orleby", "Brannock", "Corran", "Northgate", "Lorne", "Tarn", "Velm")
DECLINED = "The articles do not say."


def town_archive(folder: Path) -> Archive:
    """One article for each town, which says who its mayor is and what it has."""
    sources = folder / "sources"
    sources.mkdir(parents=True)
    for number, town in enumerate(TOWNS):
        text = f"Mayor of {town} chosen\n\nThe mayor of {town} is Ada {town}son since Monday. "
        text += f"There are {10 + number} bridges in {town} today."
        (sources / f"{town}.txt").write_text(text)
    archive = make_archive(folder / "archive", passages=3)
    archive.add(sources)
    return archive


def town_cases() -> list[Case]:
    """A question a town, whose answer stands in its article, and one without an answer."""
    asked = [
        Case(
            id=town,
            question=f"Who is the mayor of {town}?",
            answers=(f"Ada {town}son",),
            answerable=True,
            articles=(f"Mayor of {town} chosen",),
            kind="who",
        )
        for town in TOWNS
    ]
    lacking = Case("x", "Who is the mayor of Atlantis?", (), answerable=False, kind="unanswerable")
    return [*asked, lacking]


def town_assistant(
    archive: Archive, *, wrong: Sequence[str] = (), declined: Sequence[str] = ()
) -> Assistant:
    """Answers `town_cases` truly, but names another person for `wrong`, none for `declined`."""
    replies = [
        DECLINED
        if town in declined
        else f"The mayor of {town} is {'Eve' if town in wrong else 'Ada'} {town}son."
        for town in TOWNS
    ]
    return Assistant(archive, ScriptedGenerator(*replies, DECLINED))


class WithoutTheBest:
    """A retriever that loses the best passage: the regression that a comparison must find."""

    def __init__(self, retriever: Retriever) -> None:
        self._retriever = retriever

    def retrieve(self, question: Question, k: int) -> list[Passage]:
        return self._retriever.retrieve(question, k + 1)[1:]
