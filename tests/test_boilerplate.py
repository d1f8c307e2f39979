import pytest

from rag.boilerplate import find_links, is_boilerplate


@pytest.mark.parametrize(
    "paragraph",
    [
        "Sign up for our newsletter and never miss a story.",
        "Sign up here for Tide, the Harbour Times' free weekly newsletter.",
        "Subscribe to our podcast wherever you listen.",
        "Subscribe now for unlimited access",
        "Subscribe to harbourtimes.com today.",
        "Get the best of the harbour delivered to your inbox every morning.",
        "Interested in fishing? Sign up for our fishing newsletter",
        "If you cannot start a day without the tide table, our morning letter is for you. "
        "Sign up here for the Tide newsletter.",
        "Do you have questions about the great issues of the islands? Harbour Explained, our new "
        "platform of curated content with maps and timelines, answers them.",
        "Support our journalism. Become a member today.",
        "Please support local journalism with a donation.",
        "Thank you for supporting our journalism.",
        "Download our app to read on the go.",
        "Follow us on Facebook and Instagram",
        "Follow Lena Voss on X: @lenavoss",
        "Lena Voss covers ferries for the Harbour Times. Reach her at voss@harbour.example.",
        "This article is only available to subscribers.",
        "Already a subscriber? Log in",
        "Would you like to receive the Tide newsletter?",
        "We may recommend products. If you buy through our links, we may earn a commission.",
        "Your details are stored. You agree to this use of them as set out in our Privacy Policy.",
    ],
)
def test_promotion_is_boilerplate(paragraph: str) -> None:
    assert is_boilerplate(paragraph)


@pytest.mark.parametrize(
    "paragraph",
    [
        "Read more: Why the bridge took nine years",
        "READ MORE",
        "Read more here.",
        "RELATED: Nine years of a bridge, in pictures",
        "Related stories:",
        "Also read: The ferry that nobody wanted",
        "More:The ferry that nobody wanted",
        "More from Lena Voss: The ferry that nobody wanted",
        "You may also like",
        "Click here for the timetable.",
        "(Story continues below)",
        "Article continues after advertisement",
    ],
)
def test_link_to_another_page_is_boilerplate(paragraph: str) -> None:
    assert is_boilerplate(paragraph)


@pytest.mark.parametrize(
    "paragraph",
    [
        "Photo: Harbour Times",
        "Photo by Lena Voss",
        "Image source, Getty Images",
        "Image caption, The ferry at the pier",
        "Getty Images",
        "Credit: Lena Voss/Harbour Times",
        "The ferry at the pier on Monday. Photo: Xinhua",
        "The ferry at the pier. Photo: Xinhua alt=The ferry at the pier. Photo: Xinhua>",
        "alt=The ferry at the pier",
        "FILE - The ferry Anna lies at the pier in March. It was sold in May.",
        "File photo of the ferry Anna",
        "The ferry Anna lies at the pier, Monday, May 1, 2023. (AP Photo/Lena Voss)",
        "The ferry Anna lies at the pier on Monday. Lena Voss/AFP/Getty Images",
        "The ferry Anna lies at the pier (Image credit: Lena Voss / Alamy)",
        "The harbour on Monday. (Photo by Lena Voss/Island Pictures via Getty Images)",
        "Photos: The ferry in pictures The Anna in 1999. Hide Caption 1 of 2",
        "The Anna in May. Lena Voss/AP Its captain. Ali Khan/Reuters Its cook. Lena Voss/AP",
        "Ferry rescued by tug 01:12 - Source: CNN",
    ],
)
def test_caption_or_credit_is_boilerplate(paragraph: str) -> None:
    assert is_boilerplate(paragraph)


@pytest.mark.parametrize(
    "paragraph",
    [
        "Home » Ferries sail again after the storm",
        " date 2023-05-02 Home » Ferries sail again after the storm",
        "Skip to main content",
        "Share",
        "Facebook Twitter Email Print",
        "Share this story on Facebook",
        "We use cookies to improve your experience.",
        "By continuing to browse you accept our use of cookies.",
        "12 comments",
        "Leave a comment",
        "Join the conversation",
        "© 2023 Harbour Times",
        "Copyright 2023 Harbour Times. All rights reserved.",
        "All rights reserved.",
        "This material may not be published, broadcast or rewritten.",
        "Advertisement",
        "ADVERTISEMENT",
        "Sponsored content",
    ],
)
def test_site_furniture_is_boilerplate(paragraph: str) -> None:
    assert is_boilerplate(paragraph)


