"""How likely it is that the articles answer a question, from a few signs of the evidence."""

import math
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from rag.chunking import heading
from rag.expectation import expected_kind, offers
from rag.types import Quote
from rag.words import content_stems, proper_names

WEAK = 0.25  # below such a score, a quote is about something else altogether
NUMBERS = "answerability.toml"
NUMBER = re.compile(r"\d+")
CERTAIN = 1e-6  # a probability is kept this far from 0 and 1, whose log-odds are endless


class Signs(NamedTuple):
    """What speaks for an answer; every sign is larger where an answer is likelier.

    `score` is the best quote's. `named` is the share of the question's names and numbers that stand
    in the best quote's article, as far as it was retrieved. `offered` is 1 where the best quote has
    the kind of answer asked for. `opinion` is the model's log-odds; None where it gave none.
    """

    score: float
    named: float
    offered: float
    opinion: float | None = None


@dataclass(frozen=True, slots=True)
class Weights:
    """Of a logistic regression: the log-odds are `intercept` and the weighted signs."""

    intercept: float
    signs: Mapping[str, float]

    def probability(self, signs: Signs) -> float:
        values = signs._asdict()
        odds = self.intercept + sum(weight * values[name] for name, weight in self.signs.items())
        return 1 / (1 + math.exp(-odds))


def read_signs(
    question: str, evidence: Sequence[Quote], found: Sequence[Quote], opinion: float | None
) -> Signs:
    """Return the signs; `found` are all sentences retrieved, `opinion` the model's probability."""
    best = evidence[0]
    asked = {*content_stems(" ".join(proper_names(question))), *NUMBER.findall(question)}
    texts = [quote.text for quote in found if quote.article.id == best.article.id]
    told = " ".join([heading(best.article), *texts])
    known = {*content_stems(told), *NUMBER.findall(told)}
    return Signs(
        score=best.score,
        named=len(asked & known) / len(asked) if asked else 1.0,
        offered=float(offers(expected_kind(question), best.text, question)),
        opinion=None if opinion is None else log_odds(opinion),
    )


def likelihood(signs: Signs) -> float:
    """Return the probability, in [0, 1], that the articles answer.

    It is calibrated: of many questions with 0.7, about 70 in 100 are answerable; the weights are
    fitted by benchmarks/answerability.py and lie, with their origin, in answerability.toml.
    """
    return _weights()["evidence" if signs.opinion is None else "model"].probability(signs)


def log_odds(probability: float) -> float:
    kept = min(max(probability, CERTAIN), 1 - CERTAIN)
    return math.log(kept / (1 - kept))


@cache
def _weights() -> Mapping[str, Weights]:
    tables = tomllib.loads((files("rag") / NUMBERS).read_text(encoding="utf-8"))
    return {name: Weights(row["intercept"], row["signs"]) for name, row in tables.items()}
