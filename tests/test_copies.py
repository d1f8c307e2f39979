from datetime import UTC, date, datetime

import pytest

from rag.copies import are_copies, by_origin
from rag.types import Article
from tests.reprints import LIGHTLY_EDITED, OTHER_REPORT, STRIKE, UPDATE, WIRE, article


@pytest.mark.parametrize(
    ("text", "copied"),
    [
        pytest.param(STRIKE, True, id="the-same"),
        pytest.param(LIGHTLY_EDITED, True, id="lightly-edited"),
        pytest.param(STRIKE[STRIKE.index("All") :], True, id="first-sentence-cut"),
        pytest.param(STRIKE[: STRIKE.index("The union")], True, id="last-sentence-cut"),
        pytest.param(f"{STRIKE} {OTHER_REPORT}", True, id="with-own-reporting"),
        pytest.param(f"LONDON (Reuters) — {STRIKE}", True, id="an-agencys-line"),
        pytest.param(OTHER_REPORT, False, id="the-same-event-in-other-words"),
        pytest.param(UPDATE, False, id="a-later-report-with-the-same-background"),
        pytest.param(STRIKE[STRIKE.index("The union") :], False, id="only-one-sentence"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_a_copy_tells_nearly_all_of_the_other_in_its_words(text: str, copied: bool) -> None:
    assert are_copies(WIRE, article("other", text)) == copied
    assert are_copies(article("other", text), WIRE) == copied


@pytest.mark.parametrize(
    ("published", "copied"),
    [(date(2023, 8, 20), True), (date(2024, 8, 14), False), (None, True)],
    ids=["the-same-week", "a-year-later", "undated"],
)
def test_copies_are_printed_soon(published: date | None, copied: bool) -> None:
    assert are_copies(WIRE, article("other", published=published)) == copied


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(
            article("one"), article("two", published=date(2023, 8, 15)), id="the-earlier-day"
        ),
        pytest.param(
            article("one", published=datetime(2023, 8, 14, 8, tzinfo=UTC)),
            article("two", published=datetime(2023, 8, 14, 9, tzinfo=UTC)),
            id="the-earlier-hour",
        ),
        pytest.param(
            article("one", publisher="Meridian Wire"),
            article("two", publisher="Courier", author="Meridian Wire and our own staff"),
            id="named-as-the-source",
        ),
        pytest.param(
            article("one", publisher="Meridian Wire"),
            article("two", f"SALTMERE (Meridian Wire) — {STRIKE}", publisher="Courier"),
            id="named-in-the-dateline",
        ),
        pytest.param(
            article("one", publisher="Reuters"), article("two", publisher="Courier"), id="an-agency"
        ),
        pytest.param(article("one"), article("two", published=None), id="dated"),
    ],
)
def test_the_original_comes_first(one: Article, other: Article) -> None:
    assert by_origin([one, other]) == by_origin([other, one]) == [one, other]
