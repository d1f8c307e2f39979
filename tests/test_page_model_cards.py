from rag.page.getting import Getting
from rag.page.model_cards import render_models
from rag.page.models import Option

USED = Option("none", "Quotes only", "No model", in_use=True)
HERE = Option("tiny", "tiny", "Small", "Fits.", "98 MB", "MIT", on_disk="on disk")
AWAY = Option(
    "<big>",
    "<big>",
    "Large",
    "Fits.",
    "2.5 GB",
    "Its own",
    terms="https://big.example/terms",
    on_disk="not on disk",
    can_be_used=False,
)


def test_each_model_has_what_can_be_done_with_it() -> None:
    shown = render_models([USED, HERE, AWAY], None)
    assert shown.count("In use") == 1
    assert 'data-act="use" data-model="tiny"' in shown
    assert 'data-act="get" data-model="&lt;big&gt;"' in shown
    assert 'data-model="none"' not in shown
    assert "98 MB · MIT · on disk" in shown
    assert 'href="https://big.example/terms"' in shown
    assert "<big>" not in shown


def test_where_models_cannot_be_chosen_it_says_why_and_has_no_button() -> None:
    shown = render_models([USED, HERE, AWAY], Getting("<big>", 1, 2), locked="not <here>")
    assert "Not &lt;here&gt;." in shown
    assert "data-act" not in shown


def test_a_download_tells_how_far_it_is_and_can_be_stopped() -> None:
    shown = render_models([AWAY], Getting("<big>", 500_000_000, 2_500_000_000, "checking"))
    assert "500 MB of 2.5 GB · checking" in shown
    assert '<progress max="2500000000" value="500000000"' in shown
    assert 'data-act="stop"' in shown
    assert 'data-act="get"' not in shown
    stopping = render_models([AWAY], Getting("<big>", 1, 2, stopping=True))
    assert "stopping" in stopping
    assert 'data-act="stop"' not in stopping


def test_a_download_that_ended_says_how() -> None:
    failed = render_models([AWAY], Getting("<big>", error="The disk is <full>."))
    assert "The disk is &lt;full&gt;." in failed
    assert 'data-act="get"' in failed
    assert "what has arrived is kept" in render_models([AWAY], Getting("<big>", stopped=True))
    assert "progress" not in render_models([HERE], Getting("tiny", 5, 5, whole=True))
