"""Questions that leave out what the question before said: `Where?`, `And in May?`, `Why not?`."""

import re
from collections.abc import Sequence

from rag.english.antecedents import Resolved, resolve
from rag.english.asked import Asked, ask_apart
from rag.english.grammar import (
    AUXILIARIES,
    CLOSED,
    PREPOSITIONS,
    TIME,
    Tag,
    is_past,
    tag,
    words,
)
from rag.english.listed import name_listed
from rag.english.mentions import (
    PUBLISHERS,
    Kind,
    Mention,
    definite,
    find_mentions,
    outermost,
)
from rag.english.pronouns import leaning_pronouns
from rag.types import Turn

LONGEST = 9  # words; what is longer is a question of its own
BARE = re.compile(r"(?:else|not|exactly|then|ago)?", re.IGNORECASE)  # beside the asking word
CIRCUMSTANTIAL = PREPOSITIONS | words("according compared including")
ATTRIBUTED = re.compile(r"(?<=according to )(?:the )?[^,?]+", re.IGNORECASE)
DATED = re.compile(
    rf"(?P<before>\b(?i:{'|'.join(sorted(PREPOSITIONS))}) )?(?:(?:early|late|mid) )?{TIME.pattern}"
    r"(?:, \d{4})?"
)
NEGATED = {"will": "won’t", "can": "can’t", "may": "may not", "might": "might not", "am": "am not"}
LONGEST_ANSWER = 7  # words; a longer answer is not put into a question as a phrase
LONGEST_CLAUSE = 16  # words; nor as a sentence
AFFIRMED = re.compile(r"^(?:yes|no|that|because)\b[, ]*", re.IGNORECASE)


def is_fragment(text: str) -> bool:
    """Whether a question has no verb of its own."""
    plain = text.strip().rstrip("?!. ")
    if not plain or len(plain.split()) > LONGEST:
        return not plain
    asked = ask_apart(plain)
    if asked:
        return BARE.fullmatch(asked.rest) is not None and not is_past(asked.noun)
    first, _, rest = plain.partition(" ")
    first = first.casefold()  # the rest keeps its capitals: "In May" has no auxiliary
    return not _has_verb(rest) and (first in CIRCUMSTANTIAL or not _has_verb(first))


def complete(fragment: str, turns: Sequence[Turn]) -> Resolved | None:
    """Return the question before with the new part put in; None where it has no place for it."""
    before = turns[-1].question.strip().rstrip("?!. ")
    plain = re.sub(r"^what for\b", "for what", fragment.strip().rstrip("?!. "), flags=re.IGNORECASE)
    new = ask_apart(plain)
    if not before:
        return None
    if new is None and _says_nothing(plain):
        return Resolved(turns[-1].question, sure=False)  # "Really?", "???"
    listed = name_listed(plain, turns)
    if listed:
        return _with_name(before, listed.text, sure=listed.sure)
    if plain.casefold() == "why not":
        return _why_not(before)
    if new:
        return _with_asking(new, turns[-1])
    if plain.split(" ", 1)[0].casefold() in CIRCUMSTANTIAL:
        return Resolved(f"{_with_circumstance(before, plain)}?", sure=True)
    return _with_time(before, plain) or _with_name(before, plain, sure=True)


def _says_nothing(text: str) -> bool:
    has_letters = any(map(str.isalnum, text))
    return not has_letters or all(word in CLOSED for word in text.casefold().split())


def _with_asking(new: Asked, turn: Turn) -> Resolved | None:
    before = turn.question.strip().rstrip("?!. ")
    old = ask_apart(before)
    if old is None:
        first, _, rest = before.partition(" ")
        if first.casefold() in AUXILIARIES and new.asks_beside:
            return Resolved(f"{new.phrase} {first.lower()} {rest}?", sure=True)
        return None
    if not old.rest:
        return None
    replaces = old.asks_beside if new.asks_beside else old.head == new.head
    if replaces or new.rest or "else" in new.phrase.casefold().split():
        known = _circumstance_told(old, new, turn.answer)
        return Resolved(f"{new.phrase} {old.rest}{known}?", sure=True)
    return _asking_beside(new, old, turn) if new.asks_beside else None


