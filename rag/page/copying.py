"""An answer with its sources as text to paste elsewhere."""

from rag.composing import also_in, reference
from rag.types import Answer, Article, Citation


def as_text(answer: Answer) -> str:
    lines = [answer.text]
    for number, cited in _by_marker(answer).items():
        lines += ["", f"[{number}] {_source(cited[0].article)}"]
        lines += [f"    “{_one_line(citation.quote)}”" for citation in cited]
        lines += [f"    ({others})" for others in [also_in(cited)] if others]
    return "\n".join(lines)


def as_markdown(answer: Answer) -> str:
    lines = [plain(answer.text)]
    for number, cited in _by_marker(answer).items():
        lines += ["", plain(f"[{number}] {_source(cited[0].article)}")]
        for citation in cited:
            lines += ["", f"> “{plain(_one_line(citation.quote))}”"]
        lines += [f"\n{plain(f'({others})')}" for others in [also_in(cited)] if others]
    return "\n".join(lines)


def _source(article: Article) -> str:
    return " ".join(part for part in (reference(article), article.url) if part)


def _by_marker(answer: Answer) -> dict[int, list[Citation]]:
    found: dict[int, list[Citation]] = {}
    for citation in answer.citations:
        found.setdefault(citation.marker, []).append(citation)
    return dict(sorted(found.items()))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def plain(text: str) -> str:
    r"""Return Markdown that reads as `text`: every mark that could mean something escaped."""
    return "".join(f"\\{letter}" if letter in r"\`*_{}[]<>#|~$!" else letter for letter in text)
