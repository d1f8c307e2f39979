"""An agency's report, its reprints, and reports that only resemble it; all of our own writing."""

from dataclasses import replace
from datetime import date

from rag.types import Article

DAY = date(2023, 8, 14)
STRIKE = (
    "About 1,900 dockworkers at the Port of Saltmere walked out on Monday over a new rota that "
    "would oblige them to work up to nine night shifts a month. All three container terminals "
    "stood still from early in the morning, the port authority said. Until now no more than five "
    "night shifts a month have been allowed at the terminals. The union says that the new rota "
    "endangers the health of its members and their families."
)
LIGHTLY_EDITED = (
    "Some 1,900 dockworkers at the Port of Saltmere walked off the job on Monday over a new rota "
    "that would force them to work up to nine night shifts a month. All three container terminals "
    "have stood still since early in the morning, the port authority said. Until now no more than "
    "five night shifts a month were allowed at the terminals. The union claims that the new rota "
    "endangers the health of its members and of their families."
)
OTHER_REPORT = (
    "The port of Saltmere came to a halt on Monday because its workers laid down their tools. "
    "They object to working nine nights in every month. The operator needs longer hours, since "
    "ever more ships arrive. A third of the country's fruit is unloaded here, and wholesalers "
    "expect bananas to be scarce within the week if the two sides do not agree before that."
)
UPDATE = (
    "The strike at the Port of Saltmere is over after nine days. Dockworkers will have to work at "
    "most six night shifts a month. Until now no more than five night shifts a month have been "
    "allowed at the terminals. Wages will rise from October on, and nobody of advanced age can be "
    "called in at night any more, according to the agreement between union and operator."
)


def article(id_: str, text: str = STRIKE, **fields: object) -> Article:
    return replace(Article(id_, id_, text, published=DAY), **fields)  # type: ignore[arg-type]


WIRE = article("wire", publisher="Meridian Wire")
REPRINT = article(
    "reprint", LIGHTLY_EDITED, publisher="Harbour Courier", published=date(2023, 8, 15)
)
