import zipfile
from pathlib import Path

import docx
import pytest

from rag.errors import ReadError
from rag.readers.docx import read_docx
from rag.readers.text import MAX_BYTES
from rag.types import RawArticle


def test_paragraphs_and_tables_are_read_in_order(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Ferries sailed again.")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text = "Anna"
    table.rows[0].cells[1].text = "300 seats"
    document.add_paragraph("")
    document.add_paragraph("Every crossing was full.")
    path = tmp_path / "ferry.docx"
    document.save(str(path))

    assert list(read_docx(path)) == [
        RawArticle(
            str(path), "Ferries sailed again.\n\nAnna | 300 seats\n\nEvery crossing was full."
        )
    ]


def test_properties_state_title_and_author_but_no_date(tmp_path: Path) -> None:
    document = docx.Document()
    document.core_properties.title = "Ferries sail"
    document.core_properties.author = "Lena Voss"
    document.add_paragraph("Ferries sailed again.")
    path = tmp_path / "ferry.docx"
    document.save(str(path))

    [article] = read_docx(path)

    assert (article.title, article.author, article.published) == ("Ferries sail", "Lena Voss", None)


def test_opening_heading_is_the_title_where_no_property_states_one(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Ferries sail", level=1)
    document.add_paragraph("Ferries sailed again.")
    path = tmp_path / "ferry.docx"
    document.save(str(path))

    [article] = read_docx(path)

    assert (article.title, article.author) == ("Ferries sail", None)


def test_document_without_words_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "blank.docx"
    docx.Document().save(str(path))

    with pytest.raises(ReadError, match=r"blank\.docx is empty; there is no text in it"):
        list(read_docx(path))


@pytest.mark.parametrize("keep", [0.0, 0.5, 0.99], ids=["no-zip", "half", "end-missing"])
def test_cut_off_document_is_refused(tmp_path: Path, keep: float) -> None:
    whole = tmp_path / "whole.docx"
    docx.Document().save(str(whole))
    path = tmp_path / "part.docx"
    path.write_bytes(whole.read_bytes()[: int(whole.stat().st_size * keep)] or b"hello")

    with pytest.raises(ReadError) as refusal:
        list(read_docx(path))

    assert str(refusal.value) == f"{path} is not a whole Word file; save it as .docx again"


def test_zip_of_something_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("hello.txt", "hello")

    with pytest.raises(ReadError, match="is not a whole Word file"):
        list(read_docx(path))


def test_document_with_broken_markup_is_refused(tmp_path: Path) -> None:
    whole = tmp_path / "whole.docx"
    docx.Document().save(str(whole))
    path = tmp_path / "broken.docx"
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            new.writestr(name, b"<w:doc" if name == "word/document.xml" else old.read(name))

    with pytest.raises(ReadError, match="is not a whole Word file"):
        list(read_docx(path))


def test_small_file_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (MAX_BYTES + 1))

    with pytest.raises(ReadError) as refusal:
        list(read_docx(path))

    assert str(refusal.value) == (
        f"{path} holds 51 MB of text, more than one article can be (50 MB); "
        "split it, or give it as .jsonl"
    )
