"""Tables of articles in Parquet, by pyarrow, some rows at a time."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from rag.errors import ReadError
from rag.readers.columns import field_of, refuse_without_text
from rag.readers.tables import Outcome, record_outcome, refuse_hopeless

ROWS_AT_A_TIME = 100


def read_parquet(path: Path) -> Iterator[Outcome]:
    """Yield the rows; columns that we do not know are not even read.

    Raises:
        ReadError: it is damaged, or no column holds a text.
        OSError: it cannot be opened.
    """
    with path.open("rb") as file:
        try:
            table = pq.ParquetFile(file)
            columns = list(table.schema_arrow.names)
            refuse_without_text(columns, str(path))
            known = [column for column in columns if field_of(column)]
            batches = table.iter_batches(batch_size=ROWS_AT_A_TIME, columns=known)
            rows = enumerate((row for batch in batches for row in batch.to_pylist()), start=1)
            outcomes = (record_outcome(row, f"{path}, row {number}") for number, row in rows)
            yield from refuse_hopeless(outcomes, path)
        except (pa.ArrowException, OSError, ValueError) as error:
            raise ReadError(f"{path} is not a whole Parquet file; get it again") from error
