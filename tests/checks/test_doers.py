import pytest

from rag.checks.actors import Known
from rag.checks.doers import NOT_SAID, SOMEBODY_ELSE, of_somebody_else
from rag.checks.roles import OTHER_WAY_ROUND
from rag.checks.statements import read_statement
from tests.checks.examples import matched


def somebody_else(sentence: str, said: str, *before: str) -> str | None:
    """Compare with the last of an article's sentences; `before` are those before it."""
    statements = [read_statement(text) for text in (said, *before)]
    words = [word for statement in statements for word in statement.words]
    names = {word.key for word in words if word.is_capital and word.start}
    known = Known({word.key for word in words}, names)
    return of_somebody_else(matched(sentence, said), statements[:0:-1], known)


VANE = "The union's chairwoman, Dorrit Vane, was angry."
WYNN = "Its director, Caspar Wynn, offered more."


@pytest.mark.parametrize(
    ("sentence", "said", "before", "reason"),
    [
        pytest.param(
            "Dorrit Vane offered more.",
            "Director Caspar Wynn offered more.",
            VANE,
            "the article says it of “Director Caspar Wynn”",
            id="another-name",
        ),
        pytest.param(
            "The police closed the road.",
            "Soldiers closed the road.",
            "The police came.",
            "the article says it of “Soldiers”",
            id="other-people",
        ),
        pytest.param(
            "Roe takes his turn.",
            "A day after Roe spoke, Ames takes his turn.",
            "",
            "the article says it of “Ames”",
            id="nearer-one",
        ),
        pytest.param(
            "Ames won the cup.",
            "Ann Roe beat Bob Ames in the final, 6-4, to win the cup.",
            "",
            "the article says it of “Ann Roe”",
            id="to-win",
        ),
        pytest.param(
            "Line 4 was paid for by the firm.",
            "Line 4 was paid for by the city.",
            "The firm dug.",
            "the article says it of “city”",
            id="behind-by",
        ),
        pytest.param(
            "The police offered a reward.",
            "A reward was offered by friends.",
            "The police came.",
            "the article says it of “friends”",
            id="active-of-passive",
        ),
        pytest.param(
            "Ann Roe is the mayor.",
            "Mayor Bob Ames met Ann Roe.",
            "",
            "the article says it of “Bob”",
            id="another-mayor",
        ),
        pytest.param(
            "Ann Roe is 17 years old.",
            "The 17-year-old Bob Ames met Ann Roe.",
            "",
            "the article says it of “Bob”",
            id="another-age",
        ),
        pytest.param(
            "The study was led by Ann Roe.",
            "Ann Roe awaits the study.",
            "",
            NOT_SAID,
            id="not-said",
        ),
        pytest.param(
            "Sweden beat England.",
            "England won after they had thrashed Sweden.",
            "",
            OTHER_WAY_ROUND,
            id="verb-that-the-article-lacks",
        ),
    ],
)
def test_what_is_told_of_somebody_else_is_told(
    sentence: str, said: str, before: str, reason: str
) -> None:
    assert somebody_else(sentence, said, *([before] if before else [])) == reason


@pytest.mark.parametrize(
    ("sentence", "said", "before"),
    [
        pytest.param("Dorrit Vane promised more.", "She promised more.", VANE, id="she"),
        pytest.param(
            "The terminal offered more.", WYNN, "The terminal is full.", id="its-director"
        ),
        pytest.param(
            "Friends offered a reward.",
            "A reward was offered by friends.",
            "Police came.",
            id="passive",
        ),
        pytest.param(
            "Crewe asked for a recount.",
            "Crewe, who had lost, asked for a recount.",
            "",
            id="clause",
        ),
        pytest.param(
            "The storm killed three.",
            "A storm tore roofs off houses and killed three.",
            "",
            id="and",
        ),
        pytest.param("Work began again.", "Work began again.", "Strikers came.", id="same"),
        pytest.param("Ann Roe is the mayor.", "The mayor, Ann Roe, met Bob Ames.", "", id="mayor"),
        pytest.param("The crew left.", "Sailors left.", "", id="nobody-whom-the-quotes-know"),
    ],
)
def test_what_is_told_of_the_same_is_not(sentence: str, said: str, before: str) -> None:
    assert somebody_else(sentence, said, *([before] if before else [])) is None


def test_she_is_whom_the_nearest_sentence_names() -> None:
    chief, premier = "Fire chief Agneta Rowe came.", "Premier Ulla Marchetti came."
    assert somebody_else("Agneta Rowe promised aid.", "She promised aid.", chief, premier) == (
        SOMEBODY_ELSE
    )
    assert (
        somebody_else("Ulla Marchetti promised aid.", "She promised aid.", chief, premier) is None
    )
