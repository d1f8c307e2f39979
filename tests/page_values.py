"""Articles, citations and answers by hand, for the tests of the page."""

from collections.abc import Sequence
from datetime import date

from rag.types import Answer, Article, Citation, Quote, Sentence, Timings

PORT = Article(
    "port",
    "Port strike begins",
    "Dockers in Harrow walked out on Monday. They want more pay. The port handles 40 ships a week."
    "\n\nNobody knows how long it will last. The mayor is worried.",
    publisher="Harrow Gazette",
    url="https://www.harrow.example/port?a=1&b=2",
    published=date(2023, 8, 14),
)
FERRY = Article("ferry", "Ferry line closed", "The ferry stopped after a fire. Nobody was hurt.")
HOSTILE = Article(
    "evil",
    '<script>alert("title")</script>',
    'The <img src=x onerror="alert(1)"> minister resigned. [x](javascript:alert(2)) $$x$$ **bold** '
    "${alert(3)} {{constructor}} </mark></p><script>alert(4)</script>",
    publisher='"><svg onload=alert(5)>',
    url="javascript:alert(6)",
)


def cite(article: Article, words: str, marker: int = 1) -> Citation:
    start = article.text.index(words)
    return Citation(marker, article, start, start + len(words))


def quote(article: Article, words: str, score: float = 0.9) -> Quote:
    start = article.text.index(words)
    return Quote(article, start, start + len(words), score)


def proved(text: str, *citations: Citation) -> Sentence:
    return Sentence(text, True, citations)


def make_answer(
    *sentences: Sentence,
    text: str = "",
    evidence: Sequence[Quote] = (),
    abstained_because: str | None = None,
    model: str = "scripted",
) -> Answer:
    return Answer(
        question="What happened?",
        text=text or " ".join(sentence.text for sentence in sentences),
        sentences=sentences,
        evidence=tuple(evidence),
        abstained=abstained_because is not None,
        abstained_because=abstained_because,
        model=model,
        timings=Timings(0.1, 0.5, 1.25),
    )
