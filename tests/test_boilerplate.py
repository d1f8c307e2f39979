import pytest

from rag.boilerplate import is_boilerplate


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