@pytest.mark.parametrize(
    "paragraph",
    [
        "The paper asked readers to subscribe to its newsletter, and nine thousand did.",
        "Subscribers to the cheaper plan will pay three dollars more from May.",
        "Subscribe, they were told, or lose the service.",
        "Sign up online or at the town hall by May 4, the ferry operator said.",
        "Sign up for the county's flood alerts, the mayor urged.",
        "“Sign up for the newsletter,” the banner read, and she did.",
        "The strike is over, both sides said. Passengers can sign up for refunds.",
        "The captain got the news in his inbox, he said.",
        "Get to the pier an hour early, the operator advised.",
        "Already a member of the harbour trust, she was elected its chair.",
        "Support for local journalism has fallen, a survey of nine towns found.",
        "Thank you for reading the letter aloud, the judge told her.",
        "Follow the coast road until the bridge, then turn north.",
        "Follow the operator on Instagram, comment on its post and you may win a ticket.",
        "Join us on Saturday, the mayor told the crowd.",
        "Download the agency's app to get warnings, officials said.",
    ],
)
def test_paragraph_that_only_mentions_promotion_stays(paragraph: str) -> None:
    assert not is_boilerplate(paragraph)


@pytest.mark.parametrize(
    "paragraph",
    [
        "Read more than one paper, he advised his students.",
        "More than 300 passengers slept in the terminal.",
        "More on the helpline is at https://help.example.",
        "Up next: the ferry Anna sails north on Monday.",
        "Related industries lost 4,000 jobs: shipping, repair and trade.",
        "Click chemistry won the prize this year.",
        "The story continues below the surface, where divers found a second wreck last week.",
        "Home sales fell in May; homes » inland fared better.",
        "» 14 Ocean Drive, $385,000, sold to the harbour trust",
    ],
)
def test_paragraph_that_only_resembles_a_link_stays(paragraph: str) -> None:
    assert not is_boilerplate(paragraph)


@pytest.mark.parametrize(
    "paragraph",
    [
        "The photo showed the ferry at the pier a day before the storm, the court heard.",
        "Photo editors, he said, were asked to look for the missing picture.",
        "Photographer Lena Voss, who was on board, said nobody panicked.",
        "Two photos of the ferry were taken by Reuters.",
        "Getty Images sued the company in May over 12 million pictures.",
        "The agency reported the deal, citing a source: Reuters had it an hour later.",
        "An ABC/AP poll found that most islanders want the bridge.",
        "Contributing: Reuters",
        "The file was on his desk. File it, she said.",
        "Image is everything in this trade, the broker said.",
        "Credit: the bank will lend up to 4 million. Repayment starts in May.",
        "Copyright law allows it, the judge ruled.",
        "The film, he added, has all rights reserved “until 2050”.",
        "We use cookbooks from nine islands, the cook said.",
        "Comments by the minister angered the crew.",
        "Share prices fell by 4 % on Monday.",
        "Advertisement spending rose by a third.",
    ],
)
def test_paragraph_that_only_mentions_pictures_or_rights_stays(paragraph: str) -> None:
    assert not is_boilerplate(paragraph)


def test_article_in_one_line_survives_the_credit_at_its_end() -> None:
    article = "The ferry sailed again on Monday, and every crossing was full. " * 40

    assert not is_boilerplate(f"{article}Lena Voss/AFP/Getty Images")


@pytest.mark.parametrize(
    "paragraph",
    [
        "Subscribe to the Coral Gazette",
        "Follow The Coral Gazette on all channels.",
        "Get the Coral Gazette app for the tides, wherever you sail.",
        "Join us! Become a member of the Coral Gazette for 3 euros a month.",
        "Fond of pearls? Readers of the Coral Gazette save 10 percent on tickets for the fair.",
        "Order your copy of the Coral Gazette magazine today!",
        "Book now: our readers' voyage to the atolls, from 499 euros, with the Coral Gazette.",
        "Win a canoe! Take part in our reef quiz and tell us the name of the oldest ferry.",
        "Curious about corals? Find your way with Reef Explained, our series of videos.",
        "One mail a week: sign up for Lagoon Post, our newsletter, and read it on Sundays.",
        "**Do you enjoy our reporting? Support the Coral Gazette and read it without limits.**",
        "> Try the Coral Gazette for free: the first month costs you nothing.",
        "Advertisement: The Reef Hotel, now from 80 euros.",
    ],
)
def test_promotion_of_the_publisher_is_boilerplate(paragraph: str) -> None:
    assert is_boilerplate(paragraph, "The Coral Gazette")


