from dataclasses import replace

import pytest

from rag.composing import Citer, quotation
from rag.page.answers import render_exchange, render_exchanges
from rag.page.conversation import Exchange
from rag.types import Article, Disagreement, Quote, Sentence
from tests.page_values import FERRY, HOSTILE, PORT, cite, make_answer, proved, quote

WALKED = proved("Dockers walked out.", cite(PORT, "Dockers in Harrow walked out on Monday."))
UNPROVED = Sentence("The king came.", False, reason="no article names king")
ASKED = Exchange(1, "What happened?")
PROOF = (
    '<span class="proof"><span class="tick" role="img" aria-label="Proved"></span>'
    '<button type="button" class="mark" id="mark-1-0-1" data-act="open" data-article="port" '
    'data-exchange="1" data-start="0" aria-label="Source 1" aria-describedby="tip-1-0-1">[1]'
    '</button><span class="tip" role="tooltip" popover="manual" id="tip-1-0-1">'
    "<span>“Dockers in Harrow walked out on Monday.” (Monday = 14 August 2023)</span>"
    '<span class="from">“Port strike begins” (Harrow Gazette, 14 August 2023)</span></span></span>'
)
OPEN_AT_PAY = 'href="#reader" data-act="open" data-article="port" data-exchange="1" data-start="40"'
TAGS_THAT_ACT = ("<script", "<img", "<svg", "<iframe", "<style", "<form", "<input")


def answered(*sentences: Sentence, text: str = "", model: str = "scripted") -> Exchange:
    return replace(ASKED, answer=make_answer(*sentences, text=text, model=model))


def test_a_question_is_shown_as_it_was_asked() -> None:
    assert '<h2 class="question">Is 1 &lt; 2?</h2>' in render_exchange(Exchange(1, "Is 1 < 2?"))


def test_the_search_is_announced() -> None:
    assert "Searching the articles…" in render_exchange(ASKED)


def test_what_a_follow_up_was_searched_as_is_told() -> None:
    html = render_exchange(replace(ASKED, searched="What happened in <Harrow>?"))
    assert '<p class="searched">Searched for <q>What happened in &lt;Harrow&gt;?</q></p>' in html


def test_a_question_that_stands_alone_is_not_told_twice() -> None:
    assert "Searched" not in render_exchange(replace(ASKED, searched="What happened?"))


def test_a_long_stand_alone_question_is_folded_away() -> None:
    html = render_exchange(replace(ASKED, searched="Dockers " * 40))
    assert "<summary>Searched together with the question before</summary><q>Dockers" in html


def test_the_best_quotes_are_shown_before_anything_is_written() -> None:
    html = render_exchange(replace(ASKED, evidence=(quote(PORT, "They want more pay."),)))
    assert "“They want more pay.”" in html
    assert f'<cite><a class="opens" {OPEN_AT_PAY}><bdi>Port strike begins</bdi></a></cite>' in html
    assert "· Harrow Gazette, 14 August 2023" in html
    assert "Reading 1 quote" in html


def test_the_quotes_are_folded_away_above_what_is_written() -> None:
    evidence = (quote(PORT, "They want more pay."), quote(FERRY, "Nobody was hurt."))
    html = render_exchange(replace(ASKED, evidence=evidence, unchecked="Dockers"))
    folded, written = html.split('<div class="answer">')
    assert "<summary>Found first: 2 quotes in 2 articles</summary>" in folded
    assert "“Nobody was hurt.”" in folded
    assert "Dockers" in written


@pytest.mark.parametrize(
    ("before", "told"), [(1, "1 question is before yours"), (3, "3 questions are before yours")]
)
def test_who_waits_for_the_model_is_told_how_many_come_first(before: int, told: str) -> None:
    evidence = (quote(PORT, "They want more pay."),)
    html = render_exchange(replace(ASKED, evidence=evidence, before=before))
    assert f"Waiting for the model: {told}…" in html
    assert "“They want more pay.”" in html


def test_text_that_is_being_written_is_set_apart_from_checked_sentences() -> None:
    html = render_exchange(replace(ASKED, checked=(WALKED,), unchecked=" They want"))
    assert f'<span class="proved">Dockers walked out.{PROOF}</span>' in html
    assert '<span class="pending">They want</span>' in html


def test_an_unproved_sentence_says_why_while_it_is_still_shown() -> None:
    html = render_exchange(replace(ASKED, checked=(UNPROVED,)))
    assert '<span class="unproved">The king came.<span class="doubt" role="img"' in html
    assert 'aria-label="Not proved: no article names king"' in html


def test_a_proved_sentence_carries_its_mark() -> None:
    assert f'<p><span class="proved">Dockers walked out.{PROOF}</span></p>' in render_exchange(
        answered(WALKED)
    )


def test_a_quotation_tells_what_its_relative_dates_mean() -> None:
    citation = cite(PORT, "Dockers in Harrow walked out on Monday.")
    html = render_exchange(answered(proved(quotation(citation), citation)))
    assert "<blockquote>“Dockers in Harrow walked out on Monday.” (Monday = 14 August 2023)" in html


def test_two_quotes_of_one_article_share_a_mark() -> None:
    both = proved("All.", *WALKED.citations, cite(PORT, "They want more pay."))
    html = render_exchange(answered(both))
    assert html.count('class="mark"') == 1
    assert "(Monday = 14 August 2023)</span><span>“They want more pay.”</span>" in html


def test_unproved_sentences_are_left_out_with_their_reason() -> None:
    html = render_exchange(answered(WALKED, UNPROVED))
    assert "<summary>1 sentence left out: not proved by the articles</summary>" in html
    assert "<li><q>The king came.</q> no article names king</li>" in html
    assert '<div class="answer"><p><span class="proved">Dockers walked out.' in html


