"""One segment as flat arrays in one file, mapped into memory and shared by all processes that search.

A file is written under a name of its own and renamed when complete; its head tells length and checksum of what follows,
so a file cut short by a crash is noticed and never half believed.
"""

import json
import math
import mmap
import os
import zlib
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from portal.search.engine.errors import IndexBroken
from portal.search.engine.ranking import Numbers

_MAGIC = b"CWSIDE01"
_ALIGN = 64
_VIEWED = (".blob", ".ends", ".starts")


@dataclass(frozen=True)
class Lexicon:
    """Byte strings in one piece. Sorted ones can be looked up.

    Both parts are memoryviews: one element of an array takes several times longer to read.
    """

    blob: memoryview
    offsets: memoryview

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def __getitem__(self, place: int) -> bytes:
        return bytes(self.blob[self.offsets[place] : self.offsets[place + 1]])

    def first_not_below(self, wanted: bytes) -> int:
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if self[middle] < wanted:
                low = middle + 1
            else:
                high = middle
        return low

    def find(self, wanted: bytes) -> int:
        """Place of the string, or -1."""
        place = self.first_not_below(wanted)
        return place if place < len(self) and self[place] == wanted else -1

    def starting_with(self, prefix: bytes) -> tuple[int, int]:
        # 0xff occurs in no UTF-8 text, so it sorts behind every continuation.
        return self.first_not_below(prefix), self.first_not_below(prefix + b"\xff")


@dataclass(frozen=True)
class SegmentData:
    """Arrays of one segment by name; `decode` says which.

    Args:
        count: documents, deleted ones too; they are numbered from 0.
        strings: short lists of texts, such as the values of a facet.
    """

    count: int
    arrays: dict[str, Numbers]
    strings: dict[str, list[str]]
    lexicons: dict[str, Lexicon] = field(init=False)
    starts: dict[str, memoryview] = field(init=False)

    def __post_init__(self) -> None:
        views = {name: values.data for name, values in self.arrays.items() if name.endswith(_VIEWED)}
        lexicons = {
            name.removesuffix(".blob"): Lexicon(blob, views[name.replace(".blob", ".ends")])
            for name, blob in views.items()
            if name.endswith(".blob")
        }
        starts = {name: view for name, view in views.items() if name.endswith(".starts")}
        object.__setattr__(self, "lexicons", lexicons)
        object.__setattr__(self, "starts", starts)

    def run(self, name: str, place: int, end: int | None = None) -> slice:
        """Where the rows of one entry, or of entries up to `end`, lie in a ragged array."""
        starts = self.starts[f"{name}.starts"]
        return slice(starts[place], starts[place + 1 if end is None else end])


def lexicon_arrays(name: str, texts: list[bytes]) -> dict[str, Numbers]:
    """The two arrays a `Lexicon` called `name` is made of."""
    ends = np.zeros(len(texts) + 1, dtype=np.uint32)
    np.cumsum([len(text) for text in texts], out=ends[1:])
    return {f"{name}.blob": np.frombuffer(b"".join(texts), dtype=np.uint8), f"{name}.ends": ends}


def save(data: SegmentData, path: Path) -> None:
    """Write the file so that it appears whole or not at all."""
    table, chunks, offset, checksum = {}, [], 0, 0
    for name, values in data.arrays.items():
        raw = np.ascontiguousarray(values).tobytes()
        raw += b"\0" * (-len(raw) % _ALIGN)
        table[name] = (values.dtype.str, offset, list(values.shape))
        chunks.append(raw)
        offset += len(raw)
        checksum = zlib.crc32(raw, checksum)
    head = {"count": data.count, "strings": data.strings, "arrays": table, "size": offset, "checksum": checksum}
    encoded = json.dumps(head).encode()
    encoded += b" " * (-(len(encoded) + len(_MAGIC) + 8) % _ALIGN)
    sizes = np.array([len(encoded), zlib.crc32(encoded)], dtype="<u4").tobytes()
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with draft.open("wb") as file:
        file.write(_MAGIC + sizes + encoded)
        file.writelines(chunks)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def load(path: Path) -> SegmentData:
    """Map the file.

    Raises:
        FileNotFoundError: there is none.
        IndexBroken: it is not whole.
    """
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if size else b""
    try:
        return _parse(memoryview(mapped))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise IndexBroken(f"{path.name} is damaged: {error}") from error


def _parse(content: memoryview) -> SegmentData:
    start = len(_MAGIC) + 8
    if content[: len(_MAGIC)] != _MAGIC:
        raise ValueError("it is of another kind")
    length, expected = (int(number) for number in np.frombuffer(content[len(_MAGIC) : start], dtype="<u4"))
    encoded = content[start : start + length]
    if zlib.crc32(encoded) != expected:
        raise ValueError("its head does not match")
    head = json.loads(bytes(encoded))
    body = content[start + length :]
    if len(body) != head["size"] or zlib.crc32(body) != head["checksum"]:
        raise ValueError("its body does not match")
    arrays = {name: _array(body, *where) for name, where in head["arrays"].items()}
    return SegmentData(head["count"], arrays, head["strings"])


def _array(body: memoryview, kind: str, offset: int, shape: list[int]) -> Numbers:
    size = math.prod(shape)
    flat = np.frombuffer(body, dtype=kind, count=size, offset=offset) if size else np.zeros(0, dtype=kind)
    return flat.reshape(shape)
