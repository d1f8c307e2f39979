"""The events that articles report about a subject, in order, each with the words that report it."""

import re
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import NamedTuple

from rag.chunking import heading
from rag.composing import reference
from rag.dates import Period
from rag.dating.clauses import tells_what_was
from rag.dating.spans import DaySpan, day_span, written_span
from rag.evidence import sentence_quotes
from rag.relative_dates import dates_in
from rag.types import Passage, Quote
from rag.words import content_stems

# Shares of the subject's weight, measured by how rare its words are.
IN_SENTENCE, IN_SURROUNDINGS = 0.4, 0.99
STATED_BONUS = 0.3  # a sentence that says when is a better report than one that does not
EARLY_BONUS = 0.3  # so is an article's first sentence, which tells what is new
LEAD = 120  # characters before an article's first sentence at most; its headline names its subject
NEWS = 400  # characters in which an article tells what is new; what follows may be older
LONGEST = 400  # characters; more is a list or a table
LONGEST_DAYS = timedelta(days=31)  # a month; "last year" dates no event
SAME_SUBJECT = timedelta(days=14)  # what lies further apart is told of two events of one name
SAME_EVENT = 0.5  # share of the shorter sentence's words that the other has too
PER_ARTICLE = 3
# A day after these is not the day of what the sentence tells: "the first visit since 2018".
DATELINE = re.compile(r"(?:,?\s*\([^)]{1,40}\))?\s*(?:—|–|--)")
NOT_ITS_DAY = re.compile(
    r"\b(?:since|until|till|before|after|from|between|by|to|for|ahead of|than)\s+(?:the\s+)?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Event:
    """What `quote` reports of the days `days`, which it states itself, or else are its article's.

    `also` are other articles' words about the same event.
    """

    days: DaySpan
    is_stated: bool
    quote: Quote
    also: tuple[Quote, ...] = ()


class TimelineRow(NamedTuple):
    """An event as people read it; `others` are publishers that report it too."""

    when: str  # "reported 14 June 2023" where only the article's day is known
    words: str
    source: str
    others: tuple[str, ...]


def timeline_rows(events: Iterable[Event]) -> list[TimelineRow]:
    return [
        TimelineRow(
            when=f"{'' if event.is_stated else 'reported '}{written_span(event.days)}",
            words=" ".join(event.quote.text.split()),
            source=reference(event.quote.article),
            others=tuple(_other_publishers(event)),
        )
        for event in events
    ]


def _other_publishers(event: Event) -> list[str]:
    named = dict.fromkeys(quote.article.publisher for quote in event.also)
    return [name for name in named if name and name != event.quote.article.publisher]


def make_timeline(
    subject: str,
    passages: Sequence[Passage],
    *,
    rarity: Callable[[str], float],
    periods: Sequence[Period] = (),
    k: int,
) -> list[Event]:
    """Return the `k` events that are most about the subject, earliest first.

    Where there are `periods`, only events of theirs. Articles without a day report only events
    whose sentences say when.
    """
    weights = {stem: rarity(stem) for stem in content_stems(subject)}
    told = [
        event
        for quote in _about(weights, passages)
        if (event := _event(quote, weights.keys())) and _is_within(event.days, periods)
    ]
    best = sorted(told, key=lambda event: -event.quote.score)
    merged = _merged(_few_of_each_article(best))
    return sorted(merged[:k], key=lambda event: (event.days, event.quote.article.id))


def agreed_days(events: Sequence[Event]) -> DaySpan | None:
    """Return the days of the event most about a subject, where all its events are near those."""
    best = max(events, key=lambda event: event.quote.score, default=None)
    if best is None or not best.is_stated:
        return None
    away = (abs(event.days.first - best.days.first) for event in events)
    return best.days if max(away) <= SAME_SUBJECT else None


def _about(weights: dict[str, float], passages: Sequence[Passage]) -> Iterable[Quote]:
    """Yield the sentences that tell something of the subject, scored."""
    total = sum(weights.values())
    if not total:
        return
    around = {passage.article.id: "" for passage in passages}
    for passage in passages:
        around[passage.article.id] += f" {passage.text}"

    def share(text: str) -> float:
        stems = set(content_stems(text))
        return sum(weight for stem, weight in weights.items() if stem in stems) / total

    known = {
        passage.article.id: share(heading(passage.article) + around[passage.article.id])
        for passage in passages
    }
    for quote in sentence_quotes(passages):
        is_lead = quote.start <= LEAD
        in_sentence = share(f"{heading(quote.article)} {quote.text}" if is_lead else quote.text)
        is_about = in_sentence >= IN_SENTENCE and known[quote.article.id] >= IN_SURROUNDINGS
        if is_about and len(quote.text) <= LONGEST and _tells(quote.text):
            early = EARLY_BONUS / (1 + quote.start / NEWS)
            yield replace(quote, score=in_sentence + early)


def _tells(sentence: str) -> bool:
    """Whether a sentence tells what was, in its writer's words."""
    return not sentence.startswith(("“", '"', "‘")) and tells_what_was(sentence)


def _event(quote: Quote, subject: AbstractSet[str]) -> Event | None:
    """Return the event with the day that the sentence states.

    A sentence that states none has its article's day, where it tells what is new of the subject.
    """
    article, published = quote.article, quote.article.published_on
    is_old = False
    for found in dates_in(article, quote.start, quote.end):
        is_of_other = NOT_ITS_DAY.search(article.text[quote.start : found.start])
        if is_of_other or DATELINE.match(article.text[found.end : quote.end]):
            continue
        is_past = published is None or found.days.first <= published
        if is_past and found.days.last - found.days.first < LONGEST_DAYS:
            return Event(found.days, True, replace(quote, score=quote.score + STATED_BONUS))
        is_old = is_old or is_past
    is_news = quote.start <= NEWS and not is_old
    is_news = is_news and not subject.isdisjoint(content_stems(quote.text))
    return Event(day_span(published), False, quote) if published and is_news else None


def _is_within(days: DaySpan, periods: Sequence[Period]) -> bool:
    return not periods or any(
        (each.first is None or each.first <= days.last)
        and (each.last is None or days.first <= each.last)
        for each in periods
    )


def _few_of_each_article(events: Iterable[Event]) -> list[Event]:
    """Keep the best events of each article, and one of those that are dated by it alone."""
    kept: list[Event] = []
    counts: dict[str, int] = {}
    reported: set[str] = set()
    for event in events:
        id_ = event.quote.article.id
        if counts.get(id_, 0) >= PER_ARTICLE or (not event.is_stated and id_ in reported):
            continue
        counts[id_] = counts.get(id_, 0) + 1
        if not event.is_stated:
            reported.add(id_)
        kept.append(event)
    return kept


def _merged(events: Iterable[Event]) -> list[Event]:
    """Make one of those that tell the same of the same days; the first of them speaks."""
    kept: list[Event] = []
    for event in events:
        for place, other in enumerate(kept):
            if _is_same(event, other):
                if event.quote.article.id != other.quote.article.id:
                    kept[place] = replace(other, also=(*other.also, event.quote))
                break
        else:
            kept.append(event)
    return kept


def _is_same(event: Event, other: Event) -> bool:
    # What one article dates by its own day, another may have dated by the day before.
    slack = timedelta(days=0 if event.is_stated and other.is_stated else 1)
    near = (
        event.days.first <= other.days.last + slack and other.days.first <= event.days.last + slack
    )
    if not near:
        return False
    stems, others = set(content_stems(event.quote.text)), set(content_stems(other.quote.text))
    shorter = min(len(stems), len(others))
    return shorter > 0 and len(stems & others) >= SAME_EVENT * shorter
