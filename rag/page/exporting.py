"""Conversations as files to take along: Markdown for people, JSON lines for programs."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

from rag.conversations import KeptExchange, Rating
from rag.page.conversation import Conversation, Exchange, citations
from rag.page.copying import as_markdown, plain
from rag.page.keeping import SINCE

UNUSUAL = re.compile(r"[^\w-]+")
LONGEST_NAME = 60
MARKDOWN, JSON_LINES = "md", "jsonl"  # how the files end


@dataclass(frozen=True, slots=True)
class File:
    """What the browser saves."""

    name: str
    content: str


def file_name(title: str, ending: str) -> str:
    """Return a name that every system takes."""
    stem = UNUSUAL.sub("-", title)[:LONGEST_NAME].strip("-")
    return f"{stem or 'conversation'}.{ending}"


def to_markdown(title: str, conversation: Conversation) -> str:
    parts = [f"# {plain(title)}", *(_exchange(each) for each in conversation)]
    return "\n\n".join(parts) + "\n"


def to_json_lines(conversation: str, kept: Iterable[KeptExchange]) -> str:
    """Return a line for each question; of the articles it has the words quoted."""
    return "".join(f"{_line(conversation, exchange)}\n" for exchange in kept)


def _exchange(exchange: Exchange) -> str:
    parts = [f"## {exchange.number}. {plain(exchange.question)}"]
    if exchange.answer:
        parts.append(as_markdown(exchange.answer))
        parts += [f"*“{plain(title)}” {since}.*" for title, since in _changes(exchange)]
    else:
        parts.append(f"*{plain(exchange.error or 'Stopped')}*")
    if exchange.rating:
        parts.append(f"*{_verdict(exchange.rating)}*")
    return "\n\n".join(parts)


def _changes(exchange: Exchange) -> list[tuple[str, str]]:
    """Return which cited articles are no longer what they were, by title, and how."""
    cited = {citation.article.id: citation.article.title for citation in citations(exchange)}
    fates = exchange.outdated
    return [(title, SINCE[fates[id_]]) for id_, title in cited.items() if id_ in fates]


def _verdict(rating: Rating) -> str:
    verdict = "Rated good" if rating.good else "Rated bad"
    return f"{verdict}: {plain(rating.reason)}" if rating.reason else verdict


def _line(conversation: str, kept: KeptExchange) -> str:
    exchange = kept.form.get("exchange")
    form = exchange if isinstance(exchange, dict) else {}
    rating = kept.rating and {"good": kept.rating.good, "reason": kept.rating.reason}
    known = {name: form.get(name) for name in ("answer", "evidence", "stopped", "error")}
    told = {
        "conversation": conversation,
        "number": kept.number,
        "question": kept.question,
        **known,
        "articles": kept.form.get("articles"),
        "rating": rating,
    }
    return json.dumps(told, ensure_ascii=False)
