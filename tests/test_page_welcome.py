from pathlib import Path

from rag.page.welcome import EXAMPLES, read_examples, render_welcome
from tests.fakes import make_archive

ARTICLES = Path(__file__).parents[1] / "articles"


def test_an_empty_archive_says_how_to_add() -> None:
    html = render_welcome([])
    assert "There are no articles yet" in html
    assert "<code>newsdesk add FOLDER</code>" in html


def test_examples_are_buttons_that_ask() -> None:
    html = render_welcome(['Why "so"?'])
    button = '<button type="button" data-act="ask" data-question="Why &quot;so&quot;?">'
    assert f"{button}Why &quot;so&quot;?</button>" in html


def test_every_example_is_answered_by_the_sample_articles(tmp_path: Path) -> None:
    archive = make_archive(tmp_path / "archive")
    archive.add(ARTICLES, embed=False)
    assert read_examples(archive) == [example.question for example in EXAMPLES]


def test_another_archive_offers_its_newest_headlines(tmp_path: Path) -> None:
    (tmp_path / "port.md").write_text("# Port strike\n\nDockers in Harrow walked out on Monday.")
    archive = make_archive(tmp_path / "archive")
    archive.add(tmp_path / "port.md")
    assert read_examples(archive) == ["What is reported under “Port strike”?"]


def test_an_empty_archive_offers_no_examples(tmp_path: Path) -> None:
    assert read_examples(make_archive(tmp_path / "archive")) == []
