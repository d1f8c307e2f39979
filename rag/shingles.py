"""Runs of three words as numbers: how much of one text another one has, and what to find it by."""

import zlib

import numpy as np
import numpy.typing as npt

RUN = 3  # words; two tell too little, of four a lightly edited copy keeps too few
WINDOW = 20  # runs, about a sentence
TOLD = 0.12  # share of a window's runs that the other text must have
SKETCH = 32  # runs that stand for a text; of two texts alike in half of theirs about 16 are shared
# Whatever is no letter or digit of ASCII parts words: thrice as quick as a pattern, and texts are
# parted alike, whichever quotation marks they have.
PARTED = bytes(byte if chr(byte).isalnum() and byte < 128 else ord(" ") for byte in range(256))
FACTORS = np.array(
    [0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], dtype=np.uint64
)  # odd, so that nothing is lost; the last three numbers are those of xxHash and SplitMix64
MIXING = np.uint64(0xBF58476D1CE4E5B9)

Runs = npt.NDArray[np.uint64]


def number_runs(text: str) -> Runs:
    """Return a number for each run of words, in the order of the text, the same everywhere."""
    words = text.casefold().encode(errors="replace").translate(PARTED).split()
    if len(words) < RUN:
        return np.empty(0, dtype=np.uint64)
    numbers = np.fromiter(map(zlib.crc32, words), np.uint64, len(words))
    last = len(words) - RUN + 1
    runs: Runs = sum(
        (numbers[place : place + last] * factor for place, factor in enumerate(FACTORS)),
        start=np.zeros(last, dtype=np.uint64),
    )
    runs ^= runs >> np.uint64(29)
    runs *= MIXING
    return runs ^ (runs >> np.uint64(32))


def make_sketch(runs: Runs) -> list[int]:
    """Return the smallest different numbers, as SQLite stores them: texts alike share many.

    This is a bottom-k sketch: Broder, On the resemblance and containment of documents, 1997.
    """
    return [int(each) for each in np.unique(runs)[:SKETCH].view(np.int64)]


def share_told(text: Runs, other: Runs) -> float:
    """Return which share of the text, window by window, the other one tells in much its words."""
    if not len(text):
        return 0.0
    shared = np.isin(text, other).astype(np.float64)
    begins = np.arange(0, max(len(text) - WINDOW // 2, 1), WINDOW)  # a short rest joins the last
    lengths = np.diff(np.append(begins, len(text)))
    return float(np.mean(np.add.reduceat(shared, begins) / lengths >= TOLD))
