import pytest

from rag.checks.polarity import turned_round
from tests.checks.examples import matched


@pytest.mark.parametrize(
    ("sentence", "said", "reason"),
    [
        pytest.param(
            "The trip was cancelled.",
            "The trip was not cancelled.",
            "the article says it with “not”",
            id="not-left-out",
        ),
        pytest.param(
            "The trip was not cancelled.",
            "The trip was cancelled.",
            "the article says it without “not”",
            id="not-added",
        ),
        pytest.param(
            "He accepted the result.",
            "He refused to accept the result.",
            "the article says it with “refused”",
            id="refused",
        ),
        pytest.param(
            "Crewe failed to win the vote.",
            "Crewe won the vote.",
            "the article says it without “failed”",
            id="failed-to",
        ),
        pytest.param(
            "The hospital has 45 nurses.",
            "The hospital lacks 45 nurses.",
            "the article says it with “lacks”",
            id="lacks",
        ),
        pytest.param(
            "They didn’t open the road.",
            "They opened the road.",
            "the article says it without “didn’t”",
            id="short-form",
        ),
        pytest.param(
            "It was abandoned, not postponed.",
            "It was postponed, not abandoned.",
            "the article says it with “not”",
            id="the-other-of-two",
        ),
        pytest.param(
            "It poses a hazard.",
            "It is too small to pose a hazard.",
            "the article says it with “too”",
            id="too-to",
        ),
        pytest.param(
            "Wages will fall by 5 percent.",
            "Wages will rise by 5 percent.",
            "the article says “rise”, not “fall”",
            id="opposite",
        ),
        pytest.param(
            "The bridge closes before the fair.",
            "The bridge closes after the fair.",
            "the article says “after”, not “before”",
            id="before",
        ),
        pytest.param(
            "It takes at most three months.",
            "It takes at least three months.",
            "the article says “at least”, not “at most”",
            id="at-most",
        ),
        pytest.param(
            "All residents may return.",
            "Most residents may return.",
            "the article says “Most”, not “All”",
            id="all",
        ),
        pytest.param(
            "He pays 9,000 euros a week.",
            "He pays 9,000 euros a day.",
            "the article says “day”, not “week”",
            id="unit-of-time",
        ),
        pytest.param(
            "The council has turned it into housing.",
            "The council wants to turn it into housing.",
            "the article has it only as “to turn”",
            id="wants-to",
        ),
        pytest.param(
            "Taiwan elected a president.",
            "Taiwan will elect a president.",
            "the article has it only as “will elect”",
            id="will",
        ),
        pytest.param(
            "The storm was named Hermine.",
            "If it grows, the storm is called Hermine.",
            "the article says it only “If it grows, the …”",
            id="if",
        ),
        pytest.param(
            "The port closed because ships were waiting.",
            "The port closed and ships were waiting.",
            "no article gives that as the cause",
            id="cause",
        ),
        pytest.param(
            "Roe became the youngest pilot.",
            "Roe was on track on Tuesday to become the youngest pilot.",
            "the article has it only as “to become”",
            id="on-track",
        ),
        pytest.param(
            "Ann Roe is the new mayor.",
            "Ann Roe will become the new mayor.",
            "the article has it only as “will become”",
            id="will-become",
        ),
        pytest.param(
            "Roe left because the team won.",
            "Roe left and leads the team that won.",
            "no article gives that as the cause",
            id="leads",
        ),
    ],
)
def test_what_is_turned_round_is_told(sentence: str, said: str, reason: str) -> None:
    assert turned_round(matched(sentence, said)) == reason


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        pytest.param("The cause is not known.", "The cause is not yet known.", id="both-not"),
        pytest.param("No, it never closed.", "It never closed.", id="no-as-an-answer"),
        pytest.param("Nobody was hurt.", "No one was hurt.", id="nobody"),
        pytest.param(
            "Ma met Yang.", "Ma, who had not slept, met Yang.", id="not-of-something-else"
        ),
        pytest.param(
            "They do without a bridge.", "They have to do without a bridge.", id="do-without"
        ),
        pytest.param("Not only rain fell.", "Rain fell.", id="not-only"),
        pytest.param("He went home.", "He managed to go home.", id="managed-to"),
        pytest.param("It would have closed.", "It would have closed.", id="both-would"),
        pytest.param(
            "It closed because of rain.",
            "Rain closed it, so people stayed.",
            id="cause-in-other-words",
        ),
        pytest.param("It closed because of rain.", "It closed: rain had come.", id="colon"),
        pytest.param("It closed because of rain.", "Rain led to it being closed.", id="led-to"),
        pytest.param(
            "They lost Roe because he broke a toe.",
            "They lost Roe, who had broken a toe.",
            id="had-done",
        ),
        pytest.param("It rained this week.", "It rained for two years.", id="another-date"),
        pytest.param(
            "It rose after the vote.", "It rose before and after the vote.", id="both-words"
        ),
    ],
)
def test_what_only_looks_turned_is_not(sentence: str, said: str) -> None:
    assert turned_round(matched(sentence, said)) is None
