"""The closed classes of English, and a letter for every word: no tagger, no model.

A word that is in none of the classes is an open one: a noun, a verb, an adjective; which, it
can't tell.
"""

import re
from dataclasses import dataclass


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


BE_HAVE = words("is are was were be been being am has have had")
SUPPORT = words("do does did will would shall should can could may might must")
AUXILIARIES = BE_HAVE | SUPPORT
PREPOSITIONS = words(
    "about above across after against along among around at away back before behind below beneath "
    "beside besides between beyond by concerning despite down during except following for from in "
    "inside into near of off on onto out outside over past per regarding since through throughout "
    "till to toward towards under until up upon versus with within without"
)
ATTACHING = words("against at between for from in on about over into near off with")
DETERMINERS = words(
    "the a an this that these those another his her its their my our your all two three four five "
    "six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen twenty thirty forty "
    "fifty hundred"
)
QUANTIFIERS = words("some any every each no both many several most few what which whose")
ORDINALS = words("first second third fourth fifth sixth next")
PRONOUNS = words(
    "i you he him she hers it they them theirs we us ours me mine himself herself itself "
    "themselves one ones who whom"
)
CLAUSE_OPENERS = words(
    "that who whom which when where while because if although though before after since until "
    "whether than as and but or so why how what"
)
ADVERBS = words(
    "not else also then there here now ever never just only still yet again already soon later ago "
    "too instead exactly very more less least further far long often really actually yes percent "
    "according today yesterday tomorrow"
)
CLOSED = frozenset().union(
    *(AUXILIARIES, PREPOSITIONS, DETERMINERS, QUANTIFIERS, ORDINALS),
    *(PRONOUNS, CLAUSE_OPENERS, ADVERBS),
)
JOINERS = words("& de la van von der bin al")  # within a name
IRREGULAR = words(
    "beat became began bought broke brought built burst came caught chose cut died drew drove "
    "fell felt flew fought found gave given got grew held hit hurt kept knew known led left "
    "lost made meant met paid put ran rose said sang sank sat saw seen sent set shot shut "
    "sold spent split spoke spoken spread stole stolen stood struck taken taught thought "
    "threw told took went won wore written wrote"
)
LONGEST_ED_NOUN = 4  # characters: "seed", "bed"
MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
TIME = re.compile(
    rf"\b(?:\d{{1,2}} {MONTH}(?: \d{{4}})?|{MONTH}(?: \d{{1,2}}\b)?(?:,? \d{{4}})?"
    r"|(?:1[5-9]|20)\d\d|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|(?:last|next|this) (?:week|month|year|spring|summer|autumn|winter))\b"
)
WORD = re.compile(r"\d[\d.,]*\d|[^\W_](?:[\w’'.-]*\w)?|&")
POSSESSOR = re.compile(r"[’']s?$")
SENTENCE_START = re.compile(r"[.!?:“]\W*$")


class Tag:
    """One letter per word, so that phrases are found by regular expressions over the letters."""

    NAME, POSSESSOR, OPEN, PAST, NUMBER, ORDINAL = "N", "S", "O", "V", "#", "R"
    DETERMINER, OF, TO, ATTACHING, PREPOSITION, JOINER = "D", "f", "t", "A", "P", "J"
    SUPPORT, BE_HAVE, TIME, AND, OTHER, BREAK = "X", "B", "T", "+", "C", "."


CLASSES = (
    (Tag.SUPPORT, SUPPORT),
    (Tag.BE_HAVE, BE_HAVE),
    (Tag.OF, words("of")),
    (Tag.TO, words("to")),
    (Tag.DETERMINER, DETERMINERS),
    (Tag.ORDINAL, ORDINALS),
    (Tag.AND, words("and")),
    (Tag.ATTACHING, ATTACHING),
    (Tag.PREPOSITION, PREPOSITIONS),
    (Tag.OTHER, CLOSED),
)


@dataclass(frozen=True, slots=True)
class Tagged:
    """A text's words: `tags[n]` is the tag of `text[spans[n]]`; a break has an empty span."""

    text: str
    tags: str
    spans: tuple[tuple[int, int], ...]

    def slice(self, first: int, end: int) -> str:
        return self.text[self.spans[first][0] : self.spans[end - 1][1]]


def tag(text: str) -> Tagged:
    times = [match.span() for match in TIME.finditer(text)]
    found = list(WORD.finditer(text))
    tags: list[str] = []
    spans: list[tuple[int, int]] = []
    for number, match in enumerate(found):
        gap = text[found[number - 1].end() if number else 0 : match.start()]
        if gap.strip(" “”‘\n") or gap.count("\n") > 1:
            tags.append(Tag.BREAK)
            spans.append((match.start(), match.start()))
        if any(start <= match.start() < end for start, end in times):
            tags.append(Tag.TIME)
        else:
            first = number == 0 or SENTENCE_START.search(gap) is not None
            tags.append(_tag_word(match[0], _next(text, found, number) if first else None))
        spans.append(match.span())
    return Tagged(text, "".join(tags), tuple(spans))


def is_past(word: str) -> bool:
    """Whether the word is likely a verb in the past, or its participle."""
    return word in IRREGULAR or (word.endswith("ed") and len(word) > LONGEST_ED_NOUN)


def _next(text: str, found: list[re.Match[str]], number: int) -> str:
    """Return the word that follows with no more than a space between; "" at a break."""
    following = found[number + 1] if number + 1 < len(found) else None
    if following is None or text[found[number].end() : following.start()].strip():
        return ""
    return following[0]


def _tag_word(word: str, following: str | None) -> str:
    """Return the word's tag; `following` is None where it does not begin a sentence."""
    plain, begins = word.casefold(), following is not None
    if word == "&" or (plain in JOINERS and not begins):
        return Tag.JOINER
    if word[0].isdigit():
        return Tag.NUMBER
    if word[0].isupper() and (plain not in CLOSED or not (begins or word.istitle())):
        bare = POSSESSOR.sub("", word)
        if bare != word:
            return Tag.POSSESSOR
        return Tag.NAME if following is None or _may_be_name(word, following) else Tag.OPEN
    for letter, class_ in CLASSES:
        if plain in class_:
            return letter
    return Tag.PAST if is_past(plain) else Tag.OPEN


def _may_be_name(word: str, following: str) -> bool:
    """Whether a sentence's first word may be a name, told by the word that follows it."""
    if not following or following[0].isupper() or following in ("&", "and"):
        return True
    return not word.endswith("s") and (following in AUXILIARIES or is_past(following))
