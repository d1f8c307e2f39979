"""What pronouns stand for: the names and things of the turns before, likeliest first."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rag.english.asked import ask_apart
from rag.english.grammar import PREPOSITIONS, words
from rag.english.mentions import (
    OWNERS,
    Kind,
    Mention,
    definite,
    find_mentions,
    joined,
    outermost,
    whole_name,
)
from rag.english.pronouns import FEMALE, MALE, Pronoun, Referent, fits
from rag.types import Turn


@dataclass(frozen=True, slots=True)
class Resolved:
    """A question with names put in; not `sure` where other names would have fitted too."""

    text: str
    sure: bool


# "What is X?", "What did X do?", "What happened at X?": the next question is about X
ABOUT_QUESTION = re.compile(
    r"(?:is|was|are|were) (?:the )?[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*$"
    r"|(?:did|does|do|will|would|has|have) .*\bdo(?:ne)?\b|happened\b"
)
BEING = re.compile(r"(?:is|was|are|were) (?:the|an?) (?!.*ing$)")
WORKS = words("film movie book novel song album series show play musical game opera")
OWNED = re.compile(r" (?P<what>[a-z-]+)")
LONGEST_OWNER = 3  # words; what is longer is put behind: "the price of the ferry to Brannock"
MOST_NAMED = 3  # "they" stands for so many names at most
PLACING = {"in": "in", "at": "at", "on": "on", "near": "near", "off": "off", "to": "in"}


def resolve(question: str, pronouns: Sequence[Pronoun], turns: Sequence[Turn]) -> Resolved | None:
    """Put names in for the pronouns, of each sort the first; None where no turn has a name.

    `turns` are to stand alone already.
    """
    taken = {mention.text for mention in find_mentions(question)}
    first: dict[Referent, Pronoun] = {}
    for pronoun in pronouns:
        first.setdefault(pronoun.referent, pronoun)
    found: list[tuple[Pronoun, list[str]]] = []
    for pronoun in first.values():
        names = _antecedents(pronoun, turns, taken)
        taken.update(name.removeprefix("the ") for name in names[:1])
        found.append((pronoun, names))
    if not any(names for _, names in found):
        return None
    text = question
    for pronoun, names in sorted(found, key=lambda each: -each[0].start):
        text = _put_in(text, pronoun, names[0]) if names else text
    return Resolved(text, all(len(names) == 1 for _, names in found))


def place_of(turn: Turn) -> str | None:
    """Return where all of a question takes place: `in Bali` of `Did they meet in Bali?`."""
    whole = {mention.text for mention in outermost(turn.question)}
    places = (each.split(" ", 1) for each in _places(turn.question))
    return next(
        (" ".join(each) for each in places if each[0] in ("in", "at") and each[1] in whole), None
    )


def names_together(turn: Turn) -> list[str]:
    """Return the names that a turn's answer, else its question, lists; fewer than two are none."""
    for text in (turn.answer, turn.question):
        named = [each for each in outermost(text) if each.is_name and each.kind is not Kind.PLACE]
        names = list(dict.fromkeys(map(definite, named)))
        if len(names) > 1:
            return names
    return []


def _antecedents(pronoun: Pronoun, turns: Sequence[Turn], taken: set[str]) -> list[str]:
    """Return what the pronoun can stand for, likeliest first, from the latest turn that has it."""
    for turn in reversed(turns):
        if pronoun.referent is Referent.PLACE:
            asked = ask_apart(turn.question)
            texts = (turn.answer, turn.question) if asked and asked.head == "where" else turn
            found = [place for text in texts for place in _places(text)][:1]
        else:
            found = _of_turn(pronoun, turn, taken)
        if found:
            return found
    return []


def _of_turn(pronoun: Pronoun, turn: Turn, taken: set[str]) -> list[str]:
    several = pronoun.referent is Referent.SEVERAL
    asked = ask_apart(turn.question)
    if several and asked and asked.head in ("who", "which") and asked.asks_subject:
        names = _capped(names_together(Turn("", turn.answer)))
        if names:
            return [names]
    for text in _likeliest_first(turn, pronoun):
        mentions = _mentions(text, turn)
        fitting = [each for each in mentions if fits(pronoun.referent, each)]
        fitting = [each for each in fitting if definite(each).removeprefix("the ") not in taken]
        if pronoun.referent is Referent.PERSON:
            fitting = _of_gender(pronoun, fitting, turn.question)
        groups = [[_told(each, turn) for each in some] for some in _preferred(pronoun, fitting)]
        if several:
            groups = [_counted(text), joined(mentions, text), *groups]
        found = next((group for group in groups if group), [])
        if found:
            return list(dict.fromkeys(found))
    people = [each for text in (turn.answer, turn.question) for each in outermost(text)]
    return [each.text for each in people if each.is_name] if several else []  # "they" of one


