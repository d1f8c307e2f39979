"""How closely a written sentence keeps to the words of its quotes, from 0 to 1."""

from collections.abc import Iterator, Sequence

from rag.checks.roles import is_turned
from rag.checks.statements import Statement, match
from rag.checks.wording import Word, stem

JOINTS = {stem(word) for word in ("and", "but", "who", "which", "that", "while")}  # of clauses
Ranks = dict[str, list[int]]  # where each word stands among those with a meaning of their own

# What two neighbours of the sentence count that are none in a quote: hand-set, see EXPERIMENTS.md.
NEAR, NEAR_WORDS = 0.6, 3  # they stand as near in one clause; 1 where one is passive and one is not
GIVEN = 0.5  # the quote has one of them and the question had the other
FAR = 0.4  # they stand in one quote
SECOND = 0.1  # what a second quote costs where it proves more than names and numbers
USUAL, USUAL_PAIRS = 0.8, 2  # short sentences have few neighbours; as if there were two more


def closeness(claim: Statement, quoted: Sequence[Statement], asked: Statement) -> float:
    """Return the share of the sentence's neighbouring words that are neighbours in a quote.

    Neighbours that the question gave do not count, nor names that the first quote lacks: they are
    proved by themselves.
    """
    given = {frozenset((one.key, other.key)) for one, other in _neighbours(asked, reach=2)}
    ranks = [_ranks(statement) for statement in quoted]
    near = 1.0 if is_turned(match(claim, quoted[0])) else NEAR
    total, count = USUAL * USUAL_PAIRS, USUAL_PAIRS
    for pair in _neighbours(claim):
        keys = frozenset(word.key for word in pair)
        if keys not in given and not any(_is_lent(word, ranks[0]) for word in pair):
            found = zip(quoted, ranks, strict=True)
            best = max(_nearness(pair, each, ranked, near) for each, ranked in found)
            total += best or _given(pair, ranks, asked)
            count += 1
    return total / count - (SECOND if _is_put_together(claim, ranks) else 0.0)


def _is_put_together(claim: Statement, ranks: Sequence[Ranks]) -> bool:
    """Whether a second quote proves more than who it was and how many there were."""
    chain = [claim.words[place] for place in claim.chain]
    plain = {word.key for word in chain if not word.is_capital and not word.amount}
    return any(plain & (each.keys() - ranks[0].keys()) for each in ranks[1:])


def covered(
    claim: Statement,
    quoted: Sequence[Statement],
    *,
    headings: Sequence[Statement] = (),
    less: Statement | None = None,
) -> float:
    """Return the share of the sentence's words that the quotes have; `less` those of another.

    Headings lend names, and all words to a quote that refers back to what they name: what
    happened the quotes must say themselves.
    """
    keys = claim.keys - (less.keys if less else set())
    if not keys:
        return 1.0
    names = {word.key for word in claim.words if word.is_capital}
    lent = claim.keys if quoted[0].refers_back else names
    found = {key for key in keys if any(key in each.places for each in quoted)}
    found |= {key for key in keys & lent if any(key in each.places for each in headings)}
    return len(found) / len(keys)


def _neighbours(statement: Statement, reach: int = 1) -> Iterator[tuple[Word, Word]]:
    chain = [statement.words[place] for place in statement.chain]
    for away in range(1, reach + 1):
        yield from zip(chain, chain[away:], strict=False)


def _ranks(statement: Statement) -> Ranks:
    rank_of = {place: rank for rank, place in enumerate(statement.chain)}
    return {
        key: [rank_of[place] for place in places if place in rank_of]
        for key, places in statement.places.items()
    }


def _is_lent(word: Word, first: Ranks) -> bool:
    return word.is_capital and word.key not in first


def _nearness(pair: tuple[Word, Word], said: Statement, ranks: Ranks, near: float) -> float:
    ones, others = (ranks.get(word.key, []) for word in pair)
    both = [(one, other) for one in ones for other in others if one != other]
    if any(other - one == 1 for one, other in both):
        return 1.0
    if any(_is_near(said, one, other) for one, other in both):
        return near
    return FAR if both else 0.0


def _is_near(said: Statement, one: int, other: int) -> bool:
    """Whether two words stand near together and in one clause, or one is a number.

    "Two people died and 1,200 lost their homes" does not say of what there are 1,200 again.
    """
    if abs(other - one) > NEAR_WORDS:
        return False
    first, last = sorted((said.chain[one], said.chain[other]))
    joints = JOINTS.intersection(word.key for word in said.words[first + 1 : last])
    is_one_clause = not joints and not said.is_broken(first, last)
    return is_one_clause or any(said.words[at].amount for at in (first, last))


def _given(pair: tuple[Word, Word], ranks: Sequence[Ranks], asked: Statement) -> float:
    """Return what a pair counts of which the quotes have one word and the question the other."""
    missing = [word for word in pair if not any(word.key in each for each in ranks)]
    return GIVEN if len(missing) == 1 and missing[0].key in asked.keys else 0.0
