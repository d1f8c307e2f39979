"""A follow-up question -> one that stands alone, by rules on names and on what is left out."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from rag.english.antecedents import Resolved, names_together, place_of, resolve
from rag.english.asked import WH_PHRASE, ask_apart
from rag.english.ellipsis import complete, is_fragment
from rag.english.grammar import AUXILIARIES, CLOSED, TIME
from rag.english.listed import name_listed
from rag.english.mentions import Kind, Mention, definite, find_mentions, outermost
from rag.english.pronouns import leaning_pronouns
from rag.types import Turn
from rag.verification import without_markers
from rag.words import content_stems, proper_names

OPENER = re.compile(r"^\s*(?:(?:and|but|so|or|well|ok(?:ay)?|also)\b[,\s]*)+", re.IGNORECASE)
WHAT_ABOUT = re.compile(r"^(?:what|how) about (?P<what>[^?]*)\?*$", re.IGNORECASE)
NEW_SUBJECT = re.compile(
    r"^\s*(?:(?:now )?(?:to )?something (?:else|different|completely different)"
    r"|(?:another|a new|new|a different|different) (?:question|topic|subject)"
    r"|by the way|changing the subject)\s*[:,.–-]\s*",
    re.IGNORECASE,
)
DECLINED = re.compile(r"^the articles do not say\b", re.IGNORECASE)
QUOTED = re.compile(r"(?:^|\s)[^“”:]{0,120}: “(?P<words>[^”]+)”")
POINTING = re.compile(
    r"\b(?:(?:about|after|before|by|of|for|to|with|from|than|since|do|does|did|is|was|will|would"
    r"|could|can|should) (?:that|this|those|these)(?= (?:[a-z]|$)|\s*[?,.]|$)"
    r"|(?:that|this|those|these) (?:one|ones|time|way)|the same|one of them|both|either|neither"
    r"|(?:which|what|another|the \w+) ones?)\b",
    re.IGNORECASE,
)
OWN_PERIOD = re.compile(r"\b(?:this|that) (?:week|month|year|day|morning|evening|time)\b")
DEPENDENT = re.compile(
    r"\b(?:react|respond|reply|object|disagree|agree|refuse|deny)\s*(?:\?|$)|\b(?:else|then)\b",
    re.IGNORECASE,
)
ATTACHMENT = re.compile(r" (?:of|at|in|for|from|on|to|between|against|about|over|with|near|off) ")
FEW_STEMS = 2  # "How did the burglars get in?": too little to search for by itself
NAMED_IN_TOPIC = 3
LONGEST_CONTEXT = 60  # words
SHORTEST_EVENT = 3  # words: "is Lena Vasquez-Thorne" is none, and happens nowhere


class Standalone(NamedTuple):
    """A question that can be searched for by itself; not `sure` where the rules had to guess.

    `context` is what the turn before said, where the question leans on it.
    """

    text: str
    sure: bool
    context: str = ""


def stand_alone(question: str, history: Sequence[Turn | tuple[str, str]]) -> str:
    """Return the question as somebody would ask it who has not heard the turns before.

    One that stands alone already, a change of subject too, is returned as it is.
    """
    return rewrite(question, history).text


def rewrite(question: str, history: Sequence[Turn | tuple[str, str]]) -> Standalone:
    """Return the question as it stands alone, and whether the rules are sure of it."""
    turns: list[Turn] = []
    for asked, answered in history:
        turns.append(Turn(_rewrite(asked, turns).text, plain_answer(answered)))
    found = _rewrite(question, turns)
    if not turns or found.text.casefold() in OPENER.sub("", question).casefold():
        return found
    return found._replace(context=" ".join(" ".join(turns[-1]).split()[:LONGEST_CONTEXT]))


def plain_answer(answer: str) -> str:
    """Return what an answer says, without its marks and sources; nothing where it declines."""
    plain = without_markers(answer).strip()
    if DECLINED.match(plain):
        return ""
    quoted = [match["words"] for match in QUOTED.finditer(plain)]
    return " ".join(quoted) if quoted else plain


def own_stems(question: str) -> set[str]:
    """Return the stems of what a question says, beside what it asks with (`How many`, `And`)."""
    body = OPENER.sub("", question).strip()
    return set(content_stems(WH_PHRASE.sub("", body, count=1) if ask_apart(body) else body))


def _rewrite(question: str, turns: Sequence[Turn]) -> Standalone:
    """`turns` stand alone already."""
    if not turns:
        return Standalone(question, sure=True)
    changed = NEW_SUBJECT.sub("", question)
    if changed != question:
        return Standalone(_capital(changed), sure=True)
    body = OPENER.sub("", question).strip() or question.strip()
    goes_on = body != question.strip()
    about = WHAT_ABOUT.match(body)
    if about and is_fragment(about["what"]):
        body = about["what"]
    found = _fill(body, turns, goes_on=goes_on or about is not None)
    if found:
        return Standalone(_capital(found.text), found.sure)
    if not (_asks(body) or goes_on) or not _leans(body, goes_on=goes_on):
        return Standalone(_capital(body) if goes_on else question, sure=True)
    return Standalone(_with_topic(body, turns), sure=False)


def _fill(body: str, turns: Sequence[Turn], *, goes_on: bool) -> Resolved | None:
    """Put in what the question leaves out or points to; None where the rules can't tell."""
    if is_fragment(body) and (goes_on or _asks(body)):
        return complete(body, turns)
    listed = name_listed(body, turns)
    text = _with_full_names(listed.text if listed else body, turns)
    pronouns = leaning_pronouns(text)
    resolved = resolve(text, pronouns, turns) if pronouns else None
    if resolved:
        text = _with_place(resolved.text, turns[-1])
        text = _with_topic(text, turns) if _says_little(text, few=FEW_STEMS + 1) else text
        return Resolved(text, resolved.sure and (listed is None or listed.sure))
    if listed or (text != body and not pronouns):
        return Resolved(text, listed.sure if listed else True)
    if pronouns:
        return None
    return None if proper_names(body) else _with_fuller_phrase(body, turns[-1])


