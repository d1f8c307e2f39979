import numpy as np
import pytest

from rag.copy_index import IN_COMMON
from rag.shingles import SKETCH, make_sketch, number_runs, share_told
from tests.reprints import LIGHTLY_EDITED, OTHER_REPORT, STRIKE


def test_runs_of_words_have_the_same_numbers_on_every_day_and_machine() -> None:
    numbers = [129213334371014918, 14497010672535282740, 7265083805865334195]
    assert number_runs("Ships wait in the roads").tolist() == numbers


@pytest.mark.parametrize("text", ["", "…", "Two words"], ids=["empty", "no-word", "too-few"])
def test_a_text_of_fewer_words_than_a_run_has_none(text: str) -> None:
    assert number_runs(text).tolist() == []
    assert make_sketch(number_runs(text)) == []
    assert share_told(number_runs(text), number_runs(STRIKE)) == 0.0


def test_case_punctuation_and_broken_characters_do_not_matter() -> None:
    plain = number_runs("the ships wait in the roads")
    assert number_runs("“The ships — WAIT, in the ‘roads’.”\ud800").tolist() == plain.tolist()
    assert len(plain) == 4


def test_a_sketch_keeps_the_smallest_of_a_text_however_often_they_stand_there() -> None:
    runs = number_runs(STRIKE)
    often = np.tile(runs, 40)
    assert make_sketch(often) == make_sketch(runs)
    assert len(make_sketch(runs)) == SKETCH


def test_texts_alike_share_much_of_their_sketches_and_others_little() -> None:
    sketches = [set(make_sketch(number_runs(t))) for t in (STRIKE, LIGHTLY_EDITED, OTHER_REPORT)]
    assert len(sketches[0] & sketches[1]) >= SKETCH / 4
    assert len(sketches[0] & sketches[2]) < IN_COMMON


def test_what_share_of_a_text_is_told_by_another_is_counted_by_windows() -> None:
    strike, both = number_runs(STRIKE), number_runs(f"{OTHER_REPORT} {STRIKE}")
    assert share_told(strike, both) == 1.0
    assert 0.4 < share_told(both, strike) < 0.7
    assert share_told(strike, number_runs(OTHER_REPORT)) == 0.0
