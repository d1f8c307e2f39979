"""The archive's question sets, by name: files of JSON lines in a folder of the archive's own."""

import shutil
from itertools import count
from pathlib import Path

from rag.evaluation.questions import Case, QuestionSetError, read_questions

FOLDER = "questions"
ENDING = ".jsonl"
SET_TYPES = (".jsonl", ".ndjson", ".json")  # the endings that uploads may have


def list_sets(archive_folder: Path) -> list[str]:
    return sorted(file.stem for file in (archive_folder / FOLDER).glob(f"*{ENDING}"))


def read_set(archive_folder: Path, name: str) -> list[Case]:
    """Return the set's cases.

    Raises:
        QuestionSetError: there is no such set, or a line of it is wrong.
    """
    if name not in list_sets(archive_folder):  # so that no name leads to another folder
        raise QuestionSetError("there is no such question set; choose one, or upload it")
    return _read(archive_folder / FOLDER / f"{name}{ENDING}")


def keep_set(archive_folder: Path, upload: Path) -> str:
    """Check an uploaded set, move it into the archive's folder and return the name it has there.

    A set that is there already is kept once; one that only has the name of another gets a number.

    Raises:
        QuestionSetError: a line of the set is wrong, or the folder cannot be written.
    """
    try:
        _read(upload)
        target = _place(archive_folder / FOLDER, upload)
        if not target.exists():
            target.parent.mkdir(exist_ok=True)
            unfinished = target.with_name(f"{target.name}.part")
            shutil.copyfile(upload, unfinished)
            unfinished.replace(target)
    except OSError as error:
        raise QuestionSetError(
            f"the question set cannot be kept in {archive_folder}: {error.strerror}; make room "
            "there, or let Newsdesk write to it"
        ) from error
    finally:
        upload.unlink(missing_ok=True)
    return target.stem


def _place(folder: Path, upload: Path) -> Path:
    """Return where the set is already, else the first place that is free."""
    content = upload.read_bytes()
    for number in count(1):
        stem = upload.stem if number == 1 else f"{upload.stem}-{number}"
        target = folder / f"{stem}{ENDING}"
        if not target.exists() or target.read_bytes() == content:
            return target
    raise ValueError("there is always a number that is free")


def _read(file: Path) -> list[Case]:
    """Read a set; its errors say the file's name, not where the server keeps it."""
    try:
        return read_questions(file)
    except QuestionSetError as error:
        raise QuestionSetError(str(error).replace(str(file), file.name)) from error
