from datetime import date

import pytest

from rag.sentences import split_sentences
from rag.types import Article, Quote
from rag.verification import Support, find_support, without_markers

TEXT = (
    "Antony Blinken cancelled his trip to China in February because of a balloon. "
    "Two people died in Šibenik and 1,200 lost their homes. "
    "Authorities closed three roads near the Straße der Einheit. "
    "The damage was put at $5 million. "
    "Officials of the ministry are still counting."
)
ARTICLE = Article("1", "Storm and trip", TEXT, publisher="AP", published=date(2023, 2, 4))
OTHER = Article("2", "Vote", "The balloon was shot down by a missile over the sea.")


def quotes_of(article: Article) -> list[Quote]:
    spans = split_sentences(article.text)
    return [Quote(article, span.start, span.end) for span in spans]


QUOTES = [*quotes_of(ARTICLE), *quotes_of(OTHER)]
TRIP, DEAD, ROADS, DAMAGE, COUNTING, MISSILE = QUOTES


@pytest.mark.parametrize(
    ("sentence", "quotes"),
    [
        pytest.param(TRIP.text, (TRIP,), id="word-for-word"),
        pytest.param("He cancelled the trip because of a balloon.", (TRIP,), id="paraphrase"),
        pytest.param("China’s trip was cancelled by Blinken.", (TRIP,), id="possessive"),
        pytest.param("AP wrote that Blinken cancelled his trip.", (TRIP,), id="publisher"),
        pytest.param("1200 people lost their homes.", (DEAD,), id="thousands-without-comma"),
        pytest.param("2 people died in Šibenik.", (DEAD,), id="figure-for-word"),
        pytest.param("Authorities closed 3 roads.", (ROADS,), id="word-for-figure"),
        pytest.param("Roads near the STRASSE der Einheit were closed.", (ROADS,), id="sharp-s"),
        pytest.param("The damage was five million.", (DAMAGE,), id="spelled-amount"),
        pytest.param("However, officials are still counting.", (COUNTING,), id="opening-adverb"),
        pytest.param(
            "Two people died in Šibenik and authorities closed three roads.",
            (ROADS, DEAD),
            id="two-sentences-of-one-article",
        ),
    ],
)
def test_what_an_article_says_is_supported_by_its_sentence(
    sentence: str, quotes: tuple[Quote, ...]
) -> None:
    support = find_support(sentence, QUOTES)
    assert set(support.quotes) == set(quotes)
    assert support.reason is None


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        pytest.param("Biden cancelled the trip.", "no article names Biden with it", id="subject"),
        pytest.param(
            "Blinken cancelled his trip to Japan.", "no article names Japan with it", id="name"
        ),
        pytest.param(
            "Two people died in Žadar.", "no article names Žadar with it", id="name-beyond-ascii"
        ),
        pytest.param("1,300 people lost their homes.", "no article says 1,300 of it", id="figure"),
        pytest.param(
            "Three people died in Šibenik.", "no article says Three of it", id="number-of-another"
        ),
        pytest.param(
            "The damage was put at $5 billion.", "no article says 5 billion of it", id="amount"
        ),
        pytest.param(
            "Authorities closed the third road.", "no article says third of it", id="ordinal"
        ),
        pytest.param(
            "The storm flooded cellars in the old town.",
            "too little of it stands in an article",
            id="other-words",
        ),
        pytest.param("", "it says nothing that an article could prove", id="empty"),
        pytest.param(
            "It is what they said.", "it says nothing that an article could prove", id="all-asked"
        ),
        pytest.param(
            "Why did Blinken cancel his trip?", "it asks instead of answering", id="question"
        ),
        pytest.param(
            "The closed roads are:", "it announces what it does not say", id="announcement"
        ),
        pytest.param("4.", "it says nothing that an article could prove", id="bare-number"),
        pytest.param("😀 … !", "it says nothing that an article could prove", id="no-word"),
        pytest.param(
            "The articles do not say.", "it says nothing that an article could prove", id="decline"
        ),
        pytest.param(
            "A missile shot the balloon down over Šibenik.",
            "no article names Šibenik with it",
            id="put-together-from-two-articles",
        ),
    ],
)
def test_what_no_article_says_is_unsupported_with_the_reason(sentence: str, reason: str) -> None:
    support = find_support(sentence, QUOTES)
    assert support.quotes == ()
    assert support.reason == reason


def test_without_quotes_nothing_is_supported() -> None:
    assert find_support("Blinken cancelled his trip.", []).reason == "no article was found"


def test_every_sentence_of_an_article_supports_itself() -> None:
    assert [find_support(quote.text, QUOTES).quotes[0] for quote in QUOTES] == QUOTES


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("He went [1].", "He went."),
        ("He went [1][2].", "He went."),
        ("He went [1, 2].", "He went."),
        ("He went [1-3] and [2;4] came [1–2].", "He went and came."),
        ("[1] He went.", " He went."),
        ("[1]", ""),
        ("He [sic] went [a] to [] the [1 place.", "He [sic] went [a] to [] the [1 place."),
    ],
)
def test_markers_that_a_model_wrote_are_taken_out(text: str, plain: str) -> None:
    assert without_markers(text) == plain


