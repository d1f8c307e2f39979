"""Whether a written sentence declines to answer, in whatever words models choose."""

import re

TEXTS = r"(?:(?:news )?(?:articles?|excerpts?|passages?|texts?|sources?|contexts?|documents?))"
TELL = r"(?:say|mention|contain|provide|specify|state|give|include|answer|reveal|tell|indicate)"
DECLINING = re.compile(
    rf"""
    ^(?:(?:the|these|this)\ )?(?:(?:given|provided|available)\ )?{TEXTS}\b
        (?:\ \w+){{0,3}}?\ (?:(?:do|does|did)\ not|don['’]t|doesn['’]t|never)\ (?:\w+\ )?{TELL}
    | ^none\ of\ the\ (?:given\ )?{TEXTS}\b(?:\ \w+){{0,3}}?\ {TELL}
    | ^there\ is\ no\ (?:\w+\ ){{0,2}}(?:information|mention|answer|data|details?)
    | ^no\ (?:\w+\ ){{0,2}}(?:information|answer|details?)\ (?:is|are|was|were|can)
    | ^(?:i\ am\ sorry|i['’]m\ sorry|sorry|unfortunately),?\ (?:but\ )?(?:i|the|there)\b
    | ^i\ (?:do\ not|don['’]t|cannot|can['’]t|could\ not|am\ unable)
    | \b(?:is|are|was|were)\ not\ (?:\w+\ )?
        (?:mentioned|specified|stated|provided|given|said|disclosed|named)
        \ (?:\w+\ )?(?:in|by)\ (?:the|any|these)\ (?:given\ |provided\ )?{TEXTS}\b
    """,
    re.IGNORECASE | re.VERBOSE,
)


def declines(sentence: str) -> bool:
    """Whether it says that the articles do not answer; what it says besides does not count."""
    return DECLINING.search(sentence) is not None
