import pytest

from rag.checks.names import names_of, unproved_name
from rag.checks.statements import read_statement


def unproved(sentence: str, said: str, article: str = "") -> str | None:
    statement = read_statement(sentence)
    names = names_of(statement, [said, article])
    return unproved_name(names, [read_statement(said)], [], [f"{said} {article}"])


@pytest.mark.parametrize(
    ("sentence", "said", "article"),
    [
        pytest.param("Raimondo came.", "Gina Raimondo came.", "", id="surname-alone"),
        pytest.param("Ada Berg came.", "Ada Marie Berg came.", "", id="middle-name-left-out"),
        pytest.param(
            "Gina Raimondo came.",
            "Raimondo came.",
            "Gina Raimondo is new.",
            id="introduced-in-full",
        ),
        pytest.param(
            "President Biden came.", "Biden came.", "President Joe Biden spoke.", id="title"
        ),
        pytest.param(
            "Dr Jill Biden came.", "First lady Jill Biden came.", "Dr Jill Biden.", id="dr"
        ),
        pytest.param(
            "WHO warned.",
            "The World Health Organization warned.",
            "The World Health Organization (WHO) met.",
            id="initials",
        ),
        pytest.param(
            "The World Health Organization warned.",
            "WHO warned.",
            "The World Health Organization (WHO) met.",
            id="initials-spelled-out",
        ),
        pytest.param("China protested.", "Beijing protested.", "", id="capital-for-its-country"),
        pytest.param("The US army came.", "American troops came.", "", id="country"),
        pytest.param("However, Ma came.", "Ma came.", "", id="opening-adverb"),
        pytest.param("Scientists came.", "Researchers came.", "", id="plural-at-the-beginning"),
        pytest.param("Soldiers came.", "The soldiers came.", "", id="small-elsewhere"),
        pytest.param("On Monday Ma came.", "Ma came on Monday.", "", id="day"),
    ],
)
def test_a_name_is_proved_as_news_varies_it(sentence: str, said: str, article: str) -> None:
    assert unproved(sentence, said, article) is None


@pytest.mark.parametrize(
    ("sentence", "said", "name"),
    [
        pytest.param("Putin came.", "Biden came.", "Putin", id="other"),
        pytest.param("Gina Smith came.", "Gina Raimondo came.", "Smith", id="first-name-alone"),
        pytest.param("Nicholas Burns came.", "William Burns came.", "Nicholas", id="namesake"),
        pytest.param(
            "Nicholas Burns came.",
            "Nicholas saw William Joseph Burns.",
            "Nicholas Burns",
            id="namesake-with-a-middle-name",
        ),
        pytest.param(
            "Nicholas Burns came.",
            "William Burns met Nicholas Poe.",
            "Nicholas Burns",
            id="namesake-with-the-first-name-of-another",
        ),
        pytest.param(
            "They met in Beijing.", "They met in China.", "Beijing", id="country-for-city"
        ),
        pytest.param("WHO warned.", "A group warned.", "WHO", id="initials-of-nothing"),
        pytest.param("He is in North Carolina.", "He is in South Carolina.", "North", id="north"),
    ],
)
def test_another_name_is_not(sentence: str, said: str, name: str) -> None:
    assert unproved(sentence, said) == name
