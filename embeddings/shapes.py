"""What every vector index does the same way: checking shapes, and files that appear whole."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from embeddings.protocols import FloatMatrix, Ids


def check_rows(ids: Ids, vectors: FloatMatrix, *, dimension: int) -> None:
    """Check that there is one vector of the right dimension for each id.

    Raises:
        ValueError: naming the expected and the given shape.
    """
    expected = (len(ids), dimension)
    if vectors.shape != expected:
        raise ValueError(f"expected vectors of shape {expected}, got {vectors.shape}")


@contextmanager
def write_whole(path: Path) -> Iterator[Path]:
    """Give a temporary path to write to, renamed to `path` when the block succeeds."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}.partial")
    try:
        yield temporary
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