def _asking_beside(new: Asked, old: Asked, turn: Turn) -> Resolved:
    """Ask of what the turn before told: `When was it that Rovers won the cup?`."""
    answer = _answer_phrase(old, turn)
    if old.asks_subject:
        return Resolved(f"{new.phrase} {_stated(old, answer)}?", sure=answer is not None)
    if answer is None and old.head == "what":
        clause = _answer_clause(turn)
        if clause:
            return Resolved(f"{new.phrase} is it that {clause}?", sure=False)
    return Resolved(f"{new.phrase} {_with_object(old, answer)}?", sure=answer is not None)


def _circumstance_told(old: Asked, new: Asked, answer: str) -> str:
    """Return ` to London` where the question before asked where and was told so in few words."""
    plain = answer.strip().rstrip(".")
    first, _, rest = plain.partition(" ")
    told = old.head in ("where", "when") and new.head != old.head
    if told and first.casefold() in PREPOSITIONS and 0 < len(rest.split()) <= LONGEST_ANSWER:
        return f" {first.lower()} {rest}"
    return ""


def _answer_phrase(asked: Asked, turn: Turn) -> str | None:
    """Return the answer as it can stand in the question; None where it is none of few words."""
    answer = turn.answer.strip().rstrip(".")
    if asked.noun and answer.replace(",", "").isdigit():
        return f"{answer} {asked.noun}"
    mentions = outermost(answer)
    if asked.head in ("who", "whom"):
        new = [each.text for each in mentions if each.is_name and each.text not in turn.question]
        return new[0] if new else None
    if not mentions or mentions[0].start > 0 or len(answer.split()) > LONGEST_ANSWER:
        return None
    return None if _has_verb(answer[mentions[0].end :]) else definite(mentions[0])


def _has_verb(text: str) -> bool:
    return any(word in AUXILIARIES or is_past(word) for word in text.split())


def _answer_clause(turn: Turn) -> str | None:
    """Return an answer of one sentence as a clause that can follow "that", its pronouns named."""
    clause = AFFIRMED.sub("", turn.answer.strip().rstrip("."))
    if not _has_verb(clause) or len(clause.split()) > LONGEST_CLAUSE or ". " in clause:
        return None
    named = resolve(clause, leaning_pronouns(clause), [Turn(turn.question, "")])
    clause = named.text if named else clause
    first = clause.split(" ", 1)[0]
    return clause[:1].lower() + clause[1:] if first.casefold() in CLOSED else clause


def _stated(asked: Asked, answer: str | None) -> str:
    """Return what a question asks of, as a clause, after what it asks for was told."""
    unknown = "somebody" if asked.head in ("who", "whose") else "something"
    subject = answer or (f"the {asked.noun}" if asked.noun else unknown)
    first, _, rest = asked.rest.partition(" ")
    if first in AUXILIARIES:
        return f"{first} {subject} {rest}"
    return f"{'was' if is_past(first) else 'is'} it that {subject} {asked.rest}"


def _with_object(asked: Asked, answer: str | None) -> str:
    """Put the answer behind the verb of `did Raimondo meet in May`, where the question asked."""
    subject = next(iter(outermost(asked.rest)), None)
    if answer is None or subject is None:
        return asked.rest
    tagged = tag(asked.rest)
    first = next((n for n, span in enumerate(tagged.spans) if span[0] >= subject.end), None)
    verb = VERB.match(tagged.tags, first) if first is not None else None
    if verb is None:
        return asked.rest
    end = tagged.spans[verb.end() - 1][1]
    return f"{asked.rest[:end]} {answer}{asked.rest[end:]}"


VERB = re.compile(
    rf"[{Tag.OPEN}{Tag.PAST}](?:[PAt](?=$|[PAt.]))?"
)  # "shoot down", "speak with | on"


