import pytest

from rag.checks.actors import Known
from rag.checks.speakers import not_their_words
from rag.checks.statements import read_statement

ROE, AMES = "Minister Ann Roe was angry.", "Mayor Bob Ames was glad."


def not_theirs(sentence: str, said: str, *before: str) -> str | None:
    statements = [read_statement(text) for text in (said, *before)]
    words = [word for statement in statements for word in statement.words]
    names = {word.key for word in words if word.is_capital and word.start}
    return not_their_words(
        read_statement(sentence),
        statements[:1],
        statements[:0:-1],
        source={"ap"},
        known=Known({word.key for word in words}, names),
    )


@pytest.mark.parametrize(
    ("sentence", "said", "before"),
    [
        pytest.param("Roe said that rain fell.", "Rain fell, said Ann Roe.", ROE, id="behind"),
        pytest.param(
            "According to Roe, rain fell.", "Ann Roe said that rain fell.", ROE, id="according"
        ),
        pytest.param("Rain fell, said Roe.", "According to Ann Roe, rain fell.", ROE, id="closing"),
        pytest.param("Roe said that rain fell.", "She added that rain fell.", ROE, id="she"),
        pytest.param("AP wrote that rain fell.", "Rain fell.", ROE, id="publisher"),
        pytest.param("He said that rain fell.", "Bob Ames said that rain fell.", ROE, id="he"),
        pytest.param(
            "Rain fell, an expert said.", "Rain fell, said Ann Roe.", ROE, id="nobody-known"
        ),
        pytest.param(
            "China said that rain fell.", "Beijing said that rain fell.", ROE, id="capital"
        ),
        pytest.param("Rain fell.", "Rain fell, said Ann Roe.", ROE, id="without-a-speaker"),
    ],
)
def test_who_said_it_may_be_told_in_other_words(sentence: str, said: str, before: str) -> None:
    assert not_theirs(sentence, said, before) is None


@pytest.mark.parametrize(
    ("sentence", "said", "before"),
    [
        pytest.param("Ames said that rain fell.", "Rain fell, said Ann Roe.", AMES, id="behind"),
        pytest.param("According to Ames, rain fell.", "Ann Roe said that rain fell.", AMES),
        pytest.param("Rain fell, said Ames.", "She said that rain fell.", ROE, id="she"),
        pytest.param(
            "According to the Chinese account, rain fell.",
            "The American account added that rain fell.",
            "The Chinese account was long.",
            id="another-account",
        ),
        pytest.param(
            "The union said that stocks would last.",
            "Wholesalers said that stocks would last.",
            "The union was angry.",
            id="no-names",
        ),
    ],
)
def test_words_of_somebody_else_are_told(sentence: str, said: str, before: str) -> None:
    reason = not_theirs(sentence, said, before)
    assert reason is not None
    assert reason.startswith("no article has “")
    assert reason.endswith("” say it")
