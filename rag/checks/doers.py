"""Whether a sentence tells of somebody what the article tells of somebody else."""

from collections.abc import Iterable, Iterator, Sequence

from rag.checks.actors import TITLES, Actor, Known, actor_before, actor_in, agent_of, subject_of
from rag.checks.grammar import AUXILIARIES, PREPOSITIONS, is_passive, linking_verb, main_verb
from rag.checks.roles import MUTUAL, OTHER_WAY_ROUND
from rag.checks.statements import Match, Statement
from rag.checks.wording import Word, fold

PLURAL = {"they", "their"}
OPENING = 9  # words in which a sentence names what it is about
NEAR = 3  # words from a verb to the name behind it
SOMEBODY_ELSE = "the article says it of somebody else"
NOT_SAID = "the article does not say that they did it"
NOT_SO = "the article does not say that they are"


def of_somebody_else(match: Match, before: Sequence[Statement], known: Known) -> str | None:
    """Return the reason where the article tells of another what the sentence tells of its subject.

    `before` are the sentences before the article's, nearest first: they say who "she" is. Whoever
    is named in none of the quotes may be called otherwise in the sentence.
    """
    claim, said = match.claim, match.said
    if linking_verb(claim) is not None:
        return _is_another(match)
    verb = main_verb(claim)
    if verb is None:
        return None
    if verb not in match.same:
        return _not_said(match, verb, known)
    for ours, theirs in _same_part(match, verb):
        if not _is_stranger(ours, theirs, known):
            continue
        if ours.is_in(said, known) and theirs == actor_before(said, match.same[verb]):
            reason = _nearer_one(match, ours, match.same[verb])
        else:
            reason = _other_than(ours, theirs, claim, before, known)
        if reason:
            return reason
    return None


def _other_than(
    ours: Actor, theirs: Actor, claim: Statement, before: Sequence[Statement], known: Known
) -> str | None:
    if theirs.pronouns or not theirs.words:
        is_plural = bool(theirs.pronouns & PLURAL)
        return None if is_meant(ours, before, known, plural=is_plural) else SOMEBODY_ELSE
    return None if _may_be(ours, theirs, claim, known) else _of(theirs.words)


def is_meant(
    actor: Actor, before: Iterable[Statement], known: Known, *, plural: bool = False
) -> bool:
    """Whether a pronoun may stand for the actor: the nearest sentence that names somebody does so.

    "They" may stand for something that is named further back.
    """
    for statement in before:
        if actor.is_in(statement, known):
            return True
        opening = actor_in(statement, range(min(OPENING, len(statement.words))))
        if not plural and (opening.names(known) or not opening.pronouns):
            return False
    return False


def _of(words: Iterable[Word]) -> str:
    return f"the article says it of “{' '.join(word.written for word in words)}”"


def _not_said(match: Match, verb: int, known: Known) -> str | None:
    """Return the reason where the article does not have the verb that joins its names."""
    names = [at for at in match.same if match.claim.words[at].is_capital]
    before, after = [at for at in names if at < verb], [at for at in names if at > verb]
    if before and after and match.claim.words[verb].key not in MUTUAL:
        is_near = after[0] - verb <= NEAR and not match.claim.is_broken(before[0], after[0])
        if is_near and match.same[after[0]] < match.same[before[0]]:
            return OTHER_WAY_ROUND
    return NOT_SAID if agent_of(match.claim, verb).is_in(match.said, known) else None


def _same_part(match: Match, verb: int) -> list[tuple[Actor, Actor]]:
    """Return who has the same part in both sentences: before the verb, behind its "by"."""
    claim, said, there = match.claim, match.said, match.same[verb]
    subject, subject_said = subject_of(claim, verb), _doer(said, there)
    agent, agent_said = agent_of(claim, verb), agent_of(said, there)
    if is_passive(claim, verb) == is_passive(said, there):
        pairs = [(subject, subject_said)]
        return [*pairs, (agent, agent_said)] if agent_said.words else pairs
    if agent.words:
        return [(agent, subject_said)]
    return [(subject, agent_said)] if agent_said.words else []


