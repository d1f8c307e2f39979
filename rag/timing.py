"""Of which time a question asks, and how near to it an article was published.

A period in a question is when something happened. Articles tell of it on the next days or a year
later, so it prefers articles and excludes none; only "articles from last week" is a filter.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from rag.dates import Meaning, Period, asks_for_latest, find_periods, in_earlier_years
from rag.dating.mentions import mentions
from rag.dating.spans import DaySpan, written_day
from rag.event_dates import DaysOf, find_event_periods, nobody_knows
from rag.types import Passage, Question

OLD = timedelta(days=30)  # an archive that got nothing for so long is one of the past
GRACE = timedelta(days=3)  # what ended so lately is still reported
REPORTED_WITHIN = timedelta(days=14)  # most of what is told of an event is published by then
LONGEST_WINDOW = timedelta(days=92)  # of more days enough is among the best passages of all
# Days in which the nearness of what was published away from the time asked of falls by half.
PRESENT_HALF_LIFE, AFTER_HALF_LIFE, BEFORE_HALF_LIFE = 30, 180, 10
PAST_AT_LEAST = 0.5  # how near to a past event is what was published at any other time
UNDATED = 0.3  # how near is an article whose day nobody knows
EARLIEST, LATEST = date(1500, 1, 1), date(2500, 1, 1)
YEARS_BACK = 10  # of which "in February" may be, asked of an archive of the past
ANOTHER_DAY = timedelta(days=-400)  # seen from there, "last week" and "in May" are other days


@dataclass(frozen=True, slots=True)
class Timing:
    """What a question says of time, counted from the day `today`.

    `is_present`: it is asked in the archive's present, so what is new matters to it. `is_past`: the
    archive is one of the past, and `today` the day of its newest article.
    """

    text: str
    today: date
    periods: tuple[Period, ...] = ()
    wants_latest: bool = False
    is_present: bool = False
    is_past: bool = False

    @property
    def notes(self) -> list[str]:
        """Return how the dates were understood that depend on the day they are counted from."""
        day = written_day(self.today)
        origin = f", counted from the newest article, of {day}" if self.is_past else ""
        dated = find_periods(self.text, self.today)
        fixed = find_periods(self.text, self.today + ANOTHER_DAY)
        notes = []
        for period in self.periods:
            words = f"“{self.text[period.start : period.end]}”"
            if self.is_past and _may_be_earlier(period):
                notes.append(f"{words} is taken for that of any year.")
            elif period not in fixed:
                told = origin if period in dated else ""
                notes.append(f"{words} is taken as {period.written}{told}.")
        notes = list(dict.fromkeys(notes))
        if self.wants_latest and self.is_past and not notes:
            return [f"The newest article is of {day}."]
        return notes

    @property
    def matters(self) -> bool:
        """Whether the day of publication says which passages are meant."""
        return self.wants_latest or self.is_present or bool(self.periods)

    @property
    def publication(self) -> list[Period]:
        """The periods in which the articles asked for were published."""
        return [each for each in self.periods if each.meaning is Meaning.PUBLISHED]

    @property
    def windows(self) -> list[DaySpan]:
        """The days on which most was published about what is asked for, where they are few."""
        nearest: dict[int, Period] = {}  # of one that may be of any year
        for period in self.periods:
            nearest.setdefault(period.start, period)
        spans = [self._window(period) for period in nearest.values()]
        if self.wants_latest or not self.periods:
            spans.append(self._present)
        few = [span for span in spans if span.last - span.first <= LONGEST_WINDOW]
        return list(dict.fromkeys(few))

    def nearness(self, passage: Passage) -> float:
        """Return in [0, 1] how near a passage's article is to the time that is asked of."""
        published = passage.article.published_on
        if published is None:
            return UNDATED
        now = _halved((self.today - published).days, PRESENT_HALF_LIFE)
        near = [
            now if self._goes_on(period) else _nearness_to_past(period, passage, published)
            for period in self.periods
        ]
        return max([*near, now] if self.wants_latest or not near else near)

    def _goes_on(self, period: Period) -> bool:
        """Whether today's articles tell of the period: it reaches the present, or is to come."""
        if not self.is_present:
            return period.first is not None and period.first > self.today
        return period.last is None or period.last >= self.today - GRACE

    @property
    def _present(self) -> DaySpan:
        return DaySpan(self.today - REPORTED_WITHIN, self.today + GRACE)

    def _window(self, period: Period) -> DaySpan:
        if self._goes_on(period):
            return self._present
        return DaySpan(period.first or date.min, (period.last or self.today) + REPORTED_WITHIN)


def read_timing(
    question: Question,
    *,
    today: date,
    newest: date | None,
    days_of: DaysOf = nobody_knows,
) -> Timing:
    """Read what a question says of time; `days_of` knows when events were.

    Its days are counted from the question's own day; else from `today`; else, where the archive is
    one of the past, from the day of its newest article; there "in February" may be of any year.
    """
    is_past = question.today is None and newest is not None and today - newest > OLD
    counted_from = newest if is_past and newest else question.today or today
    counted_from = max(EARLIEST, min(counted_from, LATEST))  # or days before and after run out
    dated = find_periods(question.text, counted_from)
    of_any_year = [each for each in dated if is_past and _may_be_earlier(each)]
    earlier = [each for period in of_any_year for each in in_earlier_years(period, YEARS_BACK)]
    periods = (*dated, *earlier, *find_event_periods(question.text, dated, days_of))
    return Timing(
        question.text,
        counted_from,
        periods,
        wants_latest=asks_for_latest(question.text, periods),
        is_present=newest is not None and not is_past,
        is_past=is_past,
    )


def _may_be_earlier(period: Period) -> bool:
    """Whether the period is of a year that it does not name, such as "in February"."""
    return not period.has_year and period.first is not None and period.last is not None


def _nearness_to_past(period: Period, passage: Passage, published: date) -> float:
    first, last = period.first, period.last
    if first and published < first:
        near = _halved((first - published).days, BEFORE_HALF_LIFE)
    elif last is None or published <= last or _names(period, passage):
        near = 1.0
    else:
        near = _halved((published - last).days, AFTER_HALF_LIFE)
    return PAST_AT_LEAST + (1 - PAST_AT_LEAST) * near


def _names(period: Period, passage: Passage) -> bool:
    if period.first is None or period.last is None:
        return False
    return mentions(DaySpan(period.first, period.last), passage)


def _halved(days: int, half_life: int) -> float:
    return float(0.5 ** (abs(days) / half_life))
