import codecs

import pytest

from rag.errors import ReadError
from rag.readers.encoding import decode

ENGLISH = "The café’s owner, François Élu, said the crème brûlée cost £5 – “a bargain”. He’s happy."
RUSSIAN = "Министр иностранных дел сообщил журналистам, что переговоры продолжатся завтра."
GREEK = "Ο υπουργός Εξωτερικών δήλωσε στους δημοσιογράφους ότι οι συνομιλίες θα συνεχιστούν."
POLISH = "Minister spraw zagranicznych powiedział dziennikarzom, że będą rozmowy. Rząd chce pokoju."
JAPANESE = "外務大臣は記者団に対し、協議は明日も続くと述べた。"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        pytest.param(ENGLISH, "utf-8", id="utf-8"),
        pytest.param(ENGLISH, "cp1252", id="western"),
        pytest.param("A short café note, nothing else.", "cp1252", id="western-one-accent"),
        pytest.param("Der Bürgermeister von Köln sprach.", "latin-1", id="german"),
        pytest.param(POLISH, "cp1250", id="central-european"),
        pytest.param(RUSSIAN, "cp1251", id="cyrillic"),
        pytest.param(GREEK, "cp1253", id="greek"),
        pytest.param(JAPANESE * 3, "shift_jis", id="japanese"),
        pytest.param("外交部长对记者表示，谈判将于明天继续进行。" * 3, "gb18030", id="chinese"),
    ],
)
def test_encoding_is_found(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "note.txt") == text


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        pytest.param(codecs.BOM_UTF8, "utf-8", id="utf-8"),
        pytest.param(codecs.BOM_UTF16_LE, "utf-16-le", id="utf-16-le"),
        pytest.param(codecs.BOM_UTF16_BE, "utf-16-be", id="utf-16-be"),
        pytest.param(codecs.BOM_UTF32_LE, "utf-32-le", id="utf-32-le"),
    ],
)
def test_byte_order_mark_is_believed_and_not_part_of_the_text(mark: bytes, encoding: str) -> None:
    assert decode(mark + ENGLISH.encode(encoding), "note.txt") == ENGLISH


def test_one_damaged_byte_does_not_change_the_encoding_of_the_rest() -> None:
    content = RUSSIAN.encode() + b"\xff" + RUSSIAN.encode()

    assert decode(content, "note.txt") == f"{RUSSIAN}\N{REPLACEMENT CHARACTER}{RUSSIAN}"


def test_accents_far_behind_the_beginning_are_found() -> None:
    content = b"A plain line of English.\n" * 20_000 + "Voilà, le café est fermé.".encode("cp1252")

    assert decode(content, "note.txt").endswith("Voilà, le café est fermé.")


def test_declared_encoding_is_tried_first() -> None:
    assert decode("Тест".encode("koi8-r"), "page", "koi8-r") == "Тест"


def test_declared_encoding_that_does_not_exist_is_ignored() -> None:
    assert decode("Тест".encode(), "page", "x-no-such-thing") == "Тест"


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"PK\x03\x04\x00\x00text", id="nul-bytes"),
        pytest.param(bytes(range(1, 32)) * 50 + b"words", id="control-characters"),
    ],
)
def test_binary_data_is_refused(content: bytes) -> None:
    with pytest.raises(ReadError) as refusal:
        decode(content, "photo.txt")

    assert str(refusal.value) == (
        "photo.txt is not text but binary data; give it the ending of its format"
    )


def test_noise_without_nul_bytes_is_refused() -> None:
    noise = bytes((i * i * 7 + i // 3) % 255 + 1 for i in range(5000))

    with pytest.raises(ReadError, match=r"photo\.txt is not text"):
        decode(noise, "photo.txt")


def test_white_space_is_no_text() -> None:
    with pytest.raises(ReadError, match=r"note\.txt is empty; there is no text in it"):
        decode(b" \n\t\n", "note.txt")
