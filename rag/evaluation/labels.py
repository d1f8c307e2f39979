"""What people call the figures, and in which groups and order they read them."""

from collections.abc import Sequence
from dataclasses import dataclass

from rag.evaluation.figures import Figure

LABELS = {
    "accuracy": "Right: answered rightly or rightly declined",
    "answer_contained": "Answer contains an accepted one",
    "answer_f1": "Word overlap with an accepted answer (F1)",
    "answer_exact": "Answer is nothing but an accepted one (EM)",
    "decline_precision": "Of the declined, share without an answer",
    "decline_recall": "Of those without an answer, share declined",
    "decline_f1": "Declining, both together (F1)",
    "over_refusal": "Answerable, but declined",
    "risk_coverage_area": "Mean risk over all coverages (area)",
    "supported_share": "Sentences written that are supported",
    "citation_precision": "Citations that are needed (precision)",
    "citation_recall": "Sentences shown that their citations prove (recall)",
    "quote_exact": "Answers whose quotes are verbatim",
    "mrr@10": "Reciprocal rank of the first right article (MRR@10)",
    "ndcg@10": "Ranking of the right articles (nDCG@10)",
    "quote_mrr@10": "Reciprocal rank of the first right quote (MRR@10)",
    "quote_ndcg@10": "Ranking of the right quotes (nDCG@10)",
}
COUNTED = {
    "answer_recall": "Answer stands in the first {k} passages",
    "hit": "A right article among the first {k}",
    "recall": "Right articles found by the first {k}",
    "quote_hit": "A right quote among the first {k}",
    "quote_recall": "Right quotes found by the first {k}",
}
COSTS = {
    "evidence_seconds": "Seconds to the evidence",
    "first_token_seconds": "Seconds to the first word",
    "total_seconds": "Seconds to the whole answer",
    "prompt_tokens": "Tokens read",
    "written_tokens": "Tokens written",
}
SPREADS = {"median": "median", "p95": "95th percentile"}
GROUPS = {
    "Answers": ("accuracy", "answer_contained", "answer_f1", "answer_exact"),
    "Declining": (
        "decline_precision",
        "decline_recall",
        "decline_f1",
        "over_refusal",
        "risk_coverage_area",
    ),
    "Retrieval": (
        *(f"answer_recall@{k}" for k in (1, 3, 5, 10, 20)),
        *(f"{name}@{k}" for name in ("hit", "recall") for k in (1, 3, 5, 10, 20)),
        *("mrr@10", "ndcg@10"),
        *(f"quote_{name}@{k}" for name in ("hit", "recall") for k in (1, 3, 5, 10, 20)),
        *("quote_mrr@10", "quote_ndcg@10"),
    ),
    "Proof": ("supported_share", "citation_precision", "citation_recall", "quote_exact"),
    "Cost": tuple(f"{name}_{spread}" for name in COSTS for spread in SPREADS),
}
NAMES = tuple(name for names in GROUPS.values() for name in names)
HEADLINES = {
    *GROUPS["Answers"],
    *GROUPS["Declining"],
    *GROUPS["Proof"],
    *GROUPS["Cost"],
    *(f"answer_recall@{k}" for k in (1, 3, 5, 10, 20)),
    *("hit@1", "hit@5", "recall@10", "mrr@10", "ndcg@10", "quote_hit@5"),
}


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    figures: list[Figure]


def label(name: str) -> str:
    """Return what people call the figure; a name that nothing here knows stays as it is."""
    if name in LABELS:
        return LABELS[name]
    measure, _, k = name.partition("@")
    if k and measure in COUNTED:
        return COUNTED[measure].format(k=k)
    cost, _, spread = name.rpartition("_")
    if cost in COSTS and spread in SPREADS:
        return f"{COSTS[cost]}, {SPREADS[spread]}"
    return name


def grouped(figures: Sequence[Figure], *, headlines: bool) -> list[Group]:
    """Return the figures in their groups, empty groups left out; only the headlines, or all."""
    found = {figure.name: figure for figure in figures}
    groups = [
        Group(
            title,
            [found[n] for n in names if n in found and (n in HEADLINES or not headlines)],
        )
        for title, names in GROUPS.items()
    ]
    return [group for group in groups if group.figures]


def shown(name: str, value: float) -> str:
    """Return the value as people read it: shares in percent, seconds and tokens as they are."""
    if "_seconds_" in name:
        return f"{value:.2f} s" if value < 10 else f"{value:.0f} s"
    if "_tokens_" in name:
        return f"{value:,.0f}"
    if "mrr" in name or "ndcg" in name or name == "risk_coverage_area":
        return f"{value:.3f}"
    return f"{100 * value:.1f} %"


def shown_interval(figure: Figure) -> str:
    """Return the 95 % interval, or nothing where there is none."""
    if figure.low is None or figure.high is None:
        return ""
    low, high = shown(figure.name, figure.low), shown(figure.name, figure.high)
    return f"{low.removesuffix(' %').removesuffix(' s')} – {high}"