def _mentions(text: str, turn: Turn) -> list[Mention]:
    asked = ask_apart(turn.question)
    is_title = asked is not None and asked.noun.rpartition(" ")[2] in WORKS
    whole = whole_name(text) if is_title and text == turn.answer else None
    return [whole] if whole else find_mentions(text)


def _likeliest_first(turn: Turn, pronoun: Pronoun) -> list[str]:
    """Return question and answer; an answer that says "she" names nobody that is "he" before."""
    first = turn.answer.split(" ", 1)[0].casefold()
    if first in ("he", "she") and pronoun.referent is Referent.PERSON:
        return [turn.question if (pronoun.word in MALE) == (first == "he") else turn.answer]
    asked = ask_apart(turn.question)
    if asked is None or not asked.asks_for_name:
        return [turn.question, turn.answer]
    person = pronoun.referent is Referent.PERSON
    about_question = (
        ABOUT_QUESTION.match(asked.rest) is not None
        or (asked.head == "who" and pronoun.referent is Referent.THING)
        or (asked.head == "what" and not asked.noun and BEING.match(asked.rest) and not person)
    )
    return [turn.question, turn.answer] if about_question else [turn.answer, turn.question]


def _of_gender(pronoun: Pronoun, people: Sequence[Mention], question: str) -> list[Mention]:
    """Leave out the only name of a question that goes on with a pronoun of the other gender."""
    other = FEMALE if pronoun.word in MALE else MALE
    named = [each for each in find_mentions(question) if fits(Referent.PERSON, each)]
    named = [each for each in named if each.is_name]
    if len(named) == 1 and other & {*question[named[0].end :].casefold().rstrip("?").split()}:
        return [each for each in people if each.text != named[0].text]
    return list(people)


def _preferred(pronoun: Pronoun, mentions: Sequence[Mention]) -> Iterator[list[Mention]]:
    """Yield the mentions in groups: whole phrases before parts, what fits well before the rest."""
    person = pronoun.referent is Referent.PERSON
    kind = Kind.PERSON if person else Kind.THING
    for within in (False, True):
        some = [mention for mention in mentions if mention.within == within]
        names = [mention for mention in some if mention.is_name]
        if person:
            yield [mention for mention in names if mention.kind is kind]
            yield names
            yield some
        else:
            yield [mention for mention in some if mention.kind is kind or not mention.is_name]
            yield names


def _counted(question: str) -> list[str]:
    """Return what "they" are after `How many people had to leave`: the people that had to leave."""
    asked = ask_apart(question)
    if asked and asked.head in ("how many", "which") and asked.asks_subject and asked.noun:
        return [f"the {asked.noun} that {asked.rest}"]
    return []


def _capped(names: Sequence[str]) -> str:
    if len(names) < 2:
        return ""
    kept = names[:MOST_NAMED]
    return f"{', '.join(kept[:-1])} and {kept[-1]}"


def _told(mention: Mention, turn: Turn) -> str:
    """Return what another question calls it: `Mary Smith’s brother` for `her brother`."""
    if OWNERS.match(mention.text) and mention.kind is Kind.PERSON:
        owners = [each for each in find_mentions(turn.question) if fits(Referent.PERSON, each)]
        owners = [each for each in owners if each.is_name]
        if len(owners) == 1:
            return OWNERS.sub(f"{_owning(owners[0].text)} ", mention.text)
    return definite(mention)


def _owning(name: str) -> str:
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def _places(text: str) -> Iterable[str]:
    """Yield the places of a text with their prepositions, the last first."""
    for mention in reversed(find_mentions(text)):
        article = "the " if text[: mention.start].endswith("the ") else ""
        if mention.before in PLACING and mention.is_name:
            yield f"{PLACING[mention.before]} {article}{mention.text}"
        elif mention.kind is Kind.PLACE:
            yield f"in {article}{mention.text}"


def _put_in(text: str, pronoun: Pronoun, name: str) -> str:
    start, after = pronoun.start, text[pronoun.end :]
    if pronoun.referent is Referent.PLACE:
        before = text[:start].rstrip().rpartition(" ")[2].casefold()
        name = name.partition(" ")[2] if before in PREPOSITIONS else name
    elif pronoun.possessive:
        owned = OWNED.match(after)
        if len(name.split()) > LONGEST_OWNER and owned:
            name, after = f"the {owned['what']} of {name}", after[owned.end() :]
        else:
            name = _owning(name)
    if start == 0:
        name = name[:1].upper() + name[1:]
    return f"{text[:start]}{name}{after}"
