import pytest

from rag.parts import split_parts


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        pytest.param(
            "Which is longer, the Saltmere bridge or the Orleby tunnel?",
            ("Which is longer the Saltmere bridge", "Which is longer the Orleby tunnel"),
            id="which-of-two",
        ),
        pytest.param(
            "Which country gave more: Norway, Sweden or Denmark?",
            (
                "Which country gave more Norway",
                "Which country gave more Sweden",
                "Which country gave more Denmark",
            ),
            id="which-of-three",
        ),
        pytest.param(
            "Is the bridge or the tunnel longer?",
            ("Is the bridge longer", "Is the tunnel longer"),
            id="is-this-or-that",
        ),
        pytest.param(
            "Did prices rise faster in Germany than in France?",
            ("Did prices rise faster in Germany", "Did prices rise faster in France"),
            id="than-elsewhere",
        ),
        pytest.param(
            "Is the bridge longer than the tunnel?",
            ("Is the bridge longer", "Is the tunnel longer"),
            id="than-another",
        ),
        pytest.param(
            "What happened first, the strike at the port or the fire on the ferry?",
            (
                "What happened first the strike at the port",
                "What happened first the fire on the ferry",
            ),
            id="what-came-first",
        ),
        pytest.param(
            "Did the mayor resign before or after the vote?",
            ("Did the mayor resign", "the vote"),
            id="before-or-after",
        ),
        pytest.param(
            "Did both Lorne & Daughters and the Meridian Bank go bankrupt?",
            ("Did Lorne & Daughters go bankrupt?", "Did the Meridian Bank go bankrupt?"),
            id="both",
        ),
        pytest.param(
            "How many ships wait in Saltmere and Orleby together?",
            (
                "How many ships wait in Saltmere together?",
                "How many ships wait in Orleby together?",
            ),
            id="together",
        ),
        pytest.param(
            "How much did the bridge and the tunnel cost in total?",
            ("How much did the bridge cost in total?", "How much did the tunnel cost in total?"),
            id="in-total",
        ),
        pytest.param(
            "Compare the budgets of Harrow and Saltmere.",
            ("the budgets of Harrow", "the budgets of Saltmere"),
            id="compare",
        ),
        pytest.param(
            "What do the Saltmere strike and the Orleby strike have in common?",
            ("the Saltmere strike", "the Orleby strike"),
            id="in-common",
        ),
        pytest.param(
            "Who won the election, and when does the new government take office?",
            ("Who won the election", "when does the new government take office?"),
            id="two-questions",
        ),
        pytest.param(
            "Why was the trip cancelled, and what did China say about it?",
            (
                "Why was the trip cancelled",
                "Why was the trip cancelled what did China say about it?",
            ),
            id="the-second-leans-on-the-first",
        ),
        pytest.param(
            "Does the Courier say that fares rise, while the Post says that wages fall?",
            ("Does the Courier say that fares rise", "the Post says that wages fall?"),
            id="while",
        ),
    ],
)
def test_what_needs_several_articles_is_divided(question: str, parts: tuple[str, ...]) -> None:
    assert split_parts(question) == parts


@pytest.mark.parametrize(
    "question",
    [
        "Who is the mayor of Saltmere?",
        "What did Putin and Xi discuss in Moscow?",
        "Did more than 40 people die?",
        "Was it warmer than usual in March?",
        "Did the mayor resign before June 14?",
        "What happened in Saltmere after the strike?",
        "What has changed since the summit?",
        "What did Blinken say after the meeting?",
        "Which company was fined and is led by a former minister?",
        "Why do trade and industry complain?",
        "Which minister announced inspections after the fire last week?",
        "Was he hurt after falling into the crater?",
        "The vote was close, but the mayor won. Who counted it?",
        "Which family owns the factory that burned and has a foundation?",
        "Where do Ann and Bo Hallam play against each other?",
        "Where?",
        "",
        "and or than before",
    ],
)
def test_what_is_one_thing_has_no_parts(question: str) -> None:
    assert split_parts(question) == ()


def test_no_question_has_more_parts_than_are_searched_for() -> None:
    assert len(split_parts("Who was first: Ann, Bo, Cy, Di, Ed or Flo?")) == 4
