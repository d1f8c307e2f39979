"""What stands in a text but is not the article: promotion, captions, links, site furniture.

Every pattern is about a whole paragraph, and in doubt the paragraph stays: a lost sentence is never
found again, while a left-over link only takes a little room.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

LONGEST_FURNITURE = 500  # characters
LONGEST_BIOGRAPHY = 300
LONGEST_CAPTION = 900
LONGEST_LABEL = 60  # such as "Interested in schools?" before "Sign up for our newsletter"
LONGEST_CREDIT = 160
LONGEST_IN_GALLERY = 600  # on average

NETWORK = (
    r"(?:Twitter|X|Facebook|Instagram|Threads|TikTok|Bluesky|YouTube|LinkedIn|Telegram|WhatsApp"
    r"|Pinterest|Reddit|Flipboard|Snapchat|Mastodon)"
)
AGENCY = (
    r"(?:AP|AFP|EPA(?:-EFE)?|EFE|UPI|REX|R(?:euters|EUTERS)|Getty(?: Images)?(?: [A-Z]\w+)*|Alamy"
    r"|Shutterstock|Xinhua|Bloomberg|Redux|Sipa USA|ZUMA(?: Press)?|Imagn Images|PA Wire|NurPhoto"
    r"|Anadolu(?: Agency)?|Associated Press|USA TODAY Sports)"
)
SENDING = r"(?:newsletters?|e?-?mail updates|mailing list|podcasts?|(?:news|our|breaking) alerts)"
APP = r"our (?:free |new |mobile |news )*app"

PROMOTION = (
    rf"(?:please )?(?:sign[ -]?up|subscribe|register)\b(?!,).{{0,120}}\b{SENDING}\b",
    r"(?:sign[ -]?up|subscribe) (?:now|today|for free|to (?:read|continue|keep))\b.{0,80}$",
    r"subscribe to (?:us|our|the [\w ]{2,40}|[\w.]+\.(?:com|org|net))(?: (?:today|now|here))?\W*$",
    r"(?:get|receive|want|love|interested|join|never miss|don[’']t miss|stay)\b[^.]{0,100}"
    r"\b(?:in|to) your (?:e?-?mail )?inbox\b",
    r"do you have (?:any )?questions\b.{0,300}"
    r"\b(?:curated content|award-winning|our (?:new )?platform)\b",
    r"(?:please |help |consider )?support(?:ing)? (?:our|local|quality|independent) (?:\w+ )?"
    r"journalism\b",
    r"thank(?:s| you) for (?:supporting|reading|subscribing to) our (?:\w+ )?"
    r"(?:journalism|work|newsroom|newspaper|paper|coverage)\b",
    rf"(?:download|get|install) {APP}\b",
    rf"(?:follow|like|find|join|connect with) us on (?:{NETWORK}|social media)\b",
    rf"follow (?:[\w’'.@-]+ ){{1,9}}(?:on|at) {NETWORK}\b(?: at\b)?\W*(?:@\S+|https?://\S+|$)",
    r"already a (?:subscriber|member)\?",
    r"(?:this|the full) (?:article|story|content) is (?:only )?(?:available )?(?:for|to) "
    r"(?:paying )?(?:subscribers|members)\b",
    r"become a (?:subscriber|member)\b.{0,60}$",
    r"would you like to receive\b.{0,80}\bnewsletter",
)
LINKS = (
    r"read (?:more|also|next|on|(?:the )?full (?:story|article))(?: here)?\W*$",
    r"read more\b.{0,80}\bhere\W*$",
    r"(?:read (?:more|also|next)|also read|see (?:also|more)|more(?: (?:from|on) [^:]{2,40})?"
    r"|related(?: (?:stories|story|coverage|content|articles?|links?|reading|topics))?"
    r"|you (?:may|might) also like|don[’']t miss|must[- ]read|trending)\s*:(?!//).{0,220}$",
    r"(?:related (?:stories|coverage|content|articles|links)|you (?:may|might) also like"
    r"|recommended for you|most read|trending now|more stories)\W*$",
    r"(?:click|tap) here\b.{0,200}$",
    r"(?:the )?(?:story|article) continues (?:below|after)\b[^,.]{0,60}\W*$",
)
CAPTIONS = (
    r"(?:photo|image|picture|photograph|illustration|graphic)s?"
    r"(?: (?:by|credits?|source|courtesy(?: of)?|caption))?\s*[:|].{0,250}$",
    r"(?:image|picture|media) (?:source|caption),",
    r"(?:photo|photograph|image|picture)s? (?:by|courtesy of|via) [^.]{2,80}\W*$",
    r"(?:file|representational|representative|illustrative|stock) (?:photo|image|picture)\b"
    r"[^.]{0,80}\W*$",
    r"credits? ?: ?[^.]{2,80}$",
    r"(?:in (?:photos|pictures)|(?:photo )?gallery)\s*:.{0,120}$",
    r"(?:<img\b|alt=)",
    r"(?:📷|📸)\W*(?:(?:photo|gallery)\b|[^@.!?]{2,40}$)",
    r"\[(?:photo|image|picture|illustration)\b[^\]]{0,160}\]$",
)
FURNITURE = (
    r"(?:date .{6,30} )?home\s*[»›→]",
    r"(?:skip to (?:main )?content|back to top|jump to (?:content|navigation))\W*$",
    r"(?:share|email|print|tweet) this (?:story|article|page|post)\b.{0,40}$",
    rf"share (?:on|via|to) (?:{NETWORK}|e-?mail)\b.{{0,40}}$",
    r"(?:we|this (?:web)?site) uses? cookies\b",
    r"by (?:continuing|clicking|using|browsing|closing)\b.{0,120}\b(?:cookies|privacy policy)\b",
    r"(?:accept|reject|manage|allow)(?: all)? cookies?\b.{0,40}$",
    r"(?:\d[\d,.]* comments?|comments?(?: \(\d+\))?|leave a (?:comment|reply)"
    r"|(?:view|show|read|see)(?: all)?(?: \d+)? comments|join the (?:conversation|discussion)"
    r"|(?:post|add) a comment)\W*$",
    r"(?:©|\(c\)|&copy;|copyright\s*(?:©|\(c\)|\d{4}))",
    r"all rights reserved\b",
    r"this material may not be (?:published|reproduced)\b",
    r"(?:advertisement|advertising|sponsored(?: content)?|paid content|loading(?: \w+)?)\W*$",
    r"(?:advertisement|advertorial|sponsored(?: content)?|paid content)\s*[:|]\s.{0,300}$",
    r"(?:video ad feedback|video player was slow|\d\. how relevant is this ad)\b",
)
OPENINGS = re.compile("|".join((*PROMOTION, *LINKS, *CAPTIONS, *FURNITURE)), re.IGNORECASE)
BEFORE_OPENING = "-–—•*_>»▶|([ "
LONGEST_LINK = 140  # and fewest words, of the title of another article
LINK_WORDS = 4
END_OF_TITLE = (*"!;:,…", *(".”", '."', ".’", ".'", "!”", "?”", ".)"))
LINKS_HEADING = re.compile(
    r"(?:related(?: (?:stories|story|coverage|content|articles?|links?|reading|topics))?"
    r"|more (?:from|on|in) [^.:]{2,40}|(?:more|recent|latest|top|must-read)(?: [^.:]{2,40})?"
    r" (?:news|stories|coverage|headlines)"
    r"|(?:read|see|watch) (?:also|more|next)"
    r"|also read|you (?:may|might) also like|recommended(?: for you)?|most (?:read|popular|viewed)"
    r"|trending(?: now)?|editor[’']?s[’']? (?:picks|choice)|don[’']t miss)\s*:?",
    re.IGNORECASE,
)
HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+")
SECOND_LEVEL = frozenset({"co", "com", "org", "net", "ac", "gov"})
BUTTONS = re.compile(
    rf"(?:(?:Share|Tweet|E-?mail|Print|Save|Comments?|Copy link|Post|Pin|{NETWORK})\b"
    r"[\s|·•,/+-]*){2,}|Share|Tweet|Print|Copy link",
    re.IGNORECASE,
)

# "… Sign up for our newsletter.", behind sentences that only lead up to it.
APPEAL = re.compile(r"[.!?:”\"’)]\s+(?=(?:Sign[ -]?up|Subscribe)\b)")
SENDING_ANYWHERE = re.compile(rf"\b{SENDING}\b|\binbox\b", re.IGNORECASE)
ADDRESSED = re.compile(r"\b(?:you|your|our|us|we|newsletter)\b", re.IGNORECASE)
SMALL_PRINT_WORDS = re.compile(r" (?:agree to|to object|may earn|independently of|rights reserved)")
SMALL_PRINT = re.compile(
    r"\bYou agree to\b.{0,200}\bPrivacy Policy\b"
    r"|^If you wish to object to the use of your data\b"
    r"|\bmay earn (?:us )?an? (?:affiliate )?(?:commission|fee)\b"
    r"|\bcontent is produced independently of [A-Z]"
    r"|(?:\d{4}|©|Copyright|Inc\.?|\|)[^\"“”]{0,80}\bAll rights reserved\b"
)
CONTACT = re.compile(r"\b(?:Reach|Follow|Email) (?:him|her|me|the reporters?) (?:at|on) \S+")

# The end of a caption says whose picture it is, without the full stop that ends a sentence.
NAMES = r"(?:[^.!?]|\b[A-Z]\.){2,60}"
CREDIT = re.compile(
    rf"(?:/|\bvia |© ?){AGENCY}\)?$|\bGetty Images\)?$"
    r"|(?:^|[.!?)”\"’]\s+|\(|\|\s?)(?:Photo|Photograph|Picture|Image)s?"
    rf"(?:(?: credit| courtesy)?\s*[:/]| (?:by|courtesy of|via|from))\s*{NAMES}$"
    rf"|\((?:{AGENCY} (?:(?:File )?Photo|Image|Picture)|(?:Photo|Image|Picture) (?:by|via|courtesy)"
    r"|(?:Photo|Image|Picture|Credit|Courtesy|Contributed)\s*:)[^()]{0,100}\)\W*$"
)
END_OF_PROSE = (".", "?", "!", ".”", '."', ".’", ".'", "?”", "!”")
FILE_CAPTION = re.compile(r"(?:FILE(?: PHOTO)?|File photo)\s*[-–—:]\s*\S")
ALTERNATIVE_TEXT = re.compile(r"\balt=.*>\s*$")
REPEATED_TEXT = re.compile(r"(?P<caption>.{10,400}?)\s+alt=[\"']?(?P=caption)")
MARKDOWN_IMAGES = re.compile(r"(?:\[?!\[[^\]]*\]\([^)]*\)(?:\]\([^)]*\))?\s*)+")
MARKDOWN_LINK = re.compile(r"\[([^\[\]]*)\]\([^()\s]*\)")
MARKS = "*_|"
MARKED = re.compile(r"(?:>\s*)*(?:(\*{1,3}|_{1,3})(?=\S).+\1|\|.+\|)|>.+", re.DOTALL)
CLIP = re.compile(r".{0,200}\b\d{1,2}:\d\d [-•] Source: [A-Z]")
GALLERY_PICTURE = re.compile(rf"/{AGENCY}(?= [A-Z]|\s*$)|\bHide Caption\b")


# A promotion is the publisher's own voice, asking the reader for something. What speaks for one
# and against it is counted; only a paragraph with a call, and with the publisher or one of its
# products in it, is ever dropped for its score.
LONGEST_PROMOTION = 400
PROMOTION_SCORE = 5
CALL_VERB = (
    r"(?:(?:please|now|just)\s+)?(?:get|join|subscribe|follow(?! along\b)|download|become"
    r"|sign[ -]?up|register|shop|win|enjoy|discover|book|order|try|support|donate|save(?! for\b)"
    r"|read|watch|listen|tune|take|visit|find|explore|start|stay|upgrade|give|buy|claim|grab"
    r"|receive|unlock|never miss|don[’']t miss|like us|treat|tell us|send us|enter|install|browse"
    r"|check out|be the first)\b(?!-)"
)
OPENING_CALL = re.compile(
    rf"(?P<question>[^.!?:\n]{{2,100}}\?\s+)?(?:[^.!?:\n]{{2,60}}[:!]\s*)?{CALL_VERB}",
    re.IGNORECASE,
)
LATER_CALL = re.compile(
    rf"[.!?:]\s+{CALL_VERB}"
    r"|(?:^|[.!?:]\s+)(?:our\s+)?(?:subscribers|members|readers)\b[^.,]{0,60}?"
    r"\s(?:save|get|enjoy|win)\b",
    re.IGNORECASE,
)
SUPPORTING = (  # a point each
    re.compile(r"\byou(?:r|rs|[’']re)?\b", re.IGNORECASE),
    re.compile(r"\b(?:[Oo]ur|us|[Ww]e)\b"),
    re.compile(
        r"\b(?:newsletters?|inbox|e-?mails?|apps?|alerts?|podcasts?|magazine|edition|quiz(?:zes)?"
        r"|bookshop|guides|social media|channels?|briefing)\b",
        re.IGNORECASE,
    ),
    re.compile(r"\b(?:subscri\w+|sign[ -]?up|member(?:s|ship)?|readers?[’']?)\b", re.IGNORECASE),
    re.compile(
        r"\b(?:free|save (?:up|\d)|discounts?|offers?|vouchers?|tickets?|euros?|pounds|percent"
        r"|price of|an? (?:month|week|year)|without limits|unlimited)\b|%|[€£$]\s?\d",
        re.IGNORECASE,
    ),
    re.compile(r"!"),
)
OPPOSING = re.compile(  # three points off: somebody's words, or a report of what happened
    r"[\"“”„«]|\b(?:said|says|told|according|announced|reported|wrote|warned|urged|asked|added|was"
    r"|were|had|did|he|she|his|her|they|their)\b",
    re.IGNORECASE,
)
OWN_PRODUCT = re.compile(
    r"\b[Oo]ur\b[^.!?]{0,60}?\b(?:newsletters?|podcasts?|apps?|channels?|magazine|edition|quiz"
    r"|journalism|reporting|coverage|(?:web)?site|guides|videos|correspondents|newsroom|readers[’']?"
    r"|subscribers|subscription|alerts|briefing)\b"
)


def is_boilerplate(paragraph: str, publisher: str | None = None) -> bool:
    """Tell whether a paragraph is certainly no part of the article, which `publisher` brought."""
    written = paragraph.strip()
    paragraph = _plain(written)
    if len(paragraph) <= LONGEST_FURNITURE and _is_furniture(paragraph):
        return True
    if len(paragraph) <= LONGEST_CAPTION and (_is_caption(paragraph) or _is_picture(written)):
        return True
    if len(written) <= LONGEST_PROMOTION and _is_promotion(paragraph, written, publisher):
        return True
    return _is_gallery(paragraph)


def find_links(paragraphs: Sequence[str]) -> set[int]:
    """Return which paragraphs are headings of lists of links, and the titles in these lists.

    A list is what follows the heading, up to the next paragraph that is more than a title. Without
    a heading only links that end the text, and are nothing else, count: a bare line may be a fact.
    """
    found = _closing_links(paragraphs)
    heading: int | None = None
    for number, paragraph in enumerate(paragraphs):
        plain = _plain(paragraph.strip()) if len(paragraph) <= LONGEST_LINK else paragraph
        if len(plain) <= LONGEST_LABEL and LINKS_HEADING.fullmatch(plain):
            heading = number
        elif heading is not None and _is_title(plain):
            found.update((heading, number))
        elif plain:
            heading = None
    return found


def _closing_links(paragraphs: Sequence[str]) -> set[int]:
    found: set[int] = set()
    for number in range(len(paragraphs) - 1, 0, -1):
        paragraph = paragraphs[number].strip(f"{BEFORE_OPENING}{MARKS}")
        link = MARKDOWN_LINK.fullmatch(f"[{paragraph}") if "](" in paragraph else None
        if link and _is_title(link[1].strip()):
            found.add(number)
        elif paragraph:
            break
    return found


def _plain(paragraph: str) -> str:
    """Return what a reader sees of a paragraph in Markdown: no stars, no addresses of links."""
    if "](" in paragraph:
        paragraph = MARKDOWN_LINK.sub(r"\1", paragraph)
    return paragraph.strip(MARKS).strip()


def _is_title(plain: str) -> bool:
    words = plain.lstrip(BEFORE_OPENING)
    return (
        len(words) <= LONGEST_LINK
        and len(words.split()) >= LINK_WORDS
        and not words.endswith((*END_OF_TITLE, *END_OF_PROSE[:1]))
        and not words[0].islower()
    )


def _is_promotion(paragraph: str, written: str, publisher: str | None) -> bool:
    """Tell whether the points of a paragraph suffice; see the table above."""
    is_named = publisher is not None and _names(paragraph, publisher)
    if not is_named and not OWN_PRODUCT.search(paragraph):
        return False
    opening = OPENING_CALL.match(paragraph.lstrip(BEFORE_OPENING))
    if not opening and not LATER_CALL.search(paragraph):
        return False
    score = 2 if opening else 1
    score += bool(opening and opening["question"]) + 2 * is_named + bool(MARKED.fullmatch(written))
    score += sum(bool(feature.search(paragraph)) for feature in SUPPORTING)
    score -= 3 * bool(OPPOSING.search(paragraph))
    return score >= PROMOTION_SCORE


def _names(paragraph: str, publisher: str) -> bool:
    """Tell whether a paragraph names its publisher, with capitals but for words such as "of"."""
    small = publisher.split()
    return any(
        all(not word[0].islower() or word in small for word in match[0].split())
        for match in _name_pattern(publisher).finditer(paragraph)
    )


@lru_cache(maxsize=1000)
def _name_pattern(publisher: str) -> re.Pattern[str]:
    """Return what finds a publisher's name, be it stated as "The Daily" or as daily.example."""
    if HOST.fullmatch(publisher):
        labels = [label for label in publisher.split(".")[:-1] if label not in SECOND_LEVEL]
        letters = labels[-1].replace("-", "") if labels else publisher
        rest = r"[\s-]?".join(["", *map(re.escape, letters[1:])])
    else:
        letters = re.sub(r"(?i)^the\s+", "", publisher)
        rest = r"\s+".join(map(re.escape, letters[1:].split(" ")))
    first = re.escape(letters[:1].upper())  # a letter to look for at once is what makes it quick
    return re.compile(rf"{first}(?<!\w{first})(?i:{rest})(?!\w)")


