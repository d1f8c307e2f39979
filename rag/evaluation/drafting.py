"""Articles -> a draft question set, by rules: sentences with something missing that they answer.

No model is asked, so no question is better than its sentence: people correct the draft.
"""

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rag.evaluation.questions import Case, GoldQuote
from rag.sentences import split_sentences
from rag.types import Article, Span
from rag.words import content_stems

SEED = 20231122
LACKING_SHARE = 5  # one question in so many has no answer
FEWEST_STEMS, MOST_WORDS = 4, 32  # fewer words ask nothing, more are tiresome
SAID_ALREADY = 0.5  # an article that has this share of a question's words may answer it

NAME = r"(?:[A-Z][\w’'-]+ (?:(?:of|de|van|von|al|bin) )?){1,3}[A-Z][\w’'-]+"
VERBS = (
    r"is|are|was|were|has|have|had|will|would|can|could|said|told|won|lost|made|took|[a-z]{2,}ed"
)
SUBJECT = re.compile(rf"({NAME}) ((?:{VERBS})\b.+)")
MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
MISSING = {
    "date": re.compile(
        rf"(?<!\w)(\d{{1,2}} {MONTH}(?: \d{{4}})?|{MONTH} \d{{1,2}}(?:, \d{{4}})?)(?!\w)"
    ),
    "number": re.compile(
        r"(?<![\w.,])(\d+(?:[.,]\d+)*(?: (?:percent|million|billion|thousand))?)(?!\w)"
    ),
    "name": re.compile(rf"(?<=[a-z,] )({NAME})(?!\w)"),
}
BLANK = "…"
PLACED_NAME = re.compile(rf"\b([a-z]+) ({NAME})")  # a name and the word before it


@dataclass(frozen=True, slots=True)
class Draft:
    """A question that `article.text[span.start:span.end]` answers."""

    article: Article
    span: Span
    question: str
    answer: str
    kind: str


def draft_questions(articles: Iterable[Article], *, count: int) -> list[Case]:
    """Return about `count` questions, spread over the articles, the same for the same articles.

    One in five asks what one article tells, of somebody whom only another names, so that the
    articles do not answer it.
    """
    chosen = _sample(articles, 2 * count)
    turns = [iter(list(_drafts(article))) for article in chosen]
    drafts = _in_turns(turns, count)
    lacking = list(_lacking(drafts, chosen, count // LACKING_SHARE))
    kept = drafts[: count - len(lacking)]
    cases = [_case(draft) for draft in kept] + lacking
    return [replace(case, id=f"draft-{n:03}") for n, case in enumerate(cases, start=1)]


def _case(draft: Draft) -> Case:
    span, article = draft.span, draft.article
    quote = GoldQuote(article.text[span.start : span.end], article.id, span.start, span.end)
    return Case(
        id="draft",
        question=draft.question,
        answers=(draft.answer,),
        answerable=True,
        articles=(article.id,),
        quotes=(quote,),
        kind=draft.kind,
    )


def _drafts(article: Article) -> Iterator[Draft]:
    """Yield what the article's sentences answer, at most one question a sentence."""
    for span in split_sentences(article.text):
        sentence = " ".join(article.text[span.start : span.end].split())
        draft = _subject(sentence) or _missing(sentence)
        if draft and _is_fit(draft[0]):
            yield Draft(article, span, *draft)


def _subject(sentence: str) -> tuple[str, str, str] | None:
    """`Ada Berg won the prize.` -> Who or what won the prize?"""
    found = SUBJECT.fullmatch(sentence.rstrip("."))
    return (f"Who or what {found[2]}?", found[1], "who") if found else None


def _missing(sentence: str) -> tuple[str, str, str] | None:
    """`It cost 4 million euros.` -> Which number is missing: “It cost … euros”?"""
    for kind, pattern in MISSING.items():
        found = pattern.search(sentence)
        if found:
            rest = f"{sentence[: found.start(1)]}{BLANK}{sentence[found.end(1) :]}".rstrip(".")
            return f"Which {kind} is missing: “{rest}”?", found[1], kind
    return None


def _is_fit(question: str) -> bool:
    return len(question.split()) <= MOST_WORDS and len(content_stems(question)) >= FEWEST_STEMS


def _lacking(drafts: Sequence[Draft], articles: Sequence[Article], count: int) -> Iterator[Case]:
    """Yield questions that no article answers: those of one, with the name of another in them.

    The name stood after the same word, so that a place most often stands for a place.
    """
    names = {article.id: PLACED_NAME.findall(article.text) for article in articles}
    made = 0
    for place, draft in enumerate(drafts):
        asked = PLACED_NAME.search(draft.question)
        others = (*articles[place:], *articles[:place])
        strangers = (
            name
            for other in others
            for before, name in names[other.id]
            if asked and before == asked[1] and name not in draft.article.text
        )
        stranger = next(strangers, None)
        if made == count or not asked or not stranger:
            continue
        question = draft.question.replace(asked[2], stranger)
        if not _may_be_answered(question, stranger, articles):
            made += 1
            yield Case("draft", question, (), answerable=False, kind="unanswerable")


def _may_be_answered(question: str, name: str, articles: Sequence[Article]) -> bool:
    stems = set(content_stems(question)) - set(content_stems(name))
    return any(
        len(stems & set(content_stems(article.text))) >= SAID_ALREADY * len(stems)
        for article in articles
        if name in article.text
    )


def _sample(articles: Iterable[Article], most: int) -> list[Article]:
    """Return up to `most` articles, each as likely as any other, without holding all of them."""
    chance = random.Random(SEED)
    kept: list[Article] = []
    for number, article in enumerate(articles):
        if len(kept) < most:
            kept.append(article)
        elif (place := chance.randrange(number + 1)) < most:
            kept[place] = article
    return kept


def _in_turns(turns: Sequence[Iterator[Draft]], count: int) -> list[Draft]:
    """Return one draft of each article, then a second of each, until there are enough."""
    drafts: list[Draft] = []
    while len(drafts) < count:
        round_ = [draft for turn in turns if (draft := next(turn, None))]
        if not round_:
            break
        drafts += round_
    return drafts[:count]
