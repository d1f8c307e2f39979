import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import ndcg_score

from rag.evaluation.questions import Case, GoldQuote
from rag.evaluation.ranking_measures import answer_recall, passage_measures, ranking_measures
from rag.types import Article, Passage

FIRE = Article("f1", "Fire at  the harbour", "A fire broke out. Twelve were hurt.\nIt was put out.")
FLOOD = Article("f2", "Flood in Orleby", "The river rose. 340 left their homes.")


def passage(article: Article, start: int = 0, end: int | None = None) -> Passage:
    return Passage(1, article, start, len(article.text) if end is None else end, 1.0)


def test_measures_have_the_values_computed_by_hand() -> None:
    found = ranking_measures(["x", "a", "y", "b"], ["a", "b", "c"])
    ideal = 1 + 1 / math.log2(3) + 1 / math.log2(4)
    assert found["mrr@10"] == 0.5
    assert found["ndcg@10"] == pytest.approx((1 / math.log2(3) + 1 / math.log2(5)) / ideal)
    assert [found[f"hit@{k}"] for k in (1, 3, 5)] == [0.0, 1.0, 1.0]
    assert [found[f"recall@{k}"] for k in (1, 3, 5)] == pytest.approx([0.0, 1 / 3, 2 / 3])


@given(relevant=st.sets(st.integers(0, 11), min_size=1))
def test_ndcg_agrees_with_scikit_learn(relevant: set[int]) -> None:
    ranked = [str(number) for number in range(12)]
    grades = np.array([[float(number in relevant) for number in range(12)]])
    expected = ndcg_score(grades, np.array([np.arange(12, 0, -1)]), k=10)
    found = ranking_measures(ranked, [str(number) for number in relevant])
    assert found["ndcg@10"] == pytest.approx(float(expected))


def test_an_article_found_again_counts_where_it_came_first() -> None:
    assert ranking_measures(["x", "x", "a"], ["a"])["mrr@10"] == 0.5


def test_nothing_found_is_measured_as_nothing() -> None:
    assert set(ranking_measures([], ["a"]).values()) == {0.0}


def test_answer_recall_looks_at_the_first_passages_only() -> None:
    found = answer_recall(["none", "none", "here: Ada", "Ada"], ["Ada"])
    assert found == {f"answer_recall@{k}": float(k >= 3) for k in (1, 3, 5, 10, 20)}


@pytest.mark.parametrize("name", ["f1", "fire at the Harbour"], ids=["by-id", "by-title"])
def test_relevant_articles_are_named_by_id_or_title(name: str) -> None:
    case = Case("1", "?", ("twelve",), answerable=True, articles=(name,))
    found = passage_measures(case, [passage(FLOOD), passage(FIRE)])
    assert (found["hit@1"], found["hit@3"], found["mrr@10"]) == (0.0, 1.0, 0.5)
    assert (found["answer_recall@1"], found["answer_recall@3"]) == (0.0, 1.0)


def test_a_quote_is_found_in_the_passage_that_holds_it_whatever_its_line_breaks() -> None:
    quote = GoldQuote("Twelve were hurt. It was put out.")
    case = Case("1", "?", (), answerable=True, quotes=(quote,))
    found = passage_measures(case, [passage(FIRE, 0, 17), passage(FIRE, 18)])
    assert (found["quote_hit@1"], found["quote_mrr@10"]) == (0.0, 0.5)


def test_a_quote_with_offsets_is_found_by_them() -> None:
    quote = GoldQuote("Twelve were hurt.", "f1", 18, 35)
    case = Case("1", "?", (), answerable=True, quotes=(quote,))
    found = passage_measures(case, [passage(FIRE, 0, 20), passage(FIRE, 20)])
    assert (found["quote_hit@1"], found["quote_recall@3"]) == (0.0, 1.0)


def test_an_unanswerable_question_has_no_retrieval_measures() -> None:
    assert passage_measures(Case("1", "?", (), answerable=False), [passage(FIRE)]) == {}
