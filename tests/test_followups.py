from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.followups import own_stems, plain_answer, rewrite, stand_alone

MEETING = [
    ("Who won the cup?", "Saltmere Rovers [1]."),
    ("Who did Raimondo meet in May?", "She met Wang Wentao [1]."),
]
BALLOON = [("What did the F-22 shoot down?", "A suspected Chinese surveillance balloon [1].")]
TRIP = [("Why did Blinken call off his journey to Beijing?", "Because of a balloon [1].")]
BRIDGE = [("Which bridge in Northgate has cracked girders?", "Weir Bridge [1].")]
FERRY = [("How much did the ferry between Saltmere and Brannock cost?", "21 million euros [1].")]
THEFT = [("What did the thieves take from the Saltmere museum?", "Eleven gold ornaments [1].")]
STRIKE = [("Who mediated in the strike at the Port of Saltmere?", "Judith Okafor, a judge [1].")]
BURNS = [
    ("Which two officials are called Burns?", "William Burns and Nicholas Burns [1][2]."),
    ("What office does William Burns hold?", "He is the director of the CIA [1]."),
]
VOTES = [("How many votes did Elin Dahlgren get according to the Northgate Daily?", "3,108 [1].")]
VISIT = [("Did Joe Biden visit Kyiv in February 2023?", "Yes [1].")]
SCORE = [("Who won the 2022 World Cup?", "Argentina beat France on penalties [1].")]


@pytest.mark.parametrize(
    ("history", "question", "expected"),
    [
        pytest.param(
            BRIDGE,
            "How long will it be closed?",
            "How long will Weir Bridge be closed in Northgate?",
            id="it-is-the-answer",
        ),
        pytest.param(
            FERRY,
            "How many cars does it hold?",
            "How many cars does the ferry between Saltmere and Brannock hold?",
            id="it-is-the-thing-asked-of",
        ),
        pytest.param(
            BALLOON,
            "What did Beijing say about it?",
            "What did Beijing say about the suspected Chinese surveillance balloon?",
            id="it-is-not-the-subject",
        ),
        pytest.param(
            TRIP,
            "When had he been expected there?",
            "When had Blinken been expected in Beijing?",
            id="he-and-there",
        ),
        pytest.param(
            MEETING,
            "Which ministry does he lead?",
            "Which ministry does Wang Wentao lead?",
            id="an-answer-that-says-she-names-him",
        ),
        pytest.param(
            MEETING,
            "Where did she study?",
            "Where did Raimondo study?",
            id="an-answer-that-says-she-speaks-of-her",
        ),
        pytest.param(
            THEFT,
            "What are they insured for?",
            "What are the eleven gold ornaments insured for?",
            id="they-are-several",
        ),
        pytest.param(
            [("Did Xi and Biden meet?", "Yes, in Bali [1].")],
            "Did they agree?",
            "Did Xi and Biden agree?",
            id="they-are-two-names",
        ),
        pytest.param(
            [("Which firms cut jobs?", "Google cut 90 jobs and Micron cut 10 [1].")],
            "What did they say?",
            "What did Google and Micron say?",
            id="they-were-asked",
        ),
        pytest.param(
            [("How many people lost their homes in Orleby?", "340 [1].")],
            "Where were they taken in?",
            "Where were the people that lost their homes in Orleby taken in?",
            id="they-were-counted",
        ),
        pytest.param(
            [("Who won the cup?", "Saltmere Rovers [1].")],
            "Who is their coach?",
            "Who is Saltmere Rovers’ coach?",
            id="their",
        ),
        pytest.param(
            [("What did Mary Smith say about her brother?", "That he left [1].")],
            "Where did he go?",
            "Where did Mary Smith’s brother go?",
            id="her-brother",
        ),
        pytest.param(
            [("Did Austin meet Li Shangfu?", "No [1].")],
            "What did Li say?",
            "What did Li Shangfu say?",
            id="a-name-in-full",
        ),
        pytest.param(
            [("What is TF-1?", "A vaccine [1]."), ("Who developed it?", "Samira Eklund [1].")],
            "When could doctors use it?",
            "When could doctors use TF-1?",
            id="over-two-turns",
        ),
    ],
)
def test_pronouns_become_names(
    history: Sequence[tuple[str, str]], question: str, expected: str
) -> None:
    assert stand_alone(question, history) == expected