def _doer(said: Statement, verb: int) -> Actor:
    """Return who does it; of "Roe beat Ames, 6-4, to win" that is Roe, who beat Ames."""
    main = main_verb(said)
    is_infinitive = verb > 0 and said.words[verb - 1].key == "to"
    if is_infinitive and main is not None and main < verb and said.is_broken(main, verb):
        return actor_before(said, main)
    return actor_before(said, verb)


def _is_stranger(ours: Actor, theirs: Actor, known: Known) -> bool:
    """Whether the sentence names somebody whom the quotes know, and the article does not there."""
    is_named = bool(ours.words) and not ours.pronouns
    return is_named and not ours.keys & theirs.keys and bool(ours.telling(known) & known.words)


def _may_be(ours: Actor, theirs: Actor, claim: Statement, known: Known) -> bool:
    """Whether a name and a description may mean the same: "the union" and what it is called."""
    if any(key in claim.places for key in theirs.keys):
        return False
    if ours.names(known):
        return not theirs.names(known) and theirs.is_definite
    return bool(theirs.names(known)) and ours.is_definite


def _nearer_one(match: Match, subject: Actor, verb: int) -> str | None:
    """Return the reason where another stands right before the article's verb, its own subject."""
    said = match.said
    nearest = max((place for place in said.chain if place < verb), default=None)
    if nearest is None or said.is_broken(nearest, verb):
        return None
    own = [at for key in subject.keys for at in said.places.get(key, ()) if at < verb]
    if own and not said.is_broken(max(own), verb):
        return None
    between = {fold(word.written) for word in said.words[nearest + 1 : verb]}
    word = said.words[nearest]
    is_noun = word.amount is None and not word.written.endswith("ly")
    if not between <= AUXILIARIES or word.key in match.claim.places or not is_noun:
        return None
    return _of([word])


def _is_another(match: Match) -> str | None:
    """Return the reason where X "is the mayor" in the sentence, and in the article Y is."""
    claim, said = match.claim, match.said
    verb = linking_verb(claim) or 0
    sides = [[at for at in claim.chain if at < verb], [at for at in claim.chain if at > verb]]
    named = [side for side in sides if side and all(claim.words[at].is_capital for at in side)]
    if len(named) == 2:  # "The Press Secretary is Karine Jean-Pierre"
        named = [each for each in named if not _has_title(claim, each)]
    if len(named) != 1:
        return None
    role_side = sides[1] if named[0] is sides[0] else sides[0]
    role = next((match.same[at] for at in _roles(claim, role_side) if at in match.same), None)
    of_role = {claim.words[at].key for at in role_side}
    names = [at for at in said.chain if said.words[at].is_capital]
    others = [at for at in names if said.words[at].key not in of_role]
    if role is None:
        return NOT_SO if any(_roles(claim, role_side)) else None
    if not others:
        return None
    nearest = said.words[min(others, key=lambda at: abs(at - role))]
    is_same = nearest.key in {claim.words[at].key for at in named[0]}
    return None if is_same else _of([nearest])


def _roles(claim: Statement, places: Sequence[int]) -> Iterator[int]:
    """Yield what says most of what somebody is: 43; of "the new mayor of Brannock", mayor, new."""
    if places and claim.words[places[0]].amount:
        yield places[0]
        return
    for place in reversed(places):
        before = claim.words[places[0] : place]
        is_behind = any(word.key in PREPOSITIONS for word in before)
        word = claim.words[place]
        if not is_behind and (not word.is_capital or word.key in TITLES):
            yield place


def _has_title(claim: Statement, places: Sequence[int]) -> bool:
    return any(claim.words[place].key in TITLES for place in places)