def _asks(body: str) -> bool:
    """Whether it is a question; words without a verb and a mark may be a search of their own."""
    first = body.split(" ", 1)[0].casefold()
    ends = body.rstrip().endswith("?") or not any(map(str.isalnum, body))
    return ends or first in AUXILIARIES or ask_apart(body) is not None


def _leans(question: str, *, goes_on: bool) -> bool:
    """Whether the question refers to what was said before, or says too little by itself."""
    if leaning_pronouns(question) or DEPENDENT.search(question):
        return True
    if POINTING.search(OWN_PERIOD.sub("", question)):
        return True
    definite = any(article in question.casefold().split() for article in ("the", "a", "an"))
    return _says_little(question, few=FEW_STEMS + (goes_on or not definite))


def _says_little(question: str, *, few: int = FEW_STEMS) -> bool:
    """Whether a question names nobody and has no more than a few words to be searched by."""
    return not proper_names(question) and len(own_stems(question)) <= few


def _with_full_names(question: str, turns: Sequence[Turn]) -> str:
    """Put in `Li Shangfu` for `Li`, as the turns before called him."""
    people = [
        each.text
        for turn in reversed(turns)
        for text in turn
        for each in find_mentions(text)
        if each.kind is Kind.PERSON and each.is_name and " " in each.text
    ]
    for mention in reversed(find_mentions(question)):
        full = next((each for each in people if mention.text in each.split()), None)
        if mention.kind is Kind.NAME and full:
            question = f"{question[: mention.start]}{full}{question[mention.end :]}"
    return question


def _with_place(question: str, turn: Turn) -> str:
    """Add where it was, if the turn before said so and the question, of what happened, does not."""
    asked, place = ask_apart(question), place_of(turn)
    says_what = asked is not None and len(asked.rest.split()) > SHORTEST_EVENT
    named = any(each.kind is Kind.PLACE for each in find_mentions(question))
    if not place or not says_what or named or place.split(" ", 1)[1] in question:
        return question
    return f"{question.rstrip('?!. ')} {place}?"


def _with_fuller_phrase(body: str, turn: Turn) -> Resolved | None:
    """Put in `the strike at the Port of Saltmere` for `the strike`, where the turn said so."""
    fuller = [each for text in turn for each in outermost(text) if not each.is_name]
    for mention in find_mentions(body):
        if not mention.text.casefold().startswith(("the ", "this ", "that ")):
            continue
        for other in fuller:
            longer = len(other.text.split()) > len(mention.text.split())
            if longer and _head(other) == _head(mention):
                text = f"{body[: mention.start]}{definite(other)}{body[mention.end :]}"
                return Resolved(text, sure=True)
    return None


def _head(mention: Mention) -> str:
    return ATTACHMENT.split(mention.text)[0].split()[-1].casefold()


def _with_topic(body: str, turns: Sequence[Turn]) -> str:
    """Say what the question is about, as the turns before told it."""
    topic = _topic(turns, body)
    if not topic:
        return body if any(map(str.isalnum, body)) else turns[-1].question
    closed = body.split(" ", 1)[0].casefold() in CLOSED
    return f"About {topic}: {body[:1].lower() + body[1:] if closed else body}"


def _topic(turns: Sequence[Turn], body: str) -> str:
    """Return what the last turn that names anything is about, save what `body` names itself."""
    for turn in reversed(turns):
        asked = ask_apart(turn.question)
        begins = len(asked.phrase) if asked else 0
        phrases = [definite(each) for each in outermost(turn.question) if each.start >= begins]
        if asked and asked.asks_for_name:
            names = [definite(each) for each in outermost(turn.answer) if each.is_name]
            phrases = (names_together(Turn("", turn.answer)) or names)[:2] + phrases
        kept = [each for each in dict.fromkeys(phrases) if each not in body][:NAMED_IN_TOPIC]
        if kept:
            listed = " and ".join(filter(None, (", ".join(kept[:-1]), kept[-1])))
            time = TIME.search(turn.question)
            dated = time is not None and time[0].isdigit() and time[0] not in listed
            return f"{listed} in {time[0]}" if time and dated else listed
    return ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
