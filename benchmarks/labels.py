"""How many of the sentences that the check calls proved a reader calls supported.

    python -m benchmarks.labels write --data DIR --archive ARCHIVE --model M --answers a.jsonl
    python -m benchmarks.labels candidates --archive ARCHIVE --answers a.jsonl > unlabelled.jsonl
    python -m benchmarks.labels keep --labelled labelled.jsonl
    python -m benchmarks.labels report
    python -m benchmarks.labels report --archive ARCHIVE --answers a.jsonl

Writes answers to quiz questions with a model, without declining; gives each proved sentence with
its quotes to whoever labels it, by adding `"supported": true` or false to its line; and keeps
the labels without a word of the articles: the sentence as a hash, the quotes by article and
offsets. The second report checks the answers anew: only what is still proved by the same quotes
counts, and what is proved and has no label is told.
"""

import argparse
import hashlib
import json
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from scipy.stats import binomtest

from benchmarks.sets.common import SEED, Record, read_records
from rag.archive import Archive
from rag.assistant import Assistant
from rag.declining import declines
from rag.evidence import sentence_quotes
from rag.sentences import split_sentences
from rag.settings import Settings, load_settings
from rag.types import AnswerFinished, EvidenceFound, Passage, Quote, TextWritten
from rag.verification import find_support, without_markers

LABELS = Path(__file__).parent / "labels.jsonl"
SHOWN = load_settings({}, environment={}).decline_below  # below it nobody sees the sentence
QUOTES, ANSWER_TOKENS = 2, 90  # that the model reads and writes, to have many answers in an hour
HASH_LETTERS = 16


class Proved(NamedTuple):
    """A sentence of an answer that the check calls proved."""

    record: Record
    sentence: str
    quotes: Sequence[Quote]

    def label(self) -> Record:
        """Return what is kept of it, without its text."""
        return {
            "question": self.record["id"],
            "sentence": hashlib.sha256(self.sentence.encode()).hexdigest()[:HASH_LETTERS],
            "quotes": [[each.article.id, each.start, each.end] for each in self.quotes],
            "shown": self.record["confidence"] >= SHOWN,
        }


def write(data: Path, settings: Settings, answers: Path, *, minutes: float) -> None:
    """Append an answer to each of the questions, in an order drawn with a fixed seed."""
    records = read_records(data / "news" / "questions.jsonl")
    known = {record["id"] for record in read_records(answers)} if answers.exists() else set()
    assistant = Assistant(Archive(settings=settings))
    assistant.load()
    started = time.monotonic()
    with answers.open("a", encoding="utf-8") as file:
        for record in random.Random(SEED).sample(records, len(records)):
            if time.monotonic() - started > 60 * minutes:
                return
            if record["id"] not in known:
                file.write(f"{json.dumps(_answer(assistant, record))}\n")
                file.flush()


def _answer(assistant: Assistant, record: Record) -> Record:
    text, passages, confidence = "", [], 0.0
    asked = date.fromisoformat(record["as_of"])
    for event in assistant.stream(record["question"], today=asked):
        if isinstance(event, EvidenceFound):
            passages = [[each.article.id, each.start, each.end] for each in event.passages]
        elif isinstance(event, TextWritten):
            text += event.text
        elif isinstance(event, AnswerFinished):
            confidence = event.answer.confidence
    kept = {name: record[name] for name in ("id", "question", "as_of")}
    return {**kept, "text": text, "confidence": confidence, "passages": passages}


def proved(archive: Archive, answers: Path) -> Iterator[Proved]:
    """Yield the sentences of the answers that the check calls proved, each once."""
    for record in read_records(answers):
        quotes = sentence_quotes(list(_passages(archive, record)))
        sentences = {
            without_markers(record["text"][span.start : span.end]).strip(): None
            for span in split_sentences(record["text"])
        }
        for sentence in sentences:
            if sentence and not declines(sentence):
                today = date.fromisoformat(record["as_of"])
                support = find_support(sentence, quotes, record["question"], today=today)
                if support.quotes:
                    yield Proved(record, sentence, support.quotes)


def _passages(archive: Archive, record: Record) -> Iterator[Passage]:
    for number, (article_id, start, end) in enumerate(record["passages"]):
        article = archive.article(article_id)
        if article:
            yield Passage(number, article, start, end, 0.0)


def candidates(archive: Archive, answers: Path) -> Iterator[Record]:
    """Yield each proved sentence as people judge it, and what is kept of it."""
    for each in proved(archive, answers):
        told = [
            {
                "title": quote.article.title,
                "day": str(quote.article.published_on),
                "text": quote.text,
            }
            for quote in each.quotes
        ]
        asked = {"asked": each.record["question"], "written": each.sentence, "said": told}
        yield {**each.label(), **asked}


def keep(labelled: Path, labels: Path) -> None:
    names = ("question", "sentence", "quotes", "shown", "supported")
    records = [{name: record[name] for name in names} for record in read_records(labelled)]
    labels.write_text("".join(f"{json.dumps(record)}\n" for record in records), encoding="utf-8")


def report(records: Sequence[Record]) -> Record:
    """Print the share that a reader calls supported, with Wilson's interval."""
    found = {}
    for name, chosen in (
        ("all", records),
        ("shown by default", [each for each in records if each["shown"]]),
    ):
        count, supported = len(chosen), sum(each["supported"] for each in chosen)
        if not count:
            continue
        low, high = binomtest(supported, count).proportion_ci(method="wilson")
        found[name] = {"supported": supported, "proved": count, "low": low, "high": high}
        share = f"{100 * supported / count:.1f} % ({100 * low:.1f} – {100 * high:.1f} %)"
        print(f"{name}: {supported} of {count} proved sentences are supported, {share}")
    return found


def still_proved(records: Sequence[Record], found: Sequence[Record]) -> tuple[list[Record], int]:
    """Return the labels of what is found proved now, and how many have none."""
    labels = {_key(record): record for record in records}
    known = [labels[_key(each)] for each in found if _key(each) in labels]
    return known, len(found) - len(known)


def _key(record: Record) -> str:
    return json.dumps([record["question"], record["sentence"], record["quotes"]])


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    flags = {"archive": options.archive, "model": options.model}
    settings = load_settings(flags)
    if options.task == "write":
        frugal = replace(settings, quotes=QUOTES, answer_tokens=ANSWER_TOKENS, decline_below=0.0)
        write(options.data, frugal, options.answers, minutes=options.minutes)
    elif options.task == "candidates":
        for record in candidates(Archive(settings=settings), options.answers):
            print(json.dumps(record, ensure_ascii=False))
    elif options.task == "keep":
        keep(options.labelled, options.labels)
    else:
        records: Sequence[Record] = read_records(options.labels)
        if options.answers:
            archive = Archive(settings=settings)
            found = [each.label() for each in proved(archive, options.answers)]
            records, unlabelled = still_proved(records, found)
            print(f"{unlabelled} proved sentences have no label")
        print(json.dumps(report(records)))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.labels",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("task", choices=("write", "candidates", "keep", "report"))
    parser.add_argument("--data", type=Path, help="folder of the sets")
    parser.add_argument("--archive", type=Path, help="the archive of the set's articles")
    parser.add_argument("--model", help="as for newsdesk ask")
    parser.add_argument("--answers", type=Path, help="what the model wrote, JSON lines")
    parser.add_argument("--minutes", type=float, default=40, help="that the model may write")
    parser.add_argument("--labelled", type=Path, help="candidates with their labels")
    parser.add_argument("--labels", type=Path, default=LABELS)
    return parser


if __name__ == "__main__":
    sys.exit(main())
