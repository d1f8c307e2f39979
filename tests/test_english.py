"""What the rules on names and pronouns see in a text, before anything is made of it."""

import pytest

from rag.english.asked import Asked, ask_apart
from rag.english.ellipsis import is_fragment
from rag.english.grammar import tag
from rag.english.mentions import Kind, definite, find_mentions, outermost
from rag.english.pronouns import leaning_pronouns


@pytest.mark.parametrize(
    ("text", "mentioned"),
    [
        ("Who did Raimondo meet in May?", {"Raimondo": Kind.NAME}),
        ("China's foreign minister, Qin Gang", {"China": Kind.PLACE, "Qin Gang": Kind.PERSON}),
        ("US Secretary of State Antony Blinken", {"Antony Blinken": Kind.PERSON}),
        ("They met in Bali.", {"Bali": Kind.PLACE}),
        ("Did France pay for it?", {"France": Kind.PLACE}),
        ("the Maritime Museum of Saltmere", {"Maritime Museum of Saltmere": Kind.THING}),
        ("Brevik & Sons made a bid", {"Brevik & Sons": Kind.THING}),
        ("An F-22 fired.", {"F-22": Kind.THING}),
        ("the 2022 World Cup", {"World Cup": Kind.THING}),
        ("Argentina won.", {"Argentina": Kind.PLACE}),
        ("Cracks in two girders.", {}),
        ("Dockworkers walked out on Monday.", {}),
    ],
)
def test_names_are_found_with_their_kind(text: str, mentioned: dict[str, Kind]) -> None:
    names = [
        each for each in find_mentions(text) if each.is_name and not each.text.startswith("the ")
    ]
    assert {
        each.text: each.kind for each in names if each.text[:3] not in ("An ", "the")
    } == mentioned


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        (
            "What did the thieves take from the Saltmere museum?",
            ["the thieves", "the Saltmere museum"],
        ),
        (
            "How long did the strike at the Port of Saltmere last?",
            ["the strike at the Port of Saltmere"],
        ),
        (
            "How many beds does the new hospital of Northgate have?",
            ["the new hospital of Northgate"],
        ),
        (
            "Eleven gold ornaments from the Bronze Age",
            ["Eleven gold ornaments from the Bronze Age"],
        ),
        ("Why was the trip cancelled?", ["the trip"]),
        ("Why did they go on strike?", ["strike"]),
        ("Did Blinken plan a trip to Beijing in 2023?", ["Blinken", "a trip to Beijing in 2023"]),
    ],
)
def test_a_phrase_ends_before_the_verb(text: str, phrases: list[str]) -> None:
    assert [each.text for each in outermost(text)] == phrases


@pytest.mark.parametrize(
    ("text", "called"),
    [("a trip", "the trip"), ("Eleven rings", "the eleven rings"), ("her trip", "the trip")],
)
def test_what_was_mentioned_is_called_by_the_definite_article(text: str, called: str) -> None:
    assert definite(find_mentions(text)[0]) == called


@pytest.mark.parametrize(
    ("question", "leaning"),
    [
        ("When did he go there?", ["he", "there"]),
        ("What did Beijing say about it?", ["it"]),
        ("What did he tell Blinken?", ["he"]),
        ("Who is their coach?", ["their"]),
        ("Who lost their coach?", []),
        ("What did Mary Smith say about her brother?", []),
        ("Why did Blinken say that he was ill?", []),
        ("Which firm moved its factory?", []),
        ("Is it true that Rovers won?", []),
        ("How many are there?", []),
        ("Did Xi and Biden say what they wanted?", []),
    ],
)
def test_a_pronoun_leans_on_the_turns_before_unless_the_question_explains_it(
    question: str, leaning: list[str]
) -> None:
    assert [each.word for each in leaning_pronouns(question)] == leaning


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Who won the cup?", Asked("Who", "who", "", "won the cup")),
        ("For how long was he away?", Asked("For how long", "how long", "", "was he away")),
        ("How many cars does it hold?", Asked("How many cars", "how many", "cars", "does it hold")),
        (
            "Which US diplomat held talks?",
            Asked("Which US diplomat", "which", "US diplomat", "held talks"),
        ),
        ("Did he go?", None),
    ],
)
def test_a_question_is_taken_apart(question: str, asked: Asked | None) -> None:
    assert ask_apart(question) == asked


@pytest.mark.parametrize(
    ("text", "fragment"),
    [
        ("Where?", True),
        ("In May?", True),
        ("Compared with last year?", True),
        ("the second?", True),
        ("How many cars?", True),
        ("How many died?", False),
        ("Is there a reward?", False),
        ("Who came with him?", False),
    ],
)
def test_a_fragment_has_no_verb(text: str, fragment: bool) -> None:
    assert is_fragment(text) == fragment


def test_every_word_has_a_letter_and_every_break_one() -> None:
    tagged = tag("Yes, the River Orle rose.")
    assert tagged.tags == "C.DNNV"
    assert tagged.slice(3, 5) == "River Orle"
