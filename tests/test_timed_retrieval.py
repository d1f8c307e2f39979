"""Retrieval near the time that a question asks of, and of articles of certain days only."""

from collections.abc import Sequence
from datetime import date

from rag.timed_retrieval import NearTimeRetriever, PublishedRetriever
from rag.timing import Timing, read_timing
from rag.types import Article, Passage, Question

NEWEST = date(2023, 6, 14)


def read(question: Question) -> Timing:
    return read_timing(question, today=date(2026, 11, 21), newest=NEWEST)


class Shelf:
    """Gives the passages of its articles, which are named by their days, within the filters."""

    def __init__(self, **scores: float) -> None:
        self._scores = scores
        self.asked: list[Question] = []

    def retrieve(self, question: Question, k: int) -> list[Passage]:
        self.asked.append(question)
        found = [_passage(day[1:], score) for day, score in self._scores.items()]
        return [each for each in found if _passes(each, question)][:k]


def _passage(day: str, score: float) -> Passage:
    published = date.fromisoformat(day.replace("_", "-")) if day != "undated" else None
    article = Article(day, "", "text", published=published)
    return Passage(int(score * 100), article, 0, 4, score)


def _passes(passage: Passage, question: Question) -> bool:
    day, first, last = (
        passage.article.published_on,
        question.published_from,
        question.published_to,
    )
    if first is None and last is None:
        return True
    return day is not None and (first or day) <= day <= (last or day)


def days(passages: Sequence[Passage]) -> list[str]:
    return [passage.article.id for passage in passages]


def ask_near(shelf: Shelf, text: str, k: int = 10, **fields: date) -> list[str]:
    retriever = NearTimeRetriever(shelf, read_timing=read)
    return days(retriever.retrieve(Question(text, **fields), k))  # type: ignore[arg-type]


# Near the time


def test_the_latest_comes_before_what_fits_a_little_better() -> None:
    shelf = Shelf(_2021_06_01=1.2, _2023_06_12=1.0, _undated=0.9)
    assert ask_near(shelf, "What is the latest?") == ["2023_06_12", "2021_06_01", "undated"]


def test_what_fits_much_better_stays_first() -> None:
    shelf = Shelf(_2021_06_01=2.0, _2023_06_12=1.0)
    assert ask_near(shelf, "What is the latest?") == ["2021_06_01", "2023_06_12"]


def test_without_a_date_the_order_is_the_other_retrievers() -> None:
    shelf = Shelf(_2021_06_01=1.2, _2023_06_12=1.0)
    assert ask_near(shelf, "Who won?") == ["2021_06_01", "2023_06_12"]
    assert len(shelf.asked) == 1


def test_an_article_of_the_days_in_question_is_found_however_deep_it_stands() -> None:
    others = {f"_2020_{month:02}_{day:02}": 1.3 for month in range(1, 13) for day in range(1, 9)}
    shelf = Shelf(**others, _2023_06_01=1.2)
    assert ask_near(shelf, "What burned on June 1, 2023?", k=1) == ["2023_06_01"]


def test_no_more_come_than_are_asked_for() -> None:
    shelf = Shelf(_2021_06_01=1.2, _2023_06_12=1.0)
    assert ask_near(shelf, "What is the latest?", k=1) == ["2023_06_12"]
    assert ask_near(shelf, "What is the latest?", k=0) == []


# Published in a period


def test_articles_from_last_week_are_those_of_last_week() -> None:
    shelf = Shelf(_2023_06_12=1.2, _2023_06_07=1.0, _undated=0.9)
    retriever = PublishedRetriever(shelf, read_timing=read)
    asked = Question("Which articles from last week name him?")
    assert days(retriever.retrieve(asked, 5)) == ["2023_06_07"]
    assert retriever.notes(asked) == [
        "“from last week” is taken as 5 to 11 June 2023, counted from the newest article, "
        "of 14 June 2023.",
        "Only articles published from 5 to 11 June 2023 were searched.",
    ]


def test_where_those_days_have_nothing_all_are_searched_and_it_is_said() -> None:
    retriever = PublishedRetriever(Shelf(_2023_06_12=1.0), read_timing=read)
    asked = Question("Which articles published in May 2021 name him?")
    assert days(retriever.retrieve(asked, 5)) == ["2023_06_12"]
    assert retriever.notes(asked) == [
        "No article published in May 2021 is about this; those of all days were searched."
    ]


def test_an_event_in_a_period_leaves_no_article_out() -> None:
    shelf = Shelf(_2023_06_12=1.2, _2021_06_01=1.0)
    retriever = PublishedRetriever(shelf, read_timing=read)
    found = retriever.retrieve(Question("What happened in May 2021?"), 5)
    assert days(found) == ["2023_06_12", "2021_06_01"]


def test_the_questions_own_filters_stay_hard() -> None:
    shelf = Shelf(_2023_06_12=1.2, _2023_06_07=1.1, _2023_06_05=1.0)
    retriever = PublishedRetriever(shelf, read_timing=read)
    asked = Question("articles from last week", published_from=date(2023, 6, 6))
    assert days(retriever.retrieve(asked, 5)) == ["2023_06_07"]
    outside = Question("articles from last week", published_from=date(2023, 6, 12))
    assert days(retriever.retrieve(outside, 5)) == ["2023_06_12"]


def test_articles_of_two_periods_take_turns() -> None:
    shelf = Shelf(_2022_05_02=1.3, _2022_05_01=1.2, _2023_05_01=1.0, _2023_06_12=0.9)
    retriever = PublishedRetriever(shelf, read_timing=read)
    asked = Question("articles from May 2022 and articles from May 2023")
    assert days(retriever.retrieve(asked, 5)) == ["2022_05_02", "2023_05_01", "2022_05_01"]