@pytest.mark.parametrize(
    ("history", "question", "expected"),
    [
        pytest.param(MEETING, "Where?", "Where did Raimondo meet Wang Wentao in May?", id="where"),
        pytest.param(MEETING, "In June?", "Who did Raimondo meet in June?", id="another-month"),
        pytest.param(
            MEETING, "And in Detroit?", "Who did Raimondo meet in May in Detroit?", id="a-place"
        ),
        pytest.param(TRIP, "When?", "When did Blinken call off his journey to Beijing?", id="when"),
        pytest.param(VISIT, "Why?", "Why did Joe Biden visit Kyiv in February 2023?", id="why"),
        pytest.param(
            VISIT, "Why not?", "Why didn’t Joe Biden visit Kyiv in February 2023?", id="why-not"
        ),
        pytest.param(
            VISIT,
            "And Olaf Scholz?",
            "Did Olaf Scholz visit Kyiv in February 2023?",
            id="another-person",
        ),
        pytest.param(VISIT, "And in 2022?", "Did Joe Biden visit Kyiv in 2022?", id="another-year"),
        pytest.param(SCORE, "And in 2018?", "Who won the 2018 World Cup?", id="a-year-in-a-name"),
        pytest.param(
            SCORE,
            "Where?",
            "Where was it that Argentina won the 2022 World Cup?",
            id="who-did-it-is-known",
        ),
        pytest.param(
            FERRY,
            "How many cars?",
            "About the ferry between Saltmere and Brannock: how many cars?",
            id="an-amount-of-something-else",
        ),
        pytest.param(
            [*FERRY, ("How many passengers does it hold?", "240 [1].")],
            "And cars?",
            "About cars: how many passengers does the ferry between Saltmere and Brannock hold?",
            id="something-that-has-no-place",
        ),
        pytest.param(
            [*FERRY, ("How many passengers does it hold?", "240 [1].")],
            "How many cars?",
            "How many cars does the ferry between Saltmere and Brannock hold?",
            id="an-amount-instead-of-another",
        ),
        pytest.param(
            VOTES,
            "And according to The Strait Observer?",
            "How many votes did Elin Dahlgren get according to The Strait Observer?",
            id="according-to-another",
        ),
        pytest.param(
            VOTES,
            "What about The Strait Observer?",
            "How many votes did Elin Dahlgren get according to The Strait Observer?",
            id="another-publisher",
        ),
        pytest.param(
            VOTES,
            "And Crewe?",
            "How many votes did Crewe get according to the Northgate Daily?",
            id="another-candidate",
        ),
        pytest.param(
            BURNS,
            "And the other one?",
            "What office does Nicholas Burns hold?",
            id="the-other-of-two",
        ),
        pytest.param(BURNS, "How old is the second?", "How old is Nicholas Burns?", id="second"),
        pytest.param(
            BURNS[:1],
            "Did both travel to China?",
            "Did William Burns and Nicholas Burns travel to China?",
            id="both",
        ),
        pytest.param(
            [("Where will Blinken fly from Beijing?", "To London [1].")],
            "What for?",
            "For what will Blinken fly from Beijing to London?",
            id="what-for",
        ),
        pytest.param(
            [("What did the WHO say about mpox?", "The WHO declared it a threat [1].")],
            "Why?",
            "Why is it that the WHO declared the mpox a threat?",
            id="a-statement",
        ),
        pytest.param(
            [("Who won best picture at the Oscars?", "CODA [1].")],
            "And best actor?",
            "Who won best actor at the Oscars?",
            id="half-the-same-words",
        ),
        pytest.param(VISIT, "???", VISIT[0][0], id="only-marks"),
        pytest.param(VISIT, "Really?", VISIT[0][0], id="doubt"),
    ],
)
def test_what_a_question_leaves_out_is_put_in(
    history: Sequence[tuple[str, str]], question: str, expected: str
) -> None:
    assert stand_alone(question, history) == expected


