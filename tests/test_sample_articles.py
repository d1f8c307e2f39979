"""The sample archive through the readers and the cleaning: every article, nothing but articles."""

from datetime import date
from pathlib import Path

import pytest

from rag.cleaning import clean
from rag.reading import read
from rag.types import Article, FailedSource

SAMPLES = Path(__file__).parent.parent / "articles"

EXPECTED = {
    "Biden and Xi talk for three hours in Bali on eve of G20 summit": (
        "Meridian Wire",
        date(2022, 11, 14),
        "That point was missing from the Chinese account.",
    ),
    "Electric ferry to link Saltmere and Brannock from April": (
        "Harbour Courier",
        date(2023, 1, 19),
        "regretted that there would still be no crossing after 10 p.m.",
    ),
    "Blinken puts off Beijing trip over Chinese balloon": (
        "Meridian Wire",
        date(2023, 2, 4),
        "They said it flew far above the height of passenger aircraft and was no danger to anyone "
        "below.",
    ),
    "US fighter jet downs Chinese balloon off South Carolina": (
        "The Strait Observer",
        date(2023, 2, 5),
        "said that China reserved the right to respond further.",
    ),
    "Meltwater flood drives 340 people from their homes in Orleby": (
        "Northgate Daily",
        date(2023, 3, 11),
        "was dropped in 2019 because the town could not pay for its share.",
    ),
    "Orleby flood: number of displaced residents rises to 512": (
        "Northgate Daily",
        date(2023, 3, 14),
        "She did not say whether the region would help to raise the dyke.",
    ),
    "Northgate cuts library budget by 12 percent": (
        "Northgate Daily",
        date(2023, 3, 29),
        "A motion by the Greens to raise the parking fees instead was rejected.",
    ),
    "Raimondo and Wang air trade complaints in Washington": (
        "Aldern Business Review",
        date(2023, 5, 26),
        "goods worth about 690 billion dollars crossed the Pacific in one direction or the other.",
    ),
    "Saltmere Rovers win first cup in 46 years": (
        "The Strait Observer",
        date(2023, 5, 28),
        "even though they finished only eleventh in the league.",
    ),
    "Children's hospital opens in Northgate two years late": (
        "Northgate Daily",
        date(2023, 6, 2),
        "insist that the house must serve the sick.",
    ),
    "CIA director went to China in May without announcement": (
        "Meridian Wire",
        date(2023, 6, 3),
        "Li has been under American sanctions since 2018 because of a purchase of Russian weapons.",
    ),
    "Senior US diplomat Kritenbrink holds talks in Beijing": (
        "Meridian Wire",
        date(2023, 6, 6),
        "From Beijing the American delegation travels on to New Zealand.",
    ),
    "Qin Gang presses Blinken on Taiwan in telephone call": (
        "The Strait Observer",
        date(2023, 6, 14),
        "He called on both sides to handle their differences properly and to steady the "
        "relationship.",
    ),
    "Blinken to visit Beijing on June 18 and 19, both sides confirm": (
        "Meridian Wire",
        date(2023, 6, 15),
        "The visit follows an agreement that Xi Jinping and Joe Biden reached in Bali last "
        "November.",
    ),
    "Why Taiwan stands at the centre of the Beijing talks": (
        "The Strait Observer",
        date(2023, 6, 16),
        "Tsai cannot run again after two terms.",
    ),
    "Seagrass meadow off Brannock is three times larger than thought": (
        "The Strait Observer",
        date(2023, 7, 12),
        "It was paid for by the national science foundation, which contributed 640,000 euros.",
    ),
    "Dockworkers at Port of Saltmere begin indefinite strike over night shifts": (
        "Meridian Wire",
        date(2023, 8, 14),
        "The last strike at Saltmere, in 2015, ended after four days.",
    ),
    "Saltmere port at a standstill as dockers strike over night shifts": (
        "Harbour Courier",
        date(2023, 8, 15),
        "The ferries to Brannock are not affected, because their crews belong to a different "
        "union.",
    ),
    "Saltmere port strike ends after nine days": (
        "Meridian Wire",
        date(2023, 8, 24),
        "Bananas had become scarce in many supermarkets.",
    ),
    "Repair of Weir Bridge will cost 4.2 million euros": (
        "Northgate Daily",
        date(2023, 9, 5),
        "two hours of free parking in the Tannery car park until the works are over.",
    ),
    "Weir Bridge to close for seven months as repair bill reaches 4.8 million": (
        "The Strait Observer",
        date(2023, 9, 6),
        "The builder, Brevik & Sons, has to pay a penalty of 9,000 euros for every day of delay.",
    ),
    "Thieves take Bronze Age gold from Saltmere museum": (
        "Harbour Courier",
        date(2023, 10, 17),
        "a reward of 25,000 euros has been offered by the Friends of the Museum.",
    ),
    "Recount confirms Dahlgren as mayor of Brannock": (
        "The Strait Observer",
        date(2023, 11, 22),
        "Her first decision will concern the harbour wall, which was damaged by a storm in "
        "October.",
    ),
    "Correction: Brannock recount": (
        "The Strait Observer",
        date(2023, 11, 24),
        "We have changed the article on our website and apologise to Ms Dahlgren, to Mr Crewe and "
        "to our readers.",
    ),
    "Corran University tests single-dose vaccine against tick fever": (
        "Meridian Wire",
        date(2024, 1, 16),
        "the remainder comes from the foundation of the Lorne family.",
    ),
    "Fire at Saltmere paint factory leaves 12 injured": (
        "Harbour Courier",
        date(2024, 2, 8),
        "production would stand still for at least three months and that all wages would be paid "
        "meanwhile.",
    ),
    "Fifteen hurt in blaze at shipyard paint maker in Saltmere": (
        "Northgate Daily",
        date(2024, 2, 8),
        "all 23 paint and varnish factories in the country would be inspected before the summer.",
    ),
    "Corran Symphony Orchestra chooses Lena Vasquez-Thorne as chief conductor": (
        "Northgate Daily",
        date(2024, 3, 7),
        "Last season it sold 93 percent of its tickets, more than ever before.",
    ),
}