def _why_not(before: str) -> Resolved | None:
    first, _, rest = before.partition(" ")
    auxiliary = first.casefold()
    if auxiliary not in AUXILIARIES:
        return None
    return Resolved(f"Why {NEGATED.get(auxiliary, f'{auxiliary}n’t')} {rest}?", sure=True)


def _with_circumstance(before: str, new: str) -> str:
    """Replace what the question before said of the same kind (`in April`, `in France`), or add."""
    dated = _with_time(before, new)
    if dated:
        return dated.text.rstrip("?")
    preposition, _, rest = new.partition(" ")
    if preposition.casefold() == "according":
        replaced, count = ATTRIBUTED.subn(rest.partition(" ")[2], before, count=1)
        return replaced if count else f"{before} {new}"
    names = [mention.is_name for mention in find_mentions(rest)][:1]
    for mention in find_mentions(before):
        start = mention.start - len(preposition) - 1
        same = before[max(start, 0) : mention.start].casefold() == f"{preposition.casefold()} "
        if same and [mention.is_name] == names:
            return f"{before[:start]}{new}{before[mention.end :]}"
    return f"{before} {new[:1].lower()}{new[1:]}"


def _with_time(before: str, new: str) -> Resolved | None:
    """Put a new day, month or year in the place of that before; None where one has none."""
    time, old = DATED.search(new), DATED.search(before)
    if not time or not old:
        return None
    written = time[0][len(time["before"] or "") :]
    if old["before"]:
        written = f"{(time['before'] or old['before']).lower()}{written}"
    return Resolved(f"{before[: old.start()]}{written}{before[old.end() :]}?", sure=True)


def _with_name(before: str, new: str, *, sure: bool) -> Resolved:
    """Put a name, or a thing, in the place of one like it; where none is, say what it is about."""
    if new.split()[-1] in PUBLISHERS and ATTRIBUTED.search(before):
        return Resolved(f"{ATTRIBUTED.sub(new, before, count=1)}?", sure)
    named = next(iter(outermost(new)), None)
    overlap = None if named and named.is_name else _like_phrase(before, new)
    if overlap:
        return Resolved(f"{overlap}?", sure)
    mention = named or Mention(new, 0, len(new), Kind.NAME, plural=False, is_name=new[:1].isupper())
    place = _place_for(mention, find_mentions(before))
    if place is None:
        asked = before[:1].lower() + before[1:] if ask_apart(before) else before
        return Resolved(f"About {new}: {asked}?", sure=False)
    return Resolved(f"{before[: place.start]}{new}{before[place.end :]}?", sure)


def _like_phrase(before: str, new: str) -> str | None:
    """Put `best actor` in for `best picture`: as many words, one of them the same."""
    wanted = [word for word in new.split() if word.casefold() not in CLOSED]
    old = before.split()
    for first in range(len(old) - len(wanted) + 1 if len(wanted) > 1 else 0):
        phrase = old[first : first + len(wanted)]
        is_open = all(word.casefold() not in CLOSED for word in phrase)
        if is_open and any(one == two for one, two in zip(phrase, wanted, strict=True)):
            return " ".join((*old[:first], *wanted, *old[first + len(wanted) :]))
    return None


def _place_for(new: Mention, mentions: Sequence[Mention]) -> Mention | None:
    """Return the mention that a new name can stand for: a publisher for one, a person for one."""
    last = new.text.split()[-1]
    if last in PUBLISHERS:
        publishers = [each for each in mentions if each.text.split()[-1] in PUBLISHERS]
        if publishers:
            return publishers[0]
    alike = [each for each in mentions if each.is_name == new.is_name]
    same_head = [each for each in alike if each.text.split()[-1] == last]
    unknown = (Kind.PERSON, Kind.NAME), (Kind.PLACE, Kind.NAME), (Kind.THING, Kind.NAME)
    same_kind = [
        each
        for each in alike
        if each.kind is new.kind or any({each.kind, new.kind} == {*pair} for pair in unknown)
    ]
    if not new.is_name and new.kind is not Kind.PERSON:
        same_kind = []  # things are of every kind
    return next(iter((*same_head, *same_kind)), None)
