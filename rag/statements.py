"""What somebody said: whom a question asks to have said it, and sentences in which they say it."""

import re

from rag.checks.variants import VARIANTS
from rag.checks.wording import stem
from rag.words import content_stems

SPEAKING = (
    r"(?:say|said|tell|told|call for|called for|deny|denied|reply|replied|think|thought"
    r"|(?:announce|argue|propose|promise)d?"
    r"|(?:claim|warn|demand|respond|react|comment|explain|insist|suggest)(?:ed)?|admit(?:ted)?)"
)
ASKED = re.compile(
    rf"\b(?:what|how|why|who) (?:did|does|do|has|have) (?P<who>(?:(?!\b{SPEAKING}\b)[^?,])+?) "
    rf"(?:(?:to|publicly|already|ever) )?{SPEAKING}\b",
    re.IGNORECASE,
)
ACCORDING = re.compile(r"\baccording to (?P<who>[^?,]+)", re.IGNORECASE)
SPEECH = {stem(word) for word in VARIANTS.speech}
WORD = re.compile(r"[\w’'-]+")
PASSIVE = {"be", "is", "are", "was", "were", "been"}
BEFORE, BEHIND = 8, 5  # words from a speaker's name to the verb: "Mao Ning, a spokeswoman, said"
NAMED = 2 / 3  # of the speaker's words: "China's foreign ministry" is the Chinese one
LONGEST = 6  # words that name a speaker; more is a clause


def asked_speaker(question: str) -> frozenset[str]:
    """Return the stems of the words that name whose statement is asked for; none for nobody's."""
    match = ASKED.search(question) or ACCORDING.search(question)
    named = match["who"] if match and len(match["who"].split()) <= LONGEST else ""
    return frozenset(content_stems(named))


def is_statement(sentence: str, speaker: frozenset[str]) -> bool:
    """Whether the sentence has the speaker say something."""
    words = WORD.findall(sentence)
    stems = [stem(word) for word in words]
    for place, verb in enumerate(stems):
        is_passive = place > 0 and words[place - 1].casefold() in PASSIVE
        if verb in SPEECH and not is_passive:
            near = " ".join(words[max(0, place - BEFORE) : place + 1 + BEHIND])
            named = speaker.intersection(content_stems(near))
            if named and len(named) >= NAMED * len(speaker):
                return True
    return False
