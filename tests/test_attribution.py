import pytest

from rag.attribution import find_attribution

KNOWN = [
    *("AP", "usatoday.com", "theweek.co.uk", "The Guardian", "BBC News", "Harrow Gazette"),
    *("The Independent - Sports", "Cnbc | World Business News Leader"),
]


@pytest.mark.parametrize(
    ("question", "publishers"),
    [
        pytest.param("According to AP, how many ships wait?", ["AP"], id="according-to"),
        pytest.param("What happened according to the Associated Press?", ["AP"], id="long-form"),
        pytest.param("What did the Guardian report on it?", ["The Guardian"], id="report"),
        pytest.param("What does USA Today say about eggs?", ["usatoday.com"], id="domain"),
        pytest.param("What did The Week write on Truss?", ["theweek.co.uk"], id="domain-with-the"),
        pytest.param(
            "In the Harrow Gazette's report, who resigned?", ["Harrow Gazette"], id="its-report"
        ),
        pytest.param("Does the 'BBC News' article name him?", ["BBC News"], id="quoted"),
        pytest.param(
            "Who was fined, as reported by The Guardian and CNBC?",
            ["The Guardian", "Cnbc | World Business News Leader"],
            id="two-behind",
        ),
        pytest.param(
            "What did BBC News and AP report on the flood?", ["BBC News", "AP"], id="two-before"
        ),
        pytest.param(
            "What do articles from The Independent say?", ["The Independent - Sports"], id="section"
        ),
        pytest.param("Why did The Guardian fire its editor?", [], id="about-it"),
        pytest.param("Who owns AP?", [], id="owned"),
        pytest.param("What did the guardian of the child say?", [], id="no-name"),
        pytest.param("What happened last week in the news?", [], id="no-publisher"),
        pytest.param("According to Blinken, what happened?", [], id="a-person"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_whose_articles_are_asked_for(question: str, publishers: list[str]) -> None:
    found = find_attribution(question, KNOWN)
    assert list(found.publishers) == publishers
    assert found.unknown == ()


def test_a_publisher_that_the_archive_has_nothing_of_is_told() -> None:
    found = find_attribution("According to Reuters and AP, who won?", KNOWN)
    assert (found.publishers, found.unknown) == (("AP",), ("Reuters",))
