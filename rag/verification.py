"""A written sentence -> the quotes that support it, or the reason why none does.

Its numbers, dates, names and quoted phrases must stand in them, nothing may be turned round, and
the rest must keep close to their words. What is compared, and how, is the matter of rag/checks/.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from rag.checks.actors import actor_before, named_subjects, subject_of
from rag.checks.backing import Claim, backings, quotes_before, read_claim, said_in
from rag.checks.closeness import closeness, covered
from rag.checks.dates import unproved_date
from rag.checks.doers import NOT_SO, of_somebody_else
from rag.checks.grammar import is_circular, main_verb, predicate
from rag.checks.names import unproved_name
from rag.checks.particulars import unproved_amount, unproved_phrase
from rag.checks.polarity import turned_round
from rag.checks.roles import turned_about
from rag.checks.speakers import not_their_words
from rag.checks.statements import Statement, match, read_statement
from rag.chunking import heading
from rag.types import Entailment, Quote
from rag.words import content_stems, proper_names

# Chosen on the trade-off that EXPERIMENTS.md shows; a sentence below them is not proved.
CLOSE = 0.72  # closeness of the sentence to its quotes
COVERED = 0.7  # share of its words that they have, without those of the question,
COVERED_IN_ALL = 0.6  # and with them
CLOSE_ANSWER = 0.6  # closeness, where the quotes have all words that answer the question
ASKED = 0.3  # share of the question's words that the article of a sentence without names has
FEWEST_ASKED = 3  # words of a question; fewer tell nothing about an article
NUMBER_UNPROVED = "no article says"  # how the reason begins where a number is not proved
ASKS, ANNOUNCES = "it asks instead of answering", "it announces what it does not say"
TOO_LITTLE = "too little of it stands in an article"
FOLLOWS = 0.5  # the least probability of an entailment model that proves a sentence
NOT_ENTAILED = "it does not follow from an article"
MARKER = re.compile(r"\s*\[\d+(?:\s*[,;–-]\s*\d+)*\]")
HE_IS_77 = re.compile(r"[^\W\d_]+ (?:is|was|are|were) \d")


@dataclass(frozen=True, slots=True)
class Support:
    """The quotes that support a sentence, best first; none: `reason` says what is missing."""

    quotes: tuple[Quote, ...]
    reason: str | None = None


def find_support(
    sentence: str,
    quotes: Sequence[Quote],
    question: str = "",
    *,
    today: date | None = None,
    entailment: Entailment | None = None,
) -> Support:
    """Find the quotes that prove a sentence, at most two.

    The first tells what happened. The second says who "she" is, or when it was, or proves the rest
    of a sentence that joins two facts. What the question gave need not be said again so closely.
    The dates in the question are counted from `today`, the others from the day of the article.
    With `entailment`, that decides where names, numbers, dates and roles leave it open.
    """
    if sentence.endswith(("?", ":")):
        return Support((), ASKS if sentence.endswith("?") else ANNOUNCES)
    says_something = any(stem.isalpha() for stem in content_stems(sentence))
    if not says_something and not (question and HE_IS_77.search(sentence)):
        return Support((), "it says nothing that an article could prove")
    if is_circular(read_statement(sentence)):
        return Support((), "it goes in a circle")
    if not quotes:
        return Support((), "no article was found")
    claim = read_claim(sentence, quotes, question, today)
    reason = None
    for backing in backings(claim):
        objection = _objection(claim, backing) or _left_open(claim, backing, entailment)
        if objection is None:
            return Support(tuple(_with_antecedent(claim, backing)))
        reason = reason or objection
    return Support((), reason)


def without_markers(text: str) -> str:
    """Return `text` without the [n] marks that a model wrote by itself."""
    return MARKER.sub("", text)


def _with_antecedent(claim: Claim, backing: list[Quote]) -> list[Quote]:
    """Add to "She promised aid" the sentence that says who she is, where the claim names her."""
    matched = match(claim.statement, said_in(backing[0]))
    verb = main_verb(claim.statement)
    if len(backing) > 1 or verb is None or verb not in matched.same:
        return backing
    subject = subject_of(claim.statement, verb)
    doer = actor_before(matched.said, matched.same[verb])
    if not subject.words or subject.is_in(matched.said, claim.known) or not doer.pronouns:
        return backing
    before = quotes_before(backing[0], claim.quotes)
    named = (quote for quote in before if subject.is_in(said_in(quote), claim.known))
    return [*backing, *islice(named, 1)]


def _objection(claim: Claim, backing: Sequence[Quote]) -> str | None:
    """Return what the quotes do not prove of the sentence, None where they prove it."""
    said = [said_in(quote) for quote in backing]
    headings = [read_statement(heading(quote.article)) for quote in backing]
    number = unproved_amount(claim.statement, said)
    number = number or unproved_date(claim.statement, backing, claim.asking)
    if number:
        return f"{NUMBER_UNPROVED} {number} of it"
    phrase = unproved_phrase(claim.statement, said)
    if phrase:
        return f"no article has the words “{phrase}”"
    name = _unproved_name(claim, backing, said, headings)
    if name:
        return f"no article names {name} with it"
    if not _says_any(claim, said):
        return TOO_LITTLE
    if not claim.names and not _is_about_it(claim, backing[0]):
        return "the article is about something else than the question"
    return _told_otherwise(claim, backing)


def _unproved_name(
    claim: Claim,
    backing: Sequence[Quote],
    said: Sequence[Statement],
    headings: Sequence[Statement],
) -> str | None:
    """Return the first name that nothing proves.

    A headline says who "he" is, or of what a quote with the sentence's verb tells; but not who did
    it, where the quote may tell of another.
    """
    texts = [quote.article.text for quote in backing]
    subjects = named_subjects(claim.statement, claim.names)
    others = [name for name in claim.names if name not in subjects]
    refers_back = said[0].refers_back
    has_verb = not _lacks_verb(claim.statement, said[:1])
    return unproved_name(subjects, said, headings if refers_back else [], texts) or unproved_name(
        others, said, headings if refers_back or has_verb else [], texts
    )


def _says_any(claim: Claim, said: Sequence[Statement]) -> bool:
    """Whether the quotes have some of the sentence themselves: a headline alone proves nothing."""
    keys = claim.statement.keys
    return not keys or any(keys & statement.places.keys() for statement in said)


def _told_otherwise(claim: Claim, backing: Sequence[Quote]) -> str | None:
    """Return how the sentence changes what the quotes tell."""
    for quote in backing:
        matched = match(claim.statement, said_in(quote))
        reason = turned_round(matched) or turned_about(matched)
        before = [*_before(quote, claim), read_statement(heading(quote.article))]
        reason = reason or of_somebody_else(matched, before, claim.known)
        if reason and (reason != NOT_SO or quote is backing[0]):
            return reason
    return not_their_words(
        claim.statement,
        [said_in(quote) for quote in backing],
        _before(backing[0], claim),
        source=set(read_statement(backing[0].article.publisher or "").places),
        known=claim.known,
    )


def _before(quote: Quote, claim: Claim) -> list[Statement]:
    return [said_in(earlier) for earlier in quotes_before(quote, claim.quotes)]


def _left_open(claim: Claim, backing: Sequence[Quote], entailment: Entailment | None) -> str | None:
    """Return the reason where what contradicts nothing does not follow either."""
    if entailment is None:
        return _too_far(claim, backing)
    premise = " ".join(quote.text for quote in backing)
    probability = entailment.probability(premise, claim.statement.text)
    return None if probability >= FOLLOWS else NOT_ENTAILED


def _too_far(claim: Claim, backing: Sequence[Quote]) -> str | None:
    said = [said_in(quote) for quote in backing]
    headings = [read_statement(heading(quote.article)) for quote in backing]
    statement = claim.statement
    told = covered(statement, said, headings=headings, less=claim.asked)
    lacks_verb = _lacks_verb(statement, [*said, *headings])
    answers = statement.keys - claim.asked.keys
    if claim.asked.keys and lacks_verb and not answers:
        return TOO_LITTLE  # a date alone answers: it must be that of what is asked
    is_answer = claim.asked.keys and told == 1.0 and not _lacks_verb(statement, said)
    is_close = (
        closeness(statement, said, claim.asked) >= (CLOSE_ANSWER if is_answer else CLOSE)
        and told >= COVERED
        and covered(statement, said, headings=headings) >= COVERED_IN_ALL
        and not (len(said) > 1 and lacks_verb)
    )
    return None if is_close else TOO_LITTLE


def _lacks_verb(claim: Statement, said: Sequence[Statement]) -> bool:
    """Whether what is put together from two quotes says something that neither does."""
    verb = predicate(claim)
    return verb is not None and not any(claim.words[verb].key in each.places for each in said)


def _is_about_it(claim: Claim, quote: Quote) -> bool:
    """Whether the quote's article is about what the question asks.

    "They talked for four hours" names nobody, and is true of others too.
    """
    article = set(content_stems(f"{heading(quote.article)} {quote.article.text}"))
    named = set(content_stems(" ".join(proper_names(claim.asked.text))))
    if named:
        return named <= article
    asked = content_stems(claim.asked.text)
    if len(asked) < FEWEST_ASKED:
        return True
    return sum(stem in article for stem in asked) >= ASKED * len(asked)
