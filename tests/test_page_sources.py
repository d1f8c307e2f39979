from dataclasses import replace

from rag.page.conversation import Exchange, Fate
from rag.page.sources import EMPTY, render_sources
from tests.page_values import FERRY, HOSTILE, PORT, cite, make_answer, proved, quote

ASKED = Exchange(1, "What happened?")
PAY = cite(PORT, "They want more pay.")
FIRE = cite(FERRY, "The ferry stopped after a fire.", marker=2)


def test_an_empty_conversation_says_what_will_be_here() -> None:
    assert render_sources(()) == EMPTY


def test_while_the_search_goes_on_there_are_no_sources() -> None:
    html = render_sources((ASKED,))
    assert "Searching for <q>What happened?</q>" in html
    assert "<article" not in html


def test_evidence_is_marked_among_its_neighbours() -> None:
    html = render_sources((replace(ASKED, evidence=(quote(PORT, "They want more pay."),)),))
    assert "Found for <q>What happened?</q>" in html
    assert (
        '<p class="excerpt">Dockers in Harrow walked out on Monday. '
        '<mark data-act="open" data-article="port" data-exchange="1" data-start="40">'
        "They want more pay.</mark>"
        " The port handles 40 ships a week. …</p>"
    ) in html


def test_a_source_shows_title_publisher_date_and_link() -> None:
    html = render_sources((replace(ASKED, evidence=(quote(PORT, "They want more pay."),)),))
    assert (
        '<h3 class="headline"><a class="opens" href="#reader" data-act="open" data-article="port" '
        'data-exchange="1" data-start="40"><bdi>Port strike begins</bdi></a></h3>'
    ) in html
    assert (
        '<p class="facts">Harrow Gazette · <time datetime="2023-08-14">14 August 2023</time> · '
        '<a class="outside" href="https://www.harrow.example/port?a=1&amp;b=2" target="_blank" '
        'rel="noopener noreferrer nofollow">harrow.example ↗</a></p>'
    ) in html


def test_nothing_found_is_said() -> None:
    assert "Nothing found for" in render_sources((replace(ASKED, evidence=()),))


def test_cited_sources_come_by_their_number() -> None:
    answer = make_answer(proved("A fire.", FIRE), proved("They want pay.", PAY))
    html = render_sources((replace(ASKED, evidence=(), answer=answer),))
    first, second = html.split('<span class="marker">2</span>')
    assert '<span class="marker">1</span><a class="opens"' in first
    assert "They want more pay.</mark>" in first
    assert "The ferry stopped after a fire.</mark>" in second


def test_a_source_names_the_articles_that_print_the_same() -> None:
    reprint = replace(PORT, id="r", publisher="<b>The Week")
    copied = replace(PAY, also=(quote(reprint, "They want more pay."),))
    answer = make_answer(proved("They want pay.", copied))
    html = render_sources((replace(ASKED, evidence=(), answer=answer),))
    assert "</a> · also in &lt;b&gt;The Week, 14 August 2023</p>" in html


def test_what_is_not_cited_is_folded_away() -> None:
    evidence = (quote(FERRY, "Nobody was hurt."), quote(PORT, "The mayor is worried."))
    answer = make_answer(proved("They want pay.", PAY))
    html = render_sources((replace(ASKED, evidence=evidence, answer=answer),))
    cited, folded = html.split('<details class="others">')
    assert "Port strike begins" in cited
    assert folded.startswith("<summary>1 other article found</summary>")
    assert "Ferry line closed" in folded
    assert "The mayor is worried." not in html


def test_only_the_last_questions_sources_are_shown_at_first() -> None:
    html = render_sources((ASKED, replace(ASKED, number=2)))
    assert '<section class="sources" id="sources-1"' in html
    assert '<section class="sources shown" id="sources-2"' in html


def test_a_hostile_article_is_only_text() -> None:
    html = render_sources((replace(ASKED, evidence=(quote(HOSTILE, HOSTILE.text),)),))
    assert not [tag for tag in ("<script", "<img", "<svg") if tag in html]
    assert 'href="javascript' not in html
    assert "&lt;script&gt;alert(&quot;title&quot;)&lt;/script&gt;" in html


def test_what_became_of_an_article_since_a_kept_answer_is_told() -> None:
    found = replace(ASKED, evidence=(quote(PORT, "They want more pay."),))
    assert 'class="since"' not in render_sources((found,))
    html = render_sources((replace(found, outdated={"port": Fate.GONE}),))
    assert "This article is no longer in the archive; the words are shown as they were" in html
