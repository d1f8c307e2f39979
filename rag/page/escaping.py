"""Untrusted text -> HTML that shows it and does nothing else: the only way onto the page."""

import html
import re
from datetime import date
from urllib.parse import urlsplit

PARAGRAPH_BREAK = re.compile(r"\s*\n\s*\n\s*")
SPACE = re.compile(r"\s+")
# They reverse what follows, beyond the text they stand in.
DIRECTION_MARKS = re.compile("[\u202a-\u202e\u2066-\u2069]")


def text(value: str) -> str:
    """Return `value` as HTML that reads the same, also inside an attribute's quotes."""
    return html.escape(DIRECTION_MARKS.sub("", value), quote=True)


def running_text(value: str) -> str:
    """Return `value` with its paragraphs kept apart and its line breaks dropped."""
    paragraphs = PARAGRAPH_BREAK.split(value)
    return '<span class="paragraph"></span>'.join(
        text(SPACE.sub(" ", paragraph)) for paragraph in paragraphs
    )


def link(url: str | None) -> str:
    """Return a link that names the site, or nothing where `url` is none that a page may offer."""
    host = web_host(url)
    if url is None or host is None:
        return ""
    return (
        f'<a class="outside" href="{text(url)}" target="_blank" '
        f'rel="noopener noreferrer nofollow">{text(host)} ↗</a>'
    )


def web_host(url: str | None) -> str | None:
    """Return the host of an http(s) address; None for anything else, scripts above all."""
    if url is None or url != url.strip() or not url.isprintable():
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host and parts.scheme in ("http", "https") else None


def day(value: date | None) -> str:
    if value is None:
        return ""
    return f'<time datetime="{value.isoformat()}">{value.day} {value:%B %Y}</time>'


def render_trouble(sentence: str) -> str:
    return f'<p class="trouble" role="alert">{text(sentence)}</p>'