def test_several_left_out_are_counted() -> None:
    assert "2 sentences left out" in render_exchange(answered(WALKED, UNPROVED, UNPROVED))


def test_the_articles_own_words_are_a_quotation() -> None:
    words = "Harrow Gazette, 14 August 2023: “They want more pay.”"
    sentence = proved(words, cite(PORT, "They want more pay."))
    html = render_exchange(answered(sentence, model="none"))
    assert '<figure class="quotation"><blockquote>“They want more pay.”<span class="proof">' in html
    assert "<cite><bdi>Port strike begins</bdi></cite> · Harrow Gazette, 14 August 2023" in html
    assert "Word for word from the articles · 1.2 s" in html


def test_an_article_that_says_otherwise_is_announced() -> None:
    citation = cite(FERRY, "Nobody was hurt.")
    for age, told in ((Disagreement.NEWEST, " (newest)"), (Disagreement.UNDATED, "")):
        other = Citer([]).quote_against(Quote(FERRY, citation.start, citation.end), age)
        html = render_exchange(answered(WALKED, other))
        announced = f'<p class="disagrees">But another article says otherwise{told}:</p>'
        assert f"{announced}<blockquote>“Nobody was hurt.”" in html


def test_who_wrote_the_answer_is_told() -> None:
    assert "Written by scripted, every sentence checked · 1.2 s" in render_exchange(
        answered(WALKED)
    )


def test_declining_names_the_reason_and_the_nearest_articles() -> None:
    evidence = (quote(PORT, "They want more pay."), quote(PORT, "The mayor is worried."))
    answer = make_answer(evidence=evidence, abstained_because="no sentence comes near enough")
    html = render_exchange(replace(ASKED, answer=answer))
    assert '<section class="declined" aria-label="No answer">' in html
    assert "Reason: no sentence comes near enough." in html
    assert html.count("<li>") == 1
    assert f'<li><cite><a class="opens" {OPEN_AT_PAY}><bdi>Port strike begins</bdi></a>' in html
    assert 'class="answer"' not in html
    assert "data-copy" not in html


def test_declining_without_any_article_offers_none() -> None:
    answer = make_answer(abstained_because="no article matches the question")
    assert "nearest articles" not in render_exchange(replace(ASKED, answer=answer))


@pytest.mark.parametrize(
    ("ended", "told"),
    [
        pytest.param(replace(ASKED, stopped=True), "Stopped.", id="stopped"),
        pytest.param(replace(ASKED, error="the model failed"), "the model failed", id="failed"),
    ],
)
def test_what_broke_off_leaves_what_was_found_and_checked(ended: Exchange, told: str) -> None:
    found = replace(ended, evidence=(quote(PORT, "They want more pay."),))
    assert '<section class="first"' in render_exchange(found)
    html = render_exchange(replace(found, checked=(WALKED,)))
    assert told in html
    assert "Found first: 1 quote in 1 article" in html
    assert "Dockers walked out." in html
    assert "progress" not in html


def test_an_error_is_one_sentence() -> None:
    html = render_exchange(replace(ASKED, error="the model <x> failed"))
    assert '<p class="trouble" role="alert">the model &lt;x&gt; failed</p>' in html


def test_answer_and_question_can_be_copied_edited_and_asked_again() -> None:
    html = render_exchange(answered(WALKED, text="Dockers walked out [1]."))
    assert 'data-copy="Dockers walked out [1].\n\n[1] “Port strike begins”' in html
    assert 'data-edit="1" data-question="What happened?"' in html
    assert 'data-act="again" data-number="1"' in html


def test_exchanges_follow_each_other() -> None:
    html = render_exchanges([ASKED, replace(ASKED, number=2)])
    assert html.index('id="exchange-1"') < html.index('id="exchange-2"')


@pytest.mark.parametrize(
    "exchange",
    [
        pytest.param(Exchange(1, HOSTILE.text), id="the-question"),
        pytest.param(replace(ASKED, unchecked=HOSTILE.text), id="the-model-writing"),
        pytest.param(replace(ASKED, error=HOSTILE.text), id="an-error"),
        pytest.param(
            replace(ASKED, checked=(Sentence(HOSTILE.text, False, reason=HOSTILE.title),)),
            id="an-unproved-sentence",
        ),
        pytest.param(
            answered(
                proved(HOSTILE.text, cite(HOSTILE, HOSTILE.text)),
                Sentence(HOSTILE.text, False, reason=HOSTILE.title),
                model=HOSTILE.title,
            ),
            id="an-answer",
        ),
        pytest.param(replace(ASKED, evidence=(quote(HOSTILE, HOSTILE.text),)), id="the-evidence"),
        pytest.param(
            replace(
                ASKED,
                answer=make_answer(
                    evidence=(quote(HOSTILE, HOSTILE.text),), abstained_because=HOSTILE.title
                ),
            ),
            id="declining",
        ),
    ],
)
def test_untrusted_text_never_becomes_a_tag(exchange: Exchange) -> None:
    html = render_exchange(exchange)
    assert not [tag for tag in TAGS_THAT_ACT if tag in html.lower()]
    assert 'href="javascript' not in html
    assert "&lt;" in html


def test_a_mark_cannot_be_left_by_a_quote() -> None:
    article = Article("x", '" onmouseover="alert(1)', '" onclick="alert(2)" x="')
    html = render_exchange(answered(proved("It is so.", cite(article, article.text))))
    assert ' onclick="' not in html
    assert ' onmouseover="' not in html
