from pathlib import Path

import pytest

from rag.evaluation.questions import QuestionSetError
from rag.page.question_sets import keep_set, list_sets, read_set

GOOD = '{"id": "1", "question": "Who?", "answers": ["Ada"], "answerable": true}\n'
OTHER = '{"id": "1", "question": "Where?", "answers": ["Orleby"], "answerable": true}\n'


@pytest.fixture
def archive_folder(tmp_path: Path) -> Path:
    (tmp_path / "archive").mkdir()
    return tmp_path / "archive"


def uploaded(tmp_path: Path, name: str, text: str) -> Path:
    folder = tmp_path / "uploads" / "0a1b2c"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text)
    return folder / name


def test_an_archive_without_sets_offers_none(archive_folder: Path) -> None:
    assert list_sets(archive_folder) == []


def test_an_uploaded_set_is_kept_and_its_upload_deleted(
    archive_folder: Path, tmp_path: Path
) -> None:
    upload = uploaded(tmp_path, "towns.ndjson", GOOD)
    assert keep_set(archive_folder, upload) == "towns"
    assert list_sets(archive_folder) == ["towns"]
    assert [case.question for case in read_set(archive_folder, "towns")] == ["Who?"]
    assert not upload.exists()


def test_the_same_set_is_kept_once_and_another_of_its_name_gets_a_number(
    archive_folder: Path, tmp_path: Path
) -> None:
    names = [
        keep_set(archive_folder, uploaded(tmp_path, "towns.jsonl", text))
        for text in (GOOD, OTHER, GOOD, OTHER)
    ]
    assert names == ["towns", "towns-2", "towns", "towns-2"]
    assert list_sets(archive_folder) == ["towns", "towns-2"]


def test_a_wrong_line_is_named_with_its_number_and_the_set_is_not_kept(
    archive_folder: Path, tmp_path: Path
) -> None:
    upload = uploaded(tmp_path, "towns.jsonl", f'{GOOD}{{"id": "2"}}\n')
    with pytest.raises(QuestionSetError) as raised:
        keep_set(archive_folder, upload)
    assert str(raised.value) == "towns.jsonl, line 2 has no field 'question'; add it"
    assert list_sets(archive_folder) == []
    assert not upload.exists()


@pytest.mark.parametrize("name", ["", "none", "../towns", "/etc/passwd"])
def test_only_the_archives_own_sets_are_read(archive_folder: Path, name: str) -> None:
    (archive_folder / "towns.jsonl").write_text(GOOD)
    with pytest.raises(QuestionSetError, match="there is no such question set; choose one"):
        read_set(archive_folder, name)


def test_a_folder_that_cannot_be_written_is_one_sentence(
    archive_folder: Path, tmp_path: Path
) -> None:
    (archive_folder / "questions").write_text("a file where the folder should be")
    with pytest.raises(QuestionSetError, match="the question set cannot be kept in"):
        keep_set(archive_folder, uploaded(tmp_path, "towns.jsonl", GOOD))
