"""Names in a written sentence, and whether the articles have them, also as news varies them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from rag.checks.actors import TITLES, Name
from rag.checks.statements import Statement
from rag.checks.wording import COUNTRIES, POSSESSIVE, Word, stem

COUNTRY_KEYS = {key for ways in COUNTRIES.values() for _, key in ways}
NO_NAMES = {"One", "Half", "Yes", "No"}
SHORTEST_INITIALS = 2


def unproved_name(
    names: Iterable[Name],
    quoted: Sequence[Statement],
    headings: Sequence[Statement],
    texts: Sequence[str],
) -> str | None:
    """Return the first name that nothing proves, or only another's of the same surname.

    `quoted` must have it, or `headings`; `texts` are the whole articles, which may have introduced
    in full who is called by surname in the quotes.
    """
    known = {key for statement in (*quoted, *headings) for key in statement.places}
    for name in names:
        missing = [word for word in name if word.key not in known]
        if missing and not _is_introduced(name, known, texts):
            return " ".join(word.written for word in missing)
        if any(_is_namesake(name, statement) for statement in quoted):
            return " ".join(word.written for word in name)
    return None


def names_of(claim: Statement, texts: Iterable[str]) -> list[Name]:
    """Return the words with a capital, those that stand together as one name; no dates.

    The first word of a sentence has one anyway; it is a name unless one of the texts has it in
    small letters, a comma follows it, or it may be a plural: "Scientists".
    """
    names = list(_groups(claim))
    if names and names[0][0] is claim.words[0] and not _is_name(names[0], claim, texts):
        rest = names[0][1:]
        return [*([rest] if rest else []), *names[1:]]
    return names


def _groups(statement: Statement) -> Iterator[Name]:
    group: list[Word] = []
    chain = set(statement.chain)
    for place, word in enumerate(statement.words):
        is_part = word.is_capital and place in chain
        if group and (not is_part or word.breaks or word.start > group[-1].end + 1):
            yield tuple(group)
            group = []
        if is_part:
            group.append(word)
    if group:
        yield tuple(group)


def _is_name(name: Name, claim: Statement, texts: Iterable[str]) -> bool:
    first = POSSESSIVE.sub("", name[0].written)
    if first in NO_NAMES or (len(claim.words) > 1 and claim.words[1].breaks):
        return False
    small = re.compile(rf"\b{re.escape(first.lower())}\b")
    if any(small.search(text) for text in texts):
        return False
    return len(name) > 1 or not first.endswith("s") or any(first in text for text in texts)


def _is_introduced(name: Name, known: set[str], texts: Iterable[str]) -> bool:
    """Whether an article says elsewhere in full what its quote says short, or the reverse."""
    missing = [place for place, word in enumerate(name) if word.key not in known]
    full = " ".join(POSSESSIVE.sub("", word.written) for word in name[missing[0] :])
    initials = "".join(word.written[0] for word in name)
    for text in texts:
        if name[-1].key in known and len(name) > 1 and full in text:
            return True
        if all(name[place].key in TITLES for place in missing) and full.split()[0] in text:
            return True
        if len(name) > 1 and initials.casefold() in known and full in text:
            return True
        if len(name) == 1 and _spells_out(full, known, text):
            return True
    return False


def _spells_out(initials: str, known: set[str], text: str) -> bool:
    """Whether the text has names with these initials that the quotes have: WHO."""
    if len(initials) < SHORTEST_INITIALS or not initials.isupper() or initials not in text:
        return False
    pattern = r"\s(?:of\s|for\s|the\s|and\s)*".join(rf"\b{letter}\w+" for letter in initials)
    return any(
        all(stem(word) in known for word in found.split() if word[0].isupper())
        for found in re.findall(pattern, text)
    )


def _is_namesake(name: Name, statement: Statement) -> bool:
    """Whether the quote has only somebody else of that surname, with another first name."""
    for first, last in pairwise(name):
        if first.key in TITLES or last.key in TITLES or first.key in COUNTRY_KEYS:
            continue
        forenames = list(_forenames(statement, last))
        if forenames and not any(not fore or first.key in fore for fore in forenames):
            return True
    return False


def _forenames(statement: Statement, surname: Word) -> Iterator[set[str]]:
    """Yield the names before the surname each time it stands there: Leonard Glenn Francis."""
    words = statement.words
    for place in statement.places.get(surname.key, ()):
        found: set[str] = set()
        while place and not words[place].breaks:
            place -= 1
            before = words[place]
            if not (before.is_capital and before.is_content) or before.key in TITLES:
                break
            found.add(before.key)
        yield found