@pytest.mark.parametrize(
    ("paragraph", "publisher"),
    [
        ("Get the Coral Gazette app for the tides, wherever you sail.", "coral-gazette.example"),
        ("Get the Coral Gazette app for the tides, wherever you sail.", "www.coralgazette.co.uk"),
        ("Try the BBC app, free for your phone.", "bbc.co.uk"),
        ("Follow Voice of the Isles on all channels.", "Voice of the Isles"),
    ],
)
def test_publisher_is_known_however_it_is_stated(paragraph: str, publisher: str) -> None:
    assert is_boilerplate(paragraph, publisher)


@pytest.mark.parametrize(
    "paragraph",
    [
        "“Get our app, it is free for you,” said the Coral Gazette's editor.",
        "Subscribers of the Coral Gazette were told that they had to pay 3 euros more a month.",
        "Readers of the Coral Gazette have chosen the ferry Anna as their ship of the year.",
        "The Coral Gazette gave away tickets to its readers, and 400 came.",
        "Get your free tickets at the pier; you can order them in the harbour's app, too.",
        "Download the city's app, enter your address and choose the alerts that you want.",
        "Try this at home: mix the flour with 20 % less water, and save your dough overnight.",
        "Take your rubbish with you! The reef is home to us all.",
        "How to watch: stream the regatta for free, or buy a ticket for $5 a month.",
        "Follow these five tips and your coral garden will thrive. Start with clean water.",
        "Book your crossing early: prices rise by 30 percent in summer.",
        "Join a club if you want to row; members pay 5 euros a month.",
        "Never miss your chance to vote. You can register until May 4 at our town halls.",
        "Save for the storm in May, our coverage area has seen a calm year, the operator finds.",
        "Win or lose, you play for your island. We all do.",
        "Do you remember the ferry Anna? She was sold, and our readers asked why.",
    ],
)
def test_advice_and_news_about_the_publisher_stay(paragraph: str) -> None:
    assert not is_boilerplate(paragraph, "The Coral Gazette")


def test_name_of_the_publisher_in_small_letters_is_no_name() -> None:
    assert not is_boilerplate(
        "Get ready for the week! You can start with free tickets.", "The Week"
    )


@pytest.mark.parametrize(
    "paragraph",
    [
        "![The ferry at the pier](ferry.jpg)",
        "![](a.png) ![The crew](b.png)",
        "[![The ferry](ferry.jpg)](https://coral.example/ferry)",
        "*The ferry at the pier on Monday. Photo: Coral Gazette archive*",
        "The ferry lies at the pier, unlit alt=The ferry lies at the pier, unlit",
        "[Photo: Lena Voss]",
        "📷 Lena Voss",
    ],
)
def test_picture_or_caption_in_another_form_is_boilerplate(paragraph: str) -> None:
    assert is_boilerplate(paragraph)


@pytest.mark.parametrize(
    "paragraph",
    [
        "![The ferry](ferry.jpg) It sailed again on Monday, full to the last seat.",
        "A page should say alt=harbour for those who cannot see the harbour.",
        "He wrote ![] in the margin of the log.",
        "📷 @pier_nine shows what the harbour sees each morning",
    ],
)
def test_paragraph_with_more_than_a_picture_stays(paragraph: str) -> None:
    assert not is_boilerplate(paragraph)


SENTENCE = "The ferry sailed again on Monday."


@pytest.mark.parametrize(
    ("paragraphs", "found"),
    [
        pytest.param(
            [SENTENCE, "Related", "", "Who pays for the pier?", "", "Ten ferries to try", SENTENCE],
            {1, 3, 5},
            id="titles",
        ),
        pytest.param(
            ["**More from the Coral Gazette:**", "- [Ferries of the far north](https://c.example)"],
            {0, 1},
            id="markdown",
        ),
        pytest.param(["Latest harbour news", "Pier to open in May"], {0, 1}, id="latest"),
        pytest.param(
            [SENTENCE, "[Ferries of the far north](https://c.example)", ""], {1}, id="at-the-end"
        ),
        pytest.param(["Related articles", SENTENCE, "Ferries of the far north"], set(), id="prose"),
        pytest.param(["Most read", "What is next", SENTENCE], set(), id="subheading"),
        pytest.param([SENTENCE, "Anna sails at nine", "Tom sails at ten"], set(), id="facts"),
        pytest.param(
            ["[Ferries of the far north](https://c.example)", SENTENCE],
            set(),
            id="link-before-text",
        ),
    ],
)
def test_list_of_links_is_found(paragraphs: list[str], found: set[int]) -> None:
    assert find_links(paragraphs) == found