@pytest.mark.parametrize(
    ("history", "question", "expected"),
    [
        pytest.param(
            BRIDGE,
            "Which company will do the work?",
            "About Weir Bridge: which company will do the work?",
            id="few-words",
        ),
        pytest.param(
            STRIKE,
            "How long did the strike last?",
            "How long did the strike at the Port of Saltmere last?",
            id="named-in-full-before",
        ),
        pytest.param(
            STRIKE,
            "What did that cost the terminals?",
            "About Judith Okafor and the "
            "strike at the Port of Saltmere: what did that cost the terminals?",
            id="that",
        ),
        pytest.param(
            [("When did Tsai Ing-wen meet McCarthy?", "On April 5 [1].")],
            "How did China react?",
            "About Tsai Ing-wen and McCarthy: how did China react?",
            id="a-verb-that-needs-more",
        ),
    ],
)
def test_a_question_of_few_words_is_told_what_it_is_about(
    history: Sequence[tuple[str, str]], question: str, expected: str
) -> None:
    assert stand_alone(question, history) == expected


@pytest.mark.parametrize(
    "question",
    [
        "Why was the February trip of Antony Blinken cancelled?",
        "How many votes decided the election of Brannock's mayor?",
        "Which items were stolen from the Saltmere museum?",
        "Will it rain in Paris tomorrow?",
        "Who is Qin Gang?",
        "Which team won the national cup?",
        "What did Mary Smith say about her brother?",
        "What did Joe Biden's commanders ask him to do?",
        "What did the dockworkers say that the new rota did to them?",
        "How many of its tickets did the orchestra sell last season?",
        "To what did the United States commit itself when it recognised Beijing?",
        "How long will it take before doctors can use the vaccine TF-1?",
        "How many ships were there in the roads at the peak of the port strike?",
        "Who lost his job over the flood in Orleby?",
        "Which club sold its ground in 2019?",
        "What about the tick fever vaccine, how many injections does it need?",
        "balloon South Carolina",
        "thanks",
    ],
)
def test_a_question_with_facts_of_its_own_is_searched_as_it_is(question: str) -> None:
    assert stand_alone(question, MEETING) == question


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("And what caused the flood in Orleby?", "What caused the flood in Orleby?"),
        ("Something else: who paid for the study?", "Who paid for the study?"),
    ],
)
def test_words_that_lead_over_to_a_new_subject_are_left_out(question: str, expected: str) -> None:
    assert stand_alone(question, MEETING) == expected


def test_without_turns_there_is_nothing_to_lean_on() -> None:
    assert stand_alone("Where?", []) == "Where?"


def test_a_guess_is_called_one_and_the_turn_before_is_told() -> None:
    guessed = rewrite("Which company will do the work?", BRIDGE)
    assert (guessed.sure, guessed.context) == (False, f"{BRIDGE[0][0]} Weir Bridge.")
    assert rewrite("How long will it be closed?", BRIDGE).sure
    alone = rewrite("Who is Qin Gang?", BRIDGE)
    assert (alone.sure, alone.context) == (True, "")


@pytest.mark.parametrize(
    ("answer", "plain"),
    [
        ("Wang Wentao [1].", "Wang Wentao."),
        ("The articles do not say. The nearest is “Trip” (AP).", ""),
        ("AP, 4 May 2023: “He left.” [1] Meridian Wire: “She stayed.” [2]", "He left. She stayed."),
    ],
)
def test_an_answer_is_read_without_its_marks_and_sources(answer: str, plain: str) -> None:
    assert plain_answer(answer) == plain


def test_what_a_question_asks_with_is_not_what_it_says() -> None:
    assert own_stems("And how many countries are left?") == {"countri", "left"}


@given(
    st.text(max_size=60)
    | st.lists(
        st.sampled_from(
            ["And", "who", "did", "it", "they", "her", "Li", "won", "the", "in", "May", "?", "’s"]
        )
    ).map(" ".join),
    st.text(max_size=60),
    st.text(max_size=60),
)
def test_whatever_is_typed_can_be_rewritten(question: str, asked: str, answered: str) -> None:
    rewritten = stand_alone(question, [(asked, answered)])
    assert any(map(str.isalnum, rewritten)) >= any(map(str.isalnum, question))
