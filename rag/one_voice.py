"""Of passages that several articles print, only the original's are kept: copies are one voice."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from rag.copies import by_origin
from rag.prints import Runs, all_runs, plain_report, sentence_prints
from rag.types import Article, Passage, Question, Retriever

NEW = 0.08  # a sentence that shares less with the original says something of its own
COVERED = 0.6  # share of a copy's runs that the original's passages must have to stand for it

CopiesOf = Callable[[Article], Sequence[Article]]


class OneVoiceRetriever:
    """Of several articles that print the same, lets the original speak.

    `candidates` is how many passages of the other retriever are compared.
    """

    def __init__(self, retriever: Retriever, copies_of: CopiesOf, *, candidates: int) -> None:
        self._retriever = retriever
        self._copies_of = copies_of
        self._candidates = candidates

    def retrieve(self, question: Question, k: int) -> list[Passage]:
        if k < 1:
            return []
        found = self._retriever.retrieve(question, max(k, self._candidates))
        articles = {passage.article.id: passage.article for passage in found}
        copies = {id_: tuple(self._copies_of(article)) for id_, article in articles.items()}
        return one_voice(replace(each, copies=copies[each.article.id]) for each in found)[:k]


def one_voice(passages: Iterable[Passage]) -> list[Passage]:
    """Leave out what passages of an original tell, which take the better place.

    A copy that has a sentence, a number or a name of its own stays.
    """
    speaking = list(passages)
    for copy in [each for each in speaking if each.copies]:
        for original in _earlier(copy):
            own = [each for each in speaking if each.article.id == original]
            standing = _standing_for(copy, own)
            if standing:
                speaking = _put_for(speaking, copy, standing)
                break
    return speaking


def _earlier(copy: Passage) -> list[str]:
    """Return the articles that its own is a copy of, by id, the original first."""
    ids = [article.id for article in by_origin([copy.article, *copy.copies])]
    return ids[: ids.index(copy.article.id)]


def _standing_for(copy: Passage, originals: Sequence[Passage]) -> Passage | None:
    """Return the passage of the original that tells the most of the copy; None: not all is told."""
    if not originals:
        return None
    text = originals[0].article.text
    told, sentences = sentence_prints(text), sentence_prints(plain_report(copy.text))
    runs = all_runs(told)
    for sentence in sentences:
        nearest = max(told, key=lambda each: len(each.runs & sentence.runs))
        is_new = sentence.share_in(runs) < NEW or not sentence.numbers <= nearest.numbers
        is_other = is_new or not all(name in text for name in sentence.names)
        if is_other or sentence.turns_round(nearest):
            return None
    return _nearest(all_runs(sentences) & runs, originals)


def _nearest(copied: Runs, originals: Sequence[Passage]) -> Passage | None:
    found = {each.chunk_id: copied & all_runs(sentence_prints(each.text)) for each in originals}
    if len(frozenset().union(*found.values())) < COVERED * len(copied):
        return None
    return max(originals, key=lambda each: len(found[each.chunk_id]))


def _put_for(passages: Sequence[Passage], copy: Passage, standing: Passage) -> list[Passage]:
    """Return the passages without the copy, the one that stands for it at the better place."""
    place = min(
        n for n, each in enumerate(passages) if each.chunk_id in (copy.chunk_id, standing.chunk_id)
    )
    others = [each for each in passages if each.chunk_id not in (copy.chunk_id, standing.chunk_id)]
    speaking = standing.scored(max(copy.score, standing.score))
    return [*others[:place], speaking, *others[place:]]
