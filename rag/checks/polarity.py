"""Whether a sentence turns round what an article says: "not", more for less, done for planned."""

import re
from collections.abc import Iterator, Sequence

from rag.checks.grammar import MODALS, linking_verb, looks_past
from rag.checks.statements import Match, Statement
from rag.checks.variants import VARIANTS
from rag.checks.wording import Word, fold, stem

REACH = 2  # words with a meaning of their own, as far as a "not" is taken to reach
NEAR = 3  # words, as far as "would" or "wants to" stands before its verb at most
BESIDE = 4  # words, as far as the opposite of a word stands from its neighbour at most
NEGATIONS = {stem(word) for word in VARIANTS.negations}
WISHES = {stem(word) for word in VARIANTS.wishes}
CONDITIONS = {"if", "unless"}
CAUSES = {stem(word) for word in VARIANTS.causes}
LEAD = stem("lead")
LIKE_CAUSES = CAUSES | {stem(word) for word in VARIANTS.like_causes}
HAD_DONE = re.compile(r", (?:who|which) had (?:not )?\w+")  # "without Roe, who had broken a toe"
COMING = re.compile(
    r"\b((?:will|is to|are to) (?:become|be)) (?:(?:the|an?|its|their) )?(?:\w+ )?$"
)
TIMES = ("minute", "hour", "day", "week", "month", "year", "decade")
OPPOSITES = {stem(one): {stem(other) for other in TIMES if other != one} for one in TIMES}
for _one, _other in VARIANTS.opposite:
    OPPOSITES.setdefault(stem(_one), set()).add(stem(_other))
    OPPOSITES.setdefault(stem(_other), set()).add(stem(_one))


def turned_round(match: Match) -> str | None:
    """Return the reason where the sentence says the reverse of the article's, or more."""
    return (
        _negation_left_out(match)
        or _negation_added(match)
        or _opposite(match)
        or _not_yet_done(match)
        or _not_yet_so(match)
        or _condition_left_out(match)
        or _cause_added(match)
    )


def _negations(statement: Statement) -> Iterator[tuple[int, list[int]]]:
    """Yield each "not" with the places it reaches; a "No," that begins an answer is none."""
    words = statement.words
    for place, word in enumerate(words):
        begins = place == 0 and len(words) > 1 and words[1].breaks
        start = _after_too(words, place) if word.key == "too" else place
        if not begins and (
            start > place or _is_negation(word, words[place - 1] if place else None)
        ):
            reached: list[int] = []
            for after in range(start + 1, len(words)):
                if len(reached) == REACH or words[after].breaks:
                    break
                if words[after].is_content:
                    reached.append(after)
            if place + 1 == len(words) or fold(words[place + 1].written) != "only":
                yield place, reached


def _after_too(words: Sequence[Word], place: int) -> int:
    """Return where the "to" of "too small to" stands, which denies what follows; else `place`."""
    following = range(place + 1, min(place + 1 + NEAR, len(words)))
    return next((at for at in following if words[at].key == "to"), place)


def _is_negation(word: Word, before: Word | None) -> bool:
    if word.key == "without" and before and before.key == "do":
        return False
    return word.key in NEGATIONS or fold(word.written).endswith("n't")


def _negation_left_out(match: Match) -> str | None:
    negated = {after for _, reached in _negations(match.claim) for after in reached}
    back = {there: here for here, there in match.same.items()}
    for place, reached in _negations(match.said):
        hit = [back[after] for after in reached if after in back]
        if hit and not negated.intersection(hit):
            return f"the article says it with “{match.said.words[place].written}”"
    return None


def _negation_added(match: Match) -> str | None:
    negated = {after for _, reached in _negations(match.said) for after in reached}
    for place, reached in _negations(match.claim):
        hit = [match.same[after] for after in reached if after in match.same]
        if hit and not negated.intersection(hit):
            return f"the article says it without “{match.claim.words[place].written}”"
    return None


def _opposite(match: Match) -> str | None:
    keys = {word.key for word in match.said.words}
    for place, word in enumerate(match.claim.words):
        in_date = any(each.start <= word.start < each.end for each in match.claim.dates)
        if word.key in OPPOSITES and word.key not in keys and not in_date:
            for there in _beside(match, place):
                theirs = match.said.words[there]
                if theirs.key in OPPOSITES[word.key]:
                    return f"the article says “{theirs.written}”, not “{word.written}”"
    return None


def _beside(match: Match, place: int) -> Iterator[int]:
    """Yield the places in the article's sentence near those of a claim's word's neighbours."""
    before = max((here for here in match.same if here < place), default=None)
    after = min((here for here in match.same if here > place), default=None)
    for here in (before, after):
        if here is not None and abs(here - place) <= BESIDE:
            there = match.same[here]
            yield from range(max(0, there - BESIDE), min(len(match.said.words), there + BESIDE + 1))


def _not_yet_done(match: Match) -> str | None:
    """Return the reason where the article has as possible or planned what the sentence has done."""
    for here, there in match.same.items():
        is_done = looks_past(match.claim.words[here]) and not _modal(match.claim, here)
        modal = _modal(match.said, there) if is_done else ""
        if modal:
            return f"the article has it only as “{modal}”"
    return None


def _not_yet_so(match: Match) -> str | None:
    """Return the reason where the sentence says that somebody is what the article has to come."""
    verb = linking_verb(match.claim)
    if verb is None or MODALS.intersection(fold(word.written) for word in match.claim.words):
        return None
    for here, there in match.same.items():
        coming = COMING.search(match.said.text, 0, match.said.words[there].start)
        if here > verb and coming:
            return f"the article has it only as “{coming[1]}”"
    return None


def _modal(statement: Statement, place: int) -> str:
    """Return the words from "will", "may" or "wants to" up to a verb; "" where there are none."""
    words = statement.words
    for back in range(place - 1, max(-1, place - 1 - NEAR), -1):
        if words[back + 1].breaks:
            break
        written = fold(words[back].written)
        governing = words[max(0, back - NEAR) : back]
        is_wish = written == "to" and any(each.key in WISHES for each in governing)
        if written in MODALS or is_wish:
            return statement.text[words[back].start : words[place].end]
    return ""


def _condition_left_out(match: Match) -> str | None:
    ours = {fold(word.written) for word in match.claim.words}
    if ours & (CONDITIONS | MODALS):
        return None
    words = match.said.words
    for place, word in enumerate(words):
        if fold(word.written) in CONDITIONS:
            end = words[min(place + NEAR, len(words) - 1)].end
            return f"the article says it only “{match.said.text[word.start : end]} …”"
    return None


def _cause_added(match: Match) -> str | None:
    for place, word in enumerate(match.claim.words):
        is_shared = word.key in CAUSES and any(here > place for here in match.same)
        if is_shared and not _gives_cause(match.said):
            return "no article gives that as the cause"
    return None


def _gives_cause(statement: Statement) -> bool:
    words = statement.words
    is_agent = any(word.key == "by" and looks_past(words[at - 1]) for at, word in enumerate(words))
    is_told_before = HAD_DONE.search(statement.text) is not None
    is_cause = is_agent or is_told_before or ":" in statement.text
    return is_cause or any(_is_like_cause(words, place) for place in range(len(words)))


def _is_like_cause(words: Sequence[Word], place: int) -> bool:
    """Whether a word tells a cause; of "lead" only "led to" does."""
    leads = words[place].key == LEAD
    is_to = place + 1 < len(words) and words[place + 1].key == "to"
    return words[place].key in LIKE_CAUSES and (is_to or not leads)
