"""Just enough of the GGUF format to tell a whole model file from one that was cut short."""

import mmap
import struct
from dataclasses import dataclass
from math import prod
from pathlib import Path

from rag.errors import ModelError

MAGIC = b"GGUF"
STRING, ARRAY, UINT32 = 8, 9, 4
# Bytes of a metadata value, by its type's number.
VALUE_BYTES = {0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8}
# Weights in a block and bytes of a block, by the tensor type's number (ggml.h). Of a type that is
# not here only the beginning is checked.
BLOCKS = {
    **{0: (1, 4), 1: (1, 2), 30: (1, 2)},  # F32, F16, BF16
    **{2: (32, 18), 3: (32, 20), 6: (32, 22), 7: (32, 24), 8: (32, 34)},  # Q4_0 … Q8_0
    **{
        10: (256, 84),
        11: (256, 110),
        12: (256, 144),
        13: (256, 176),
        14: (256, 210),
    },  # Q2_K … Q6_K
}


def check_gguf(path: Path) -> None:
    """Do nothing if `path` is a GGUF file with all its tensors.

    Raises:
        ModelError: it is missing, unreadable, of another format, or cut short.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            if file.read(len(MAGIC)) != MAGIC:
                raise ModelError(f"{path} is no GGUF file: choose a model file that ends in .gguf.")
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
                expected = tensors_end(data)
    except FileNotFoundError as error:
        raise ModelError(f"There is no model file {path}: check its path.") from error
    except OSError as error:
        raise ModelError(f"The model file {path} cannot be read: {error.strerror}.") from error
    except (struct.error, IndexError):
        expected = size + 1
    except KeyError as error:
        raise ModelError(f"{path} is damaged, or of a newer GGUF version: get it anew.") from error
    if size < expected:
        raise ModelError(f"The model file {path} was cut short: delete it and get it anew.")


def tensors_end(data: mmap.mmap) -> int:
    """Return the number of bytes that the file must have to hold its last tensor.

    Raises:
        struct.error: the file ends within its header.
        KeyError: the header has a type that this does not know.
    """
    header = Header(data, position=len(MAGIC) + 4)
    tensors, values = header.number("<q"), header.number("<q")
    alignment = 32
    for _ in range(values):
        key, kind = header.text(), header.number("<I")
        if key == b"general.alignment" and kind == UINT32:
            alignment = header.number("<I")
        else:
            header.skip(kind)
    ends = [0]
    for _ in range(tensors):
        header.text()
        sizes = [header.number("<Q") for _ in range(header.number("<I"))]
        block, block_bytes = BLOCKS.get(header.number("<I"), (1, 0))
        ends.append(header.number("<Q") + prod(sizes) // block * block_bytes)
    return -(-header.position // alignment) * alignment + max(ends)


@dataclass(slots=True)
class Header:
    """Reads a GGUF header from front to back."""

    data: mmap.mmap
    position: int

    def number(self, layout: str) -> int:
        (value,) = struct.unpack_from(layout, self.data, self.position)
        self.position += struct.calcsize(layout)
        return int(value)

    def text(self) -> bytes:
        length = self.number("<Q")
        start, self.position = self.position, self.position + length
        return self.data[start : self.position]

    def skip(self, kind: int) -> None:
        if kind == STRING:
            self.text()
        elif kind == ARRAY:
            inner, length = self.number("<I"), self.number("<Q")
            if inner in VALUE_BYTES:
                self.position += length * VALUE_BYTES[inner]
                return
            for _ in range(length):
                self.skip(inner)
        else:
            self.position += VALUE_BYTES[kind]
