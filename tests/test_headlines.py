import pytest

from rag.headlines import read_head

PROSE = "The ferry between the two islands sailed again on Tuesday, its operator said."


def head_of(text: str, title: str | None = None) -> tuple[str | None, list[str]]:
    """Return the title, and the lines that are left."""
    lines = text.split("\n")
    head = read_head(lines, title)
    return head.title, [line for n, line in enumerate(lines) if line and n not in head.numbers]


def test_first_line_above_a_gap_is_the_headline() -> None:
    assert head_of(f"Ferries sail again\n\n{PROSE}") == ("Ferries sail again", [PROSE])


def test_first_line_above_a_byline_is_the_headline() -> None:
    assert head_of(f"Ferries sail again\nBy Jane Doe\n{PROSE}") == ("Ferries sail again", [PROSE])


def test_marked_heading_is_the_headline_even_without_a_gap() -> None:
    assert head_of(f"# Ferries sail again. #\n{PROSE}") == ("Ferries sail again.", [PROSE])


def test_question_may_be_a_headline() -> None:
    assert head_of(f"Will ferries sail again?\n\n{PROSE}")[0] == "Will ferries sail again?"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"{PROSE}\n\n{PROSE}", id="sentence"),
        pytest.param(f"The ferry between\nthe islands sailed.\n\n{PROSE}", id="broken-line"),
        pytest.param(f"{'Ferries sail again ' * 20}\n\n{PROSE}", id="too-long"),
        pytest.param("PORT VILA (AP) — Ferries sail again\n\nOn Tuesday.", id="dateline"),
        pytest.param(f"Ferries\n\n{PROSE}", id="one-word"),
    ],
)
def test_text_without_headline_keeps_all_its_lines(text: str) -> None:
    assert head_of(text) == (None, [line for line in text.split("\n") if line])


def test_headline_is_found_below_site_furniture() -> None:
    text = f"Skip to content\n\nWorld › Islands › Ferries\n\nFerries sail again\n\n{PROSE}"

    assert head_of(text) == ("Ferries sail again", ["Skip to content", PROSE])


def test_site_header_gives_headline_and_date() -> None:
    lines = [" date 2023-05-02 Home » World » Ferries sail again", PROSE]

    head = read_head(lines, None)

    assert (head.title, head.published, head.numbers) == ("Ferries sail again", "2023-05-02", {0})


@pytest.mark.parametrize(
    "title",
    [
        pytest.param("Ferries sail again", id="same"),
        pytest.param("FERRIES  SAIL AGAIN!", id="other-signs"),
        pytest.param("Ferries sail again | Harbour Times", id="with-site"),
        pytest.param("Ferries sail ...", id="cut-off"),
    ],
)
def test_stated_title_is_not_repeated_in_the_text(title: str) -> None:
    assert head_of(f"Ferries sail again\n{PROSE}", title) == (title, [PROSE])


def test_other_first_line_stays_where_the_title_is_stated() -> None:
    text = f"A good day for the islands\n\n{PROSE}"

    assert head_of(text, "Ferries sail again")[1] == ["A good day for the islands", PROSE]


def test_byline_and_dates_are_taken_out_of_the_text() -> None:
    lines = [
        "Ferries sail again",
        "",
        "By Jane Doe, Associated Press",
        "Published May 2, 2023",
        "Updated 8:30 AM, May 3, 2023",
        PROSE,
    ]

    head = read_head(lines, None)

    assert (head.author, head.agency, head.published, head.changed) == (
        "Jane Doe",
        "AP",
        "May 2, 2023",
        "May 3, 2023",
    )
    assert head.numbers == {0, 2, 3, 4}


def test_byline_with_a_date_gives_both() -> None:
    head = read_head(["By Jane Doe | May 2, 2023", PROSE], "Ferries")

    assert (head.author, head.published) == ("Jane Doe", "May 2, 2023")


def test_byline_may_follow_a_standfirst() -> None:
    text = (
        f"Ferries sail again\n\nThe storm is over.\n\nBy Jane Doe\nPublished 2 May 2023\n\n{PROSE}"
    )

    head = read_head(text.split("\n"), None)

    assert (head.author, head.published) == ("Jane Doe", "2 May 2023")


def test_date_between_paragraphs_is_a_heading_of_the_text() -> None:
    text = f"{PROSE}\n\nMay 2, 2023\n\n{PROSE}"

    assert head_of(text, "Chronicle of a storm")[1] == [PROSE, "May 2, 2023", PROSE]


def test_lines_far_down_are_never_taken_out() -> None:
    text = "\n\n".join([PROSE] * 9 + ["By Jane Doe", "Published May 2, 2023"])

    assert head_of(text, "Ferries")[1][-2:] == ["By Jane Doe", "Published May 2, 2023"]


def test_dateline_of_an_unknown_publisher_is_found() -> None:
    head = read_head(["LUGANVILLE (Coral Gazette) — Ferries sailed.", PROSE], "Ferries")

    assert head.dateline is not None
    assert head.dateline.publisher == "Coral Gazette"


def test_list_that_opens_its_lines_like_datelines_has_none() -> None:
    lines = ["ANNA REEF (Coral United) — Kept calm.", "TOM SHOAL (Lagoon City) — Fell twice."]

    assert read_head(lines, "Players rated").dateline is None
