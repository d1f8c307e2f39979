"""The archive as one leafs through it: a page of the list, by day or by words."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from rag.archive import Archive
from rag.limits import describe_limits
from rag.page.escaping import day, link, text
from rag.page.reader import headline_of, opening
from rag.types import NO_LIMITS, Article, Limits, Passage, Question

PER_PAGE = 25
MOST_FOUND = 100  # articles that have the words; who looks further looks for other words
PASSAGES_FOUND = 4 * MOST_FOUND  # several may be of one article
EXCERPT = 180  # characters of the passage that has the words
TURN, RESET, REMOVE = "turn", "reset", "remove"  # what the controls do, beside opening


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a visitor wants to see; pages are counted from 0."""

    words: str = ""
    limits: Limits = NO_LIMITS
    page: int = 0

    @property
    def is_everything(self) -> bool:
        return not self.words and not self.limits


@dataclass(frozen=True, slots=True)
class Entry:
    """An article in the list; `start` and `end` are of the passage that has the words."""

    article: Article
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Shelf:
    """A page of the list, of `total` articles.

    `only_near` says that none has the words and these are near them in meaning.
    """

    wanted: Wanted
    entries: tuple[Entry, ...]
    total: int
    only_near: bool = False

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PER_PAGE))


def browse(archive: Archive, wanted: Wanted) -> Shelf:
    """Return what is wanted: newest first, or what has the words, best first.

    A page beyond the last is the last.

    Raises:
        RagError: the archive or its embedder cannot be used.
    """
    return _found(archive, wanted) if wanted.words.strip() else _listed(archive, wanted)


def render_shelf(shelf: Shelf) -> str:
    reset = _reset(shelf.wanted)
    if not shelf.entries:
        return f'<p class="hint"><span role="status">{_nothing(shelf.wanted)}</span></p>{reset}'
    items = "".join(_item(entry) for entry in shelf.entries)
    return (
        f'<p class="facts heading"><span role="status">{_heading(shelf)}</span>{reset}</p>'
        f'<ol class="shelf" start="{shelf.wanted.page * PER_PAGE + 1}">{items}</ol>{_pager(shelf)}'
    )


def render_removed(title: str | None) -> str:
    """Return what is said after a removal; None: the article was gone already."""
    told = "It was gone already." if title is None else f"Removed: {text(title)}"
    return f'<p class="about" role="status">{told}</p>'


def _listed(archive: Archive, wanted: Wanted) -> Shelf:
    total = archive.count_within(wanted.limits)
    wanted = _on_a_page(wanted, total)
    articles = archive.newest(wanted.limits, offset=wanted.page * PER_PAGE, count=PER_PAGE)
    return Shelf(wanted, tuple(map(Entry, articles)), total)


def _found(archive: Archive, wanted: Wanted) -> Shelf:
    question = Question(wanted.words).within(wanted.limits)
    found = _by_article(archive.lexical_retriever.retrieve(question, PASSAGES_FOUND))
    only_near = not found
    if only_near:
        found = _by_article(archive.dense_retriever.retrieve(question, PER_PAGE))
    wanted = _on_a_page(wanted, len(found))
    first = wanted.page * PER_PAGE
    return Shelf(wanted, tuple(found[first : first + PER_PAGE]), len(found), only_near)


def _by_article(passages: Iterable[Passage]) -> list[Entry]:
    """Return each article with its best passage, best first."""
    entries: dict[str, Entry] = {}
    for passage in passages:
        entry = Entry(passage.article, passage.start, passage.end)
        entries.setdefault(passage.article.id, entry)
    return list(entries.values())[:MOST_FOUND]


def _on_a_page(wanted: Wanted, total: int) -> Wanted:
    last = max(0, (total - 1) // PER_PAGE)
    return replace(wanted, page=min(max(wanted.page, 0), last))


def _heading(shelf: Shelf) -> str:
    counted = "1 article" if shelf.total == 1 else f"{shelf.total:,} articles"
    if shelf.only_near:
        told = f"No article has these words. Nearest in meaning: {counted}"
    elif shelf.wanted.words.strip():
        most = "the best " if shelf.total == MOST_FOUND else ""
        told = f"{most.capitalize()}{counted} with these words, best first"
    else:
        told = f"{counted}, newest first"
    if limited := describe_limits(shelf.wanted.limits):
        told += f" · only {text(', '.join(limited))}"
    return told


def _nothing(wanted: Wanted) -> str:
    if wanted.is_everything:
        return "There are no articles yet; add some under “Add articles”."
    return "No article matches."


def _reset(wanted: Wanted) -> str:
    if wanted.is_everything:
        return ""
    return f'<button type="button" class="quiet" data-act="{RESET}">Show all articles</button>'


def _item(entry: Entry) -> str:
    article = entry.article
    facts = (text(article.publisher or ""), day(article.published_on), link(article.url))
    return (
        f'<li class="entry"><button type="button" class="headline" {opening(article)}>'
        f'{headline_of(article)}</button><p class="facts">{" · ".join(filter(None, facts))}</p>'
        f"{_excerpt(entry)}"
        f'<details class="removal"><summary>Remove</summary><p>It will no longer be found, quoted '
        "or cited. Only adding it again brings it back. "
        f'<button type="button" data-act="{REMOVE}" data-article="{text(article.id)}" '
        f'aria-label="Remove {text(article.title)}">Remove it for good</button></p></details></li>'
    )


def _excerpt(entry: Entry) -> str:
    words = " ".join(entry.article.text[entry.start : entry.end].split())
    if not words:
        return ""
    cut = words[:EXCERPT].rpartition(" ")[0] + " …" if len(words) > EXCERPT else words
    return f'<p class="excerpt">{text(cut)}</p>'


def _pager(shelf: Shelf) -> str:
    if shelf.pages == 1:
        return ""
    page, last = shelf.wanted.page, shelf.pages - 1
    turns = (("First", 0), ("Back", page - 1), ("Next", page + 1), ("Last", last))
    buttons = "".join(
        f'<button type="button" class="quiet" data-act="{TURN}" data-page="{to}"'
        f"{'' if 0 <= to <= last and to != page else ' disabled'}>{name}</button>"
        for name, to in turns
    )
    told = f"<span>Page {page + 1:,} of {shelf.pages:,}</span>"
    return f'<nav class="pager" aria-label="Pages">{buttons}{told}</nav>'
