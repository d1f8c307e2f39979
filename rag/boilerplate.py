"""What stands in a text but is not the article: promotion, captions, links, site furniture.

Every pattern is about a whole paragraph, and in doubt the paragraph stays: a lost sentence is never
found again, while a left-over link only takes a little room.
"""

import re

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
    r"(?:video ad feedback|video player was slow|\d\. how relevant is this ad)\b",
)
OPENINGS = re.compile("|".join((*PROMOTION, *LINKS, *CAPTIONS, *FURNITURE)), re.IGNORECASE)
BEFORE_OPENING = "-–—•*>»▶|([ "
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
CLIP = re.compile(r".{0,200}\b\d{1,2}:\d\d [-•] Source: [A-Z]")
GALLERY_PICTURE = re.compile(rf"/{AGENCY}(?= [A-Z]|\s*$)|\bHide Caption\b")


def is_boilerplate(paragraph: str) -> bool:
    """Tell whether a paragraph is certainly no part of the article."""
    paragraph = paragraph.strip()
    if len(paragraph) <= LONGEST_FURNITURE and _is_furniture(paragraph):
        return True
    if len(paragraph) <= LONGEST_CAPTION and _is_caption(paragraph):
        return True
    return _is_gallery(paragraph)


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