def test_a_headline_lends_its_words_only_to_a_quote_that_has_most_of_them_itself() -> None:
    title = "Blinken to visit Beijing on June 18 and 19"
    text = "Kritenbrink told reporters that the talks were useful. Blinken will visit on Sunday."
    article = Article("1", title, text, published=date(2023, 6, 14))
    unrelated, related = Quote(article, 0, 54), Quote(article, 55, 84)
    assert find_support("Blinken will visit Beijing on June 18 and 19.", [unrelated]).reason == (
        "no article says June 18 and 19 of it"
    )
    assert find_support("Blinken will visit Beijing.", [unrelated]).reason == (
        "no article names Blinken with it"
    )
    assert find_support("Blinken will visit Beijing on Sunday.", [related]).quotes == (related,)


def test_a_name_is_not_taken_from_a_second_article_about_the_same() -> None:
    june = Article("1", "Visit set", "A spy balloon made Blinken cancel his journey to Beijing.")
    spring = Article("2", "Journey off", "In February Blinken put off his journey to Beijing.")
    first, second = Quote(june, 0, len(june.text)), Quote(spring, 0, len(spring.text))
    sentence = "Blinken had to cancel his February journey to Beijing because of a spy balloon."
    assert find_support(sentence, [first]).quotes == ()
    assert find_support(sentence, [first, second]).quotes == ()


def test_who_did_what_is_not_put_together_from_two_articles() -> None:
    off = Article("1", "Trip off", "Blinken cancelled his trip because of the balloon.")
    shot = Article("2", "Balloon down", "A missile shot the balloon down on Saturday.")
    quotes = [Quote(off, 0, len(off.text)), Quote(shot, 0, len(shot.text))]
    assert find_support("Blinken shot down the balloon.", quotes).quotes == ()


def test_a_headline_does_not_say_what_happened() -> None:
    title = "CIA director went to China in May without announcement"
    text = "The trip was first reported by the Financial Times. The balloon came in February."
    article = Article("1", title, text, published=date(2023, 6, 3))
    quotes = [Quote(article, 0, 51), Quote(article, 52, len(text))]
    sentence = "The February trip was announced by the Financial Times."
    assert find_support(sentence, quotes).reason == "no article says February of it"


def test_a_headline_does_not_lend_whom_it_happened_to() -> None:
    title = "Indonesia praises the bid of Brazil"
    text = "Japan said that the bid to host the cup was strong."
    article = Article("1", title, text)
    sentence = "Indonesia will host the cup with a strong bid."
    assert find_support(sentence, [Quote(article, 0, len(text))]).quotes == ()


@pytest.mark.parametrize(
    "sentence",
    ["Roe will succeed Roe.", "The ship was the ship.", "Ann Roe has beaten Roe at the opera."],
)
def test_what_goes_in_a_circle_is_not_proved(sentence: str) -> None:
    article = Article("1", "", f"{sentence} Ann Roe, the ship's captain, succeeds Bob Ames.")
    quote = Quote(article, 0, len(article.text))
    assert find_support(sentence, [quote]).reason == "it goes in a circle"


@pytest.mark.parametrize("said", ["Did Blinken cancel his trip to China?", "WASHINGTON (AP) —"])
def test_a_question_or_a_dateline_proves_nothing(said: str) -> None:
    quote = Quote(Article("1", "", said), 0, len(said))
    assert find_support("Blinken did cancel his trip to China.", [quote]).quotes == ()


def test_an_answer_may_take_up_the_words_of_the_question() -> None:
    text = "As cases of dune fever rise, the health board is looking again at its warning."
    quote = Quote(Article("1", "", text), 0, len(text))
    sentence = "Dune fever makes the health board look again at whether to change its warning."
    question = "Which illness makes the health board look again at whether to change its warning?"
    assert find_support(sentence, [quote], question).quotes == (quote,)
    assert find_support(sentence, [quote]).quotes == ()


def test_a_date_that_answers_must_be_that_of_what_is_asked() -> None:
    text = "The museum will be closed to visitors from October 9 until the end of April."
    quote = Quote(Article("1", "", text, published=date(2023, 9, 5)), 0, len(text))
    question = "When will the museum welcome visitors?"
    assert find_support("The museum will welcome visitors on October 9.", [quote], question) == (
        Support((), "too little of it stands in an article")
    )


def test_this_week_is_that_of_the_question() -> None:
    question, sentence = "Who cancelled a trip this week?", "Blinken cancelled a trip this week."
    of_february = date(2023, 2, 7)
    text = "Blinken cancelled a trip to China."
    quote = Quote(Article("1", "", text, published=date(2023, 2, 4)), 0, len(text))
    assert find_support(sentence, [quote], question, today=of_february).quotes == (quote,)
    assert find_support(sentence, [quote], question, today=date(2023, 6, 1)).quotes == ()


def test_a_name_that_the_question_gave_may_stand_in_another_sentence_of_the_article() -> None:
    text = (
        "Thieves broke into the Maritime Museum of Saltmere. "
        "The director of the museum is Tomas Arvidsen."
    )
    article = Article("1", "", text)
    theft, director = Quote(article, 0, 51), Quote(article, 52, len(text))
    sentence = "The museum's director is Tomas Arvidsen."
    question = "Who is the director of the Maritime Museum of Saltmere?"
    assert find_support(sentence, [theft, director], question).quotes == (director,)
