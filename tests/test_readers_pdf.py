from pathlib import Path

import pytest
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from rag.errors import ReadError
from rag.readers.pdf import MAX_PAGES, read_pdf
from rag.types import RawArticle

LINES = [
    "Ferries sail again",
    "Ferries between the two islands sailed again on Tues-",
    "day morning after a storm had held them in port for",
    "three days.",
    "The operator said that every crossing was full and that",
    "more would follow.",
    "2",
]


def make_pdf(pages: list[list[str]]) -> PdfWriter:
    writer = PdfWriter()
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    resources = DictionaryObject(
        {NameObject("/Font"): DictionaryObject({NameObject("/F1"): writer._add_object(font)})}
    )
    for lines in pages:
        page = writer.add_blank_page(595, 842)
        page[NameObject("/Resources")] = resources
        content = DecodedStreamObject()
        shown = "".join(f"({line}) Tj T* " for line in lines)
        content.set_data(f"BT /F1 12 Tf 14 TL 50 800 Td {shown}ET".encode("latin-1"))
        page[NameObject("/Contents")] = writer._add_object(content)
    return writer


def save(writer: PdfWriter, path: Path) -> Path:
    writer.write(str(path))
    return path


def test_lines_become_paragraphs_without_page_numbers(tmp_path: Path) -> None:
    path = save(make_pdf([LINES, ["Passengers had slept."]]), tmp_path / "ferry.pdf")

    assert list(read_pdf(path)) == [
        RawArticle(
            str(path),
            "Ferries sail again\n\n"
            "Ferries between the two islands sailed again on Tuesday morning after a storm had "
            "held them in port for three days.\n\n"
            "The operator said that every crossing was full and that more would follow.\n\n"
            "Passengers had slept.",
        )
    ]


def test_file_states_title_and_author_but_no_date(tmp_path: Path) -> None:
    writer = make_pdf([LINES])
    writer.add_metadata(
        {"/Title": "Ferries sail", "/Author": "Lena Voss", "/CreationDate": "D:20230502083000Z"}
    )

    [article] = read_pdf(save(writer, tmp_path / "ferry.pdf"))

    assert (article.title, article.author, article.published) == ("Ferries sail", "Lena Voss", None)


@pytest.mark.parametrize(
    "title", ["Untitled", "Microsoft Word - ferry final", "ferry_v2.indd", "doc"]
)
def test_title_that_a_program_made_up_is_ignored(tmp_path: Path, title: str) -> None:
    writer = make_pdf([LINES])
    writer.add_metadata({"/Title": title, "/Author": "admin"})

    [article] = read_pdf(save(writer, tmp_path / "ferry.pdf"))

    assert (article.title, article.author) == (None, None)


def test_pages_that_are_pictures_are_refused(tmp_path: Path) -> None:
    path = save(make_pdf([[], []]), tmp_path / "scan.pdf")

    with pytest.raises(ReadError) as refusal:
        list(read_pdf(path))

    assert str(refusal.value) == (
        f"{path} has no text layer, as scanned pages have none; run text recognition over it"
    )


def test_encrypted_file_is_refused(tmp_path: Path) -> None:
    writer = make_pdf([LINES])
    writer.encrypt("secret", algorithm="RC4-128")
    path = save(writer, tmp_path / "secret.pdf")

    with pytest.raises(ReadError) as refusal:
        list(read_pdf(path))

    assert str(refusal.value) == f"{path} is encrypted; save it without a password"


def test_file_that_only_forbids_changes_is_read(tmp_path: Path) -> None:
    writer = make_pdf([["Ferries sailed."]])
    writer.encrypt("", owner_password="secret", algorithm="RC4-128")

    [article] = read_pdf(save(writer, tmp_path / "locked.pdf"))

    assert article.text == "Ferries sailed."


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"hello, I am no PDF at all", id="not-a-pdf"),
        pytest.param(b"%PDF-1.7\n%%EOF", id="hollow"),
        pytest.param(b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog", id="cut-off"),
    ],
)
def test_broken_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.pdf"
    path.write_bytes(content)

    with pytest.raises(ReadError, match=r"broken\.pdf is not a whole PDF file; get it again"):
        list(read_pdf(path))


def test_book_is_refused(tmp_path: Path) -> None:
    path = save(make_pdf([["A page."]] * (MAX_PAGES + 1)), tmp_path / "book.pdf")

    with pytest.raises(ReadError, match=r"book\.pdf has 501 pages, more than one article can have"):
        list(read_pdf(path))
