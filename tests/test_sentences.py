import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.sentences import split_sentences


def sentences(text: str) -> list[str]:
    return [text[span.start : span.end] for span in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("One. Two.", ["One.", "Two."], id="two"),
        pytest.param(
            "Dr. Lee met Sen. Ford at 5 p.m. in Washington, D.C. on Jan. 5. He left.",
            ["Dr. Lee met Sen. Ford at 5 p.m. in Washington, D.C. on Jan. 5.", "He left."],
            id="abbreviations",
        ),
        pytest.param(
            "“We will go.” Mr. Qin agreed.", ["“We will go.”", "Mr. Qin agreed."], id="quotation"
        ),
        pytest.param(
            "It cost $3.5 million. Fine.", ["It cost $3.5 million.", "Fine."], id="decimal"
        ),
        pytest.param("A headline\n\nA sentence.", ["A headline", "A sentence."], id="empty-line"),
        pytest.param(
            "• First\n\n• Second\n\nThe end.", ["• First", "• Second", "The end."], id="list"
        ),
        pytest.param("One.\x85 Two.", ["One.", "Two."], id="space-of-two-bytes"),
        pytest.param("  \n ", [], id="nothing"),
    ],
)
def test_sentences_are_found(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@given(st.text() | st.text(alphabet="aA .!?\n\"'“”()…。1-•\t\x85\u2028\u3000😀US"))
def test_everything_but_white_space_is_in_one_sentence(text: str) -> None:
    end = 0
    for span in split_sentences(text):
        assert not text[end : span.start].strip()
        assert text[span.start : span.end] == text[span.start : span.end].strip() != ""
        end = span.end
    assert not text[end:].strip()