def _is_picture(written: str) -> bool:
    """Tell whether a paragraph is pictures in Markdown, or a caption and the same once more."""
    if "![" in written and MARKDOWN_IMAGES.fullmatch(written):
        return True
    return " alt=" in written and bool(REPEATED_TEXT.match(written))


def _is_furniture(paragraph: str) -> bool:
    if OPENINGS.match(paragraph.lstrip(BEFORE_OPENING)) or BUTTONS.fullmatch(paragraph):
        return True
    if SMALL_PRINT_WORDS.search(paragraph) and SMALL_PRINT.search(paragraph):
        return True
    if len(paragraph) <= LONGEST_BIOGRAPHY and CONTACT.search(paragraph):
        return True
    return _is_appeal(paragraph)


def _is_appeal(paragraph: str) -> bool:
    """Tell whether a paragraph ends by asking to sign up and says nothing else before."""
    if "Sign" not in paragraph and "Subscribe" not in paragraph:
        return False
    appeal = APPEAL.search(paragraph)
    if appeal is None or not SENDING_ANYWHERE.search(paragraph):
        return False
    return appeal.start() < LONGEST_LABEL or bool(ADDRESSED.search(paragraph, 0, appeal.start()))


def _is_caption(paragraph: str) -> bool:
    if FILE_CAPTION.match(paragraph) or "Hide Caption" in paragraph:
        return True
    if "Source: " in paragraph and CLIP.match(paragraph):
        return True
    if "alt=" in paragraph and ALTERNATIVE_TEXT.search(paragraph):
        return True
    is_prose = paragraph.endswith(END_OF_PROSE) and ")" not in paragraph[-3:]
    return not is_prose and bool(CREDIT.search(paragraph, max(0, len(paragraph) - LONGEST_CREDIT)))


def _is_gallery(paragraph: str) -> bool:
    """Tell whether a paragraph is the captions of several pictures, run together."""
    if "/" not in paragraph and "Hide Caption" not in paragraph:
        return False
    pictures = len(GALLERY_PICTURE.findall(paragraph))
    return pictures >= 2 and len(paragraph) <= pictures * LONGEST_IN_GALLERY
