"""Relative dates in articles."""

import pytest

from rag.relative_dates import resolve
from rag.types import Article
from tests.dated_sentences import SENTENCES, Dated


def found(dated: Dated) -> tuple[str, ...]:
    article = Article("1", "", dated.sentence, published=dated.published)
    return tuple(
        f"{each.text} = {each.days.first}" + ("" if each.days.is_day else f"..{each.days.last}")
        for each in resolve(article, 0, len(article.text))
    )


@pytest.mark.parametrize("dated", SENTENCES, ids=lambda dated: dated.sentence)
def test_a_sentence_means_these_days(dated: Dated) -> None:
    assert found(dated) == dated.days