PROMOTIONS = [
    "Sign up for",
    "our free newsletter",
    "Meridian Explained",
    "prize-winning correspondents",
    "Subscribe to",
    "read without limits",
    "Get the Meridian Wire app",
    "Get the week in Asia",
    "Get the Harbour Courier app",
    "Follow Meridian Wire",
    "Follow The Strait Observer",
    "become a member",
    "4 euros a month",
    "Never miss a story",
    "Northgate Daily Bookshop",
    "Halvard Motors",
    "80,000 readers",
    "Join 30,000 readers",
    "Harbour Courier Plus",
    "signed Rovers shirt",
    "June 9",
    "899 euros",
    "family magazine",
    "Summer Proms",
]
CAPTIONS = [
    "Photo:",
    "Credit:",
    "alt=",
    "Mike Pompeo",
    "polar research station",
    "pictured in Oslo",
    "ambassador to Washington until",
    "Ma Ying-jeou",
    "Tarnwick",
    "Yusuf Brandt",
    "Harald Moss",
    "Orle Viaduct",
    "12 million euros",
    "Ragnhild Tove",
    "Dunmore",
    "Hedda Quist",
    "Klaas",
    "Brannock Aquarium",
    "Aldous Finch",
    "centenary concert",
    "210 beds",
    "1936",
    "Gunnar Ashby",
    "July 2022",
]
NAVIGATION = [
    "Home »",
    "Read more",
    "Related articles",
    "More from the",
    "Read next",
    "Most read",
    "cookie",
    "All rights reserved",
    "Privacy policy",
    "Imprint",
    "How to remove a tick",
    "The ten longest strikes",
    "What we know about high-altitude balloons",
    "Who is who in China's foreign ministry",
    "Five things to know about the CIA",
    "Singapore prepares for its security conference",
    "How the balloon crossed a continent",
    "Is your smoke alarm working",
    "a guide for homeowners",
    ".example",
]


@pytest.fixture(scope="module")
def articles() -> dict[str, Article]:
    items = [item for item in read(str(SAMPLES)) if not isinstance(item, FailedSource)]
    return {article.title: article for article in map(clean, items)}


def test_every_sample_can_be_read() -> None:
    assert [item for item in read(str(SAMPLES)) if isinstance(item, FailedSource)] == []


def test_samples_are_exactly_the_articles_we_wrote(articles: dict[str, Article]) -> None:
    assert sorted(articles) == sorted(EXPECTED)


@pytest.mark.parametrize("title", EXPECTED)
def test_sample_has_its_publisher(articles: dict[str, Article], title: str) -> None:
    assert articles[title].publisher == EXPECTED[title][0]


@pytest.mark.parametrize("title", EXPECTED)
def test_sample_has_its_day_of_publication(articles: dict[str, Article], title: str) -> None:
    assert articles[title].published_on == EXPECTED[title][1]


@pytest.mark.parametrize("title", EXPECTED)
def test_sample_keeps_its_closing_words(articles: dict[str, Article], title: str) -> None:
    assert EXPECTED[title][2] in articles[title].text


@pytest.mark.parametrize("noise", [*PROMOTIONS, *CAPTIONS, *NAVIGATION])
def test_noise_is_in_no_sample(articles: dict[str, Article], noise: str) -> None:
    assert [title for title, article in articles.items() if noise in article.text] == []


@pytest.mark.parametrize("title", EXPECTED)
def test_sample_does_not_repeat_its_headline(articles: dict[str, Article], title: str) -> None:
    assert title not in articles[title].text
