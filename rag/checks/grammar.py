"""Verbs and their forms, as far as a word and its neighbours show them."""

from itertools import takewhile

from rag.checks.statements import Statement
from rag.checks.variants import BASE_OF, VARIANTS
from rag.checks.wording import Word, fold, stem

PASTS = BASE_OF.keys() | set(VARIANTS.unchanged)
VERBS = {stem(base) for base in (*VARIANTS.irregular, *VARIANTS.unchanged)}
MODALS = set(VARIANTS.modals)
BE = {"is", "are", "was", "were", "be", "been", "being", "am"}
AUXILIARIES = BE | {"has", "have", "had", "did", "does", "do"} | MODALS
ARTICLES = {"the", "a", "an", "its", "his", "her", "their"}
ADVERBS = {"now", "also", "still", "already", "currently"}  # between "is" and "the mayor"
JOINED = {"and", "or", "that"}
PREPOSITIONS = {
    *(
        "of",
        "in",
        "at",
        "for",
        "from",
        "to",
        "on",
        "with",
        "by",
        "than",
        "between",
        "about",
        "over",
    ),
    *("against", "into", "after", "before", "as", "under", "near", "through", "off", "until"),
}
NO_SUBJECT = ARTICLES | PREPOSITIONS  # after these a verb is none: "the suspected spy"
AUXILIARY_WORDS = 3  # words from "was" or "has" to its verb, at most
SUBJECT_WORDS = 9  # words before a sentence's first verb, at most


def looks_past(word: Word) -> bool:
    """Whether it may be a past form; so may what counts as one word, as "called off" does."""
    written = fold(word.written)
    return written.endswith("ed") or written in PASTS or " " in written


def is_passive(statement: Statement, place: int) -> bool:
    """Whether the word at `place` is a passive verb: "was shot", "owned by"."""
    words = statement.words
    if not looks_past(words[place]):
        return False
    if place + 1 < len(words) and words[place + 1].key == "by":
        return True
    return any(
        fold(words[before].written) in BE and not statement.is_broken(before, place)
        for before in range(max(0, place - AUXILIARY_WORDS), place)
    )


def main_verb(statement: Statement) -> int | None:
    """Return where the first verb with a meaning of its own stands; None where none shows."""
    for place, word in enumerate(statement.words[:SUBJECT_WORDS]):
        written = fold(word.written)
        if written in AUXILIARIES:
            behind = [at for at in statement.chain if place < at <= place + AUXILIARY_WORDS]
            verbs = (at for at in behind if looks_past(statement.words[at]))
            return next(verbs, None if written in BE else min(behind, default=None))
        if place and _is_verb(word) and statement.words[place - 1].key not in NO_SUBJECT:
            return place
    return None


def _is_verb(word: Word) -> bool:
    is_present = word.written.endswith("s") and word.key in VERBS
    return not word.is_capital and (looks_past(word) or is_present)


def linking_verb(statement: Statement) -> int | None:
    """Return where "is" stands in "X is the mayor" and "X is 43", where that is all it says."""
    words = statement.words
    place = next((at for at, word in enumerate(words) if fold(word.written) in BE), None)
    if place is None or place + 1 == len(words):
        return None
    if any(looks_past(word) and not word.is_capital for word in words[:place]):
        return None
    following = (word for word in words[place + 1 :] if fold(word.written) not in ADVERBS)
    after = next(following, words[place + 1])
    is_number = after.amount is not None and not after.amount.is_ordinal
    return place if is_number or after.is_capital or fold(after.written) in ARTICLES else None


def predicate(statement: Statement) -> int | None:
    """Return where its verb stands, or what follows "is": wrong, in "It was wrong to accept"."""
    verb = main_verb(statement)
    if verb is not None:
        return verb
    words = statement.words
    place = next((at for at, word in enumerate(words) if fold(word.written) in BE), len(words))
    behind = (at for at in statement.chain if place < at <= place + AUXILIARY_WORDS)
    return next((at for at in behind if _is_predicate(words[at])), None)


def _is_predicate(word: Word) -> bool:
    return not word.is_capital and word.amount is None and not word.written.endswith("ing")


def is_circular(statement: Statement) -> bool:
    """Whether it says that something is itself, or does it to itself."""
    words = statement.words
    names = takewhile(lambda at: words[at].is_capital, range(_after_verb(statement), len(words)))
    named = [words[at].key for at in names]
    before = {words[at].key for at in statement.chain if at < _after_verb(statement)}
    if named and before.issuperset(named):
        return True
    place = next((at for at, word in enumerate(words) if fold(word.written) in BE), len(words))
    behind = [words[at].key for at in statement.chain if at > place]
    return bool(behind) and {words[at].key for at in range(place)}.issuperset(behind)


def _after_verb(statement: Statement) -> int:
    verb = main_verb(statement)
    return len(statement.words) if verb is None else verb + 1
