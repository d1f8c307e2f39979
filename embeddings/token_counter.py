"""Counts a WordPiece embedder's tokens without loading the model."""

import re
from pathlib import Path

from tokenizers import Tokenizer

CACHED_WORDS = 300_000  # a large archive's frequent words; about 30 MB
# White space to Python, but nothing at all to the tokenizer, which joins the words around it.
JOINING = re.compile(r"[\x0b\x0c\x1c-\x1f\x85]")


class WordPieceTokenCounter:
    """Exact, because WordPiece never joins across white space: a text has its words' tokens.

    Counting words from a cache is some twenty times as fast as tokenizing the text anew.
    """

    def __init__(self, tokenizer_file: Path, *, max_tokens: int) -> None:
        self._tokenizer = Tokenizer.from_file(str(tokenizer_file))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._max_tokens = max_tokens
        self._counts: dict[str, int] = {}

    @property
    def max_tokens(self) -> int:
        return self._max_tokens

    def count_tokens(self, text: str) -> int:
        if JOINING.search(text):
            text = JOINING.sub("", text)
        counts = self._counts
        try:
            return sum(map(counts.__getitem__, text.split()))
        except KeyError:
            return sum(map(self._count_word, text.split()))

    def _count_word(self, word: str) -> int:
        count = self._counts.get(word)
        if count is None:
            count = len(self._tokenizer.encode(word, add_special_tokens=False).ids)
            if len(self._counts) < CACHED_WORDS:
                self._counts[word] = count
        return count
