from datetime import date

from rag.dating.spans import DaySpan
from rag.page.chronicle import render_timeline
from rag.timeline import Event
from tests.page_values import FERRY, HOSTILE, PORT, quote

WALKOUT = Event(
    DaySpan(date(2023, 8, 14), date(2023, 8, 14)),
    True,
    quote(PORT, "Dockers in Harrow walked out on Monday."),
    (quote(FERRY, "Nobody was hurt."),),
)


def test_an_event_has_its_day_its_words_and_its_source() -> None:
    html = render_timeline([WALKOUT], ["“May” is taken as May 2023."])
    assert html == (
        '<div role="status"><p class="facts">1 event, in order</p>'
        '<p class="facts">“May” is taken as May 2023.</p></div>'
        '<ol class="chronicle"><li><p class="when">14 August 2023</p>'
        '<button type="button" class="reports" data-act="open" data-article="port" '
        'data-exchange="0" data-start="0" data-end="39">'
        "“Dockers in Harrow walked out on Monday.”</button>"
        '<p class="facts">“Port strike begins” (Harrow Gazette, 14 August 2023)</p></li></ol>'
    )


def test_no_event_is_said() -> None:
    assert render_timeline([]) == (
        '<div role="status"><p class="facts">No article reports an event of this subject; try '
        "fewer or other words.</p></div>"
    )


def test_a_hostile_article_is_only_text() -> None:
    event = Event(WALKOUT.days, False, quote(HOSTILE, HOSTILE.text))
    html = render_timeline([event], ["<script>"])
    assert "<script" not in html
    assert "<img" not in html
    assert "<svg" not in html
    assert "reported 14 August 2023" in html
