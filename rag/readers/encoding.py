"""Bytes -> text; the one place that finds out in which encoding a text is written."""

import codecs
import re

from charset_normalizer import CharsetMatch, from_bytes

from rag.errors import ReadError

SAMPLE_BYTES = 200_000  # enough to tell an encoding, few enough to do so in a moment
BYTE_ORDER_MARKS = {  # UTF-32 first: its mark begins with that of UTF-16
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
# Short texts fit dozens of encodings, so only those that news still come in are tried.
COMMON_ENCODINGS = [
    *("cp1252", "cp1250", "cp1251", "koi8_r", "cp1253", "cp1254", "cp1255", "cp1256"),
    *("shift_jis", "euc_jp", "gb18030", "big5", "euc_kr"),
]
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f]")


def decode(content: bytes, name: str, declared: str | None = None) -> str:
    """Return the text: by its byte order mark, else as declared, else UTF-8, else as guessed.

    Raises:
        ReadError: these bytes are not text, or nothing but white space.
    """
    mark = marked_encoding(content)
    if mark is None and b"\0" in content:
        raise _not_text(name)
    text = _decode_strictly(content, mark or declared or "utf-8")
    if text is None:
        text = content.decode(mark or likely_encoding(content, name), "replace")
    if not text.strip():
        raise ReadError(f"{name} is empty; there is no text in it")
    sample = text[:SAMPLE_BYTES]
    if len(CONTROL.findall(sample)) > len(sample) / 100:
        raise _not_text(name)
    return text


def marked_encoding(content: bytes) -> str | None:
    """Return the encoding that the byte order mark names, if there is one."""
    marks = (name for mark, name in BYTE_ORDER_MARKS.items() if content.startswith(mark))
    return next(marks, None)


def likely_encoding(content: bytes, name: str) -> str:
    """Return the encoding of a text without a mark; UTF-8 with a few damaged bytes stays UTF-8.

    Raises:
        ReadError: it is in no encoding that we know.
    """
    sample = _around_first_unusual(content)
    text = sample.decode("utf-8", "replace").rstrip("\N{REPLACEMENT CHARACTER}")
    damaged = text.count("\N{REPLACEMENT CHARACTER}")
    unusual = sum(not character.isascii() for character in text)
    if damaged * 5 <= unusual - damaged:
        return "utf-8"
    best = max(from_bytes(sample, cp_isolation=COMMON_ENCODINGS), key=_credibility, default=None)
    if best is None:
        raise ReadError(f"{name} is not text in any encoding known here; save it as UTF-8")
    return "cp1252" if "cp1252" in best.could_be_from_charset else best.encoding


def _around_first_unusual(content: bytes) -> bytes:
    """Return the part of the content that tells its encoding; pure ASCII tells nothing."""
    unusual = re.search(rb"[\x80-\xff]", content)
    start = max(0, unusual.start() - 1000) if unusual else 0
    return content[start : start + SAMPLE_BYTES]


def _credibility(match: CharsetMatch) -> tuple[float, float]:
    """Order the guesses: least disorder, then most like a language, Western Europe's in doubt."""
    return -match.chaos, match.coherence + (0.05 if match.encoding == "cp1252" else 0)


def _decode_strictly(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except (UnicodeError, LookupError):  # LookupError: pages declare encodings that do not exist
        return None


def _not_text(name: str) -> ReadError:
    return ReadError(f"{name} is not text but binary data; give it the ending of its format")
