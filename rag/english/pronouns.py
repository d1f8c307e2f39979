"""Pronouns in a question that nothing in the question itself explains."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rag.english.asked import Asked, ask_apart
from rag.english.grammar import AUXILIARIES, CLAUSE_OPENERS, PREPOSITIONS, tag, words
from rag.english.mentions import Kind, Mention, find_mentions, joined


class Referent(StrEnum):
    """What a pronoun can stand for."""

    PERSON = "person"
    SEVERAL = "several"
    THING = "thing"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Pronoun:
    """`possessive` stands before what is possessed; `as_object` can't mean its own subject."""

    word: str
    start: int
    end: int
    referent: Referent
    possessive: bool
    as_object: bool


MALE, FEMALE = words("he him his himself"), words("she her hers herself")
REFERENTS = {
    **dict.fromkeys(("he", "him", "his", "she", "her", "hers"), Referent.PERSON),
    **dict.fromkeys(("they", "them", "their", "theirs"), Referent.SEVERAL),
    **dict.fromkeys(("it", "its"), Referent.THING),
    "there": Referent.PLACE,
}
PRONOUN = re.compile(rf"\b(?:{'|'.join(REFERENTS)})\b", re.IGNORECASE)
POSSESSIVE, OBJECT = words("his its their"), words("him them")
SUBJECT_OR_OBJECT = words("it her")
POSSESSED = "ON#SV"  # letters of what may follow a possessive "her"
# "it" and "there" that stand for nothing
EMPTY = re.compile(
    r"\bit (?:rain|snow|matter|seem|appear)\w*"
    r"|\bit (?:take|takes|took|cost|costs) (?:\w+ ){0,3}?(?:to|before|until|for)\b"
    r"|\b(?:is|was|be) it (?:\w+ ){0,3}?(?:that|to|who|whether|raining|snowing)\b"
    r"|\bit (?:is|was|be) (?:\w+ ){0,3}?(?:that|to|who|whether)\b"
    r"|\b(?:is|are|was|were|be|been) there\b"
    r"|\bthere (?:is|are|was|were|will|has|have|be|any|no)\b",
    re.IGNORECASE,
)
UNITS = words(
    "second seconds minute minutes hour hours day days week weeks month months year years percent "
    "euros dollars pounds metres meters kilometres kilometers miles votes times"
)


def leaning_pronouns(question: str) -> list[Pronoun]:
    """Return the pronouns that refer to what was said before."""
    asked, mentions = ask_apart(question), find_mentions(question)
    return [
        each
        for each in _pronouns(question)
        if not _is_bound(each, question, mentions, asked) and not _is_asked_for(each, asked)
    ]


def fits(referent: Referent, mention: Mention) -> bool:
    """Whether a pronoun can stand for what is mentioned."""
    if mention.text.split()[-1] in UNITS:
        return False
    match referent:
        case Referent.PERSON:
            return not mention.plural and mention.kind in (Kind.PERSON, Kind.NAME)
        case Referent.SEVERAL:
            return mention.plural or (mention.is_name and mention.kind is Kind.THING)
        case Referent.THING:
            where = mention.kind is Kind.PLACE and mention.before in PREPOSITIONS
            return not mention.plural and mention.kind is not Kind.PERSON and not where
        case Referent.PLACE:
            return mention.kind is Kind.PLACE


def _pronouns(question: str) -> Iterator[Pronoun]:
    tagged = tag(question)
    starts = [start for start, _ in tagged.spans]
    following = dict(zip(starts, f"{tagged.tags[1:]}.", strict=False))
    empty = [match.span() for match in EMPTY.finditer(question)]
    for match in PRONOUN.finditer(question):
        word, start = match[0].casefold(), match.start()
        if word in ("it", "there") and any(first <= start < end for first, end in empty):
            continue
        owning = word in POSSESSIVE or (word == "her" and following.get(start, ".") in POSSESSED)
        previous = (question[:start].split() or [""])[-1].casefold()
        begins = not previous or previous in AUXILIARIES or previous in CLAUSE_OPENERS
        as_object = word in OBJECT or (word in SUBJECT_OR_OBJECT and not begins)
        yield Pronoun(word, *match.span(), REFERENTS[word], owning, as_object and not owning)


def _is_bound(
    pronoun: Pronoun, question: str, mentions: Sequence[Mention], asked: Asked | None
) -> bool:
    """Whether the question itself names what the pronoun stands for, before it as a rule.

    An object is bound over the border of a clause only, or by an owner: in "What did Beijing say
    about it?" Beijing is not it, in "What did Biden's men ask him?" Biden may be he.
    """
    in_phrase = asked is not None and pronoun.possessive and pronoun.start < len(asked.phrase)
    for mention in mentions:
        after = mention.start > pronoun.end
        around = mention.start <= pronoun.start < mention.end
        if around or (after and not in_phrase) or not _may_bind(pronoun.referent, mention):
            continue
        between = question[mention.end : pronoun.start].casefold().split()
        owner = question[mention.end : mention.end + 2] in ("'s", "’s")
        if not pronoun.as_object or owner or CLAUSE_OPENERS.intersection(between):
            return True
    names = [mention for mention in mentions if mention.end <= pronoun.start]
    return pronoun.referent is Referent.SEVERAL and bool(joined(names, question))


def _may_bind(referent: Referent, mention: Mention) -> bool:
    group = mention.is_name and mention.kind is not Kind.PERSON  # "the States … itself"
    return fits(referent, mention) or (referent is Referent.THING and group)


def _is_asked_for(pronoun: Pronoun, asked: Asked | None) -> bool:
    """Whether it stands for what is asked for: `Who lost his job`, `Which club sold its ground`."""
    if asked is None or pronoun.as_object or pronoun.referent is Referent.PLACE:
        return False
    if not asked.asks_subject:
        return False
    if asked.head in ("who", "whose"):
        verb = asked.rest.split(" ", 1)[0]
        return pronoun.referent is not Referent.THING and verb not in ("is", "was", "are", "were")
    plural = asked.head == "how many" or asked.noun.endswith("s")
    return bool(asked.noun) and (pronoun.referent is Referent.SEVERAL) == plural
