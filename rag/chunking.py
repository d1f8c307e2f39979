"""Article -> chunks: whole sentences, counted in the embedder's tokens, with exact offsets."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from embeddings.protocols import TokenCounter
from rag.sentences import split_sentences, trim
from rag.types import Article, Chunk, Span

CHARACTERS_PER_TOKEN = 20  # beyond this a piece is no prose (one endless word is one token)
SPECIAL_TOKENS = 2


@dataclass(frozen=True, slots=True)
class ChunkSettings:
    """`tokens` is the most a chunk holds; `overlap_sentences` begin the next chunk again."""

    tokens: int = 200
    overlap_sentences: int = 1


@dataclass(frozen=True, slots=True)
class CountedSpan:
    start: int
    end: int
    tokens: int


def split_chunks(
    text: str, count_tokens: Callable[[str], int], settings: ChunkSettings
) -> list[Chunk]:
    """Return the chunks in order; together they hold every sentence of `text`.

    A sentence longer than a chunk is divided between words. The overlap is left out where it
    would leave no room for the next sentence.
    """
    pieces = [
        piece
        for sentence in split_sentences(text)
        for piece in _divide(text, sentence, count_tokens, settings.tokens)
    ]
    chunks: list[Chunk] = []
    first = 0
    while first < len(pieces):
        last = _fill(pieces, first, settings.tokens)
        tokens = sum(piece.tokens for piece in pieces[first : last + 1])
        chunks.append(Chunk(pieces[first].start, pieces[last].end, tokens))
        if last == len(pieces) - 1:
            break
        first = _next_first(pieces, first, last, settings)
    return chunks


def _fill(pieces: list[CountedSpan], first: int, limit: int) -> int:
    """Return the last piece that still fits in a chunk that begins with `first`."""
    tokens = pieces[first].tokens
    last = first
    while last + 1 < len(pieces) and tokens + pieces[last + 1].tokens <= limit:
        last += 1
        tokens += pieces[last].tokens
    return last


def _next_first(pieces: list[CountedSpan], first: int, last: int, settings: ChunkSettings) -> int:
    following = last + 1
    start = max(first + 1, following - settings.overlap_sentences)
    while start < following:
        if sum(piece.tokens for piece in pieces[start : following + 1]) <= settings.tokens:
            return start
        start += 1
    return following


def _divide(
    text: str, sentence: Span, count_tokens: Callable[[str], int], limit: int
) -> Iterator[CountedSpan]:
    """Yield the sentence whole where it fits, else its parts, cut at white space if possible."""
    words = text[sentence.start : sentence.end]
    tokens = count_tokens(words)
    longest = limit * CHARACTERS_PER_TOKEN
    if tokens <= limit and len(words) <= longest:
        yield CountedSpan(sentence.start, sentence.end, tokens)
        return
    cut = _middle(words)
    yield from _divide(text, trim(text, sentence.start, sentence.start + cut), count_tokens, limit)
    yield from _divide(text, trim(text, sentence.start + cut, sentence.end), count_tokens, limit)


def _middle(words: str) -> int:
    """Return where to cut: at the last white space of the first half, else in the very middle."""
    half = len(words) // 2
    for cut in range(half, 0, -1):
        if words[cut].isspace():
            return cut
    return half


def embedded_text(article: Article, chunk_text: str) -> str:
    """Return what is embedded and indexed for a chunk: its article's heading, then its own text."""
    return f"{heading(article)}\n{chunk_text}"


def fitted_text(article: Article, chunk_text: str, counter: TokenCounter) -> str:
    """Return `embedded_text` with only as much of the heading as the embedder's limit leaves."""
    room = counter.max_tokens - SPECIAL_TOKENS - counter.count_tokens(chunk_text)
    kept: list[str] = []
    for word in heading(article).split():
        room -= counter.count_tokens(word)
        if room < 0:
            break
        kept.append(word)
    return f"{' '.join(kept)}\n{chunk_text}"


def heading(article: Article) -> str:
    """Return title, publisher and date: `Trip confirmed. AP, 14 June 2023.`."""
    published = article.published_on
    day = f"{published.day} {published:%B %Y}" if published else None
    source = ", ".join(part for part in (article.publisher, day) if part)
    return " ".join(f"{part}." for part in (article.title.rstrip("."), source) if part)
