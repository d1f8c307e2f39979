from rag.evaluation.drafting import draft_questions
from rag.types import Article

FIRE = Article(
    "fire",
    "Fire",
    "Ada Berg won the harbour prize of the city council. The damage amounts to 4.2 million euros, "
    "the insurers of the harbour estimate.\nThe court will hear the owners of the warehouse on "
    "3 May 2023 in Corran.",
)
FLOOD = Article(
    "flood",
    "Flood",
    "The river rose quickly on Monday night, and the rescuers thanked Eve Lund for her two boats.",
)


def test_questions_are_answered_by_quotes_with_exact_offsets() -> None:
    cases = [case for case in draft_questions([FIRE, FLOOD], count=10) if case.answerable]
    texts = {article.id: article.text for article in (FIRE, FLOOD)}
    for case in cases:
        quote = case.quotes[0]
        assert texts[case.articles[0]][quote.start : quote.end] == quote.text
        assert case.answers[0] in quote.text


def test_subjects_dates_numbers_and_names_are_asked_for() -> None:
    found = {case.question: case.answers for case in draft_questions([FIRE, FLOOD], count=10)}
    assert found["Who or what won the harbour prize of the city council?"] == ("Ada Berg",)
    assert found[
        "Which number is missing: “The damage amounts to … euros, the insurers of the harbour "
        "estimate”?"
    ] == ("4.2 million",)
    assert found[
        "Which date is missing: “The court will hear the owners of the warehouse on … in Corran”?"
    ] == ("3 May 2023",)
    assert found[
        "Which name is missing: “The river rose quickly on Monday night, and the rescuers thanked "
        "… for her two boats”?"
    ] == ("Eve Lund",)


def test_some_ask_of_one_article_what_another_tells() -> None:
    told = Article(
        "a", "A", "The mayor met Ada Berg at the 3 large bridges of the western harbour."
    )
    other = Article("b", "B", "On Sunday the soloist met Eve Lund for the first time.")
    lacking = [c for c in draft_questions([told, other], count=5) if not c.answerable]
    assert [(case.question, case.answers, case.kind) for case in lacking] == [
        (
            "Which number is missing: “The mayor met Eve Lund at the … large bridges of the "
            "western harbour”?",
            (),
            "unanswerable",
        )
    ]


def test_the_same_articles_give_the_same_draft_with_ids_of_its_own() -> None:
    first, second = (draft_questions([FIRE, FLOOD], count=3) for _ in range(2))
    assert first == second
    assert [case.id for case in first] == ["draft-001", "draft-002", "draft-003"]


def test_articles_without_facts_give_no_questions() -> None:
    assert draft_questions([Article("x", "X", "So it goes. And on.")], count=5) == []
