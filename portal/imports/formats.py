"""Which form a file of records has, by how it begins, and the reading of each."""

import io
from collections.abc import Iterator
from typing import BinaryIO

from portal.imports.arrays import read_array
from portal.imports.reading import Line, read_records
from portal.imports.tables import Columns, delimiter_of, encoding_of, read_table

SAMPLE = 65_536
FORMS = ("json-lines", "json", "table")


class _Begun(io.RawIOBase):
    """A stream whose beginning was read already."""

    def __init__(self, sample: bytes, rest: BinaryIO) -> None:
        self._sample = sample
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # the library's own stub allows any buffer
        piece = self._sample[: len(buffer)] or self._rest.read(len(buffer))
        self._sample = self._sample[len(piece) :]
        buffer[: len(piece)] = piece
        return len(piece)


def form_of(sample: bytes) -> str:
    """One of `FORMS`: an array begins with its bracket, a table's first line has delimiters, all else is a record a line."""
    begun = sample.decode(encoding_of(sample), errors="replace").lstrip()
    if begun.startswith("["):
        return "json"
    header = begun.partition("\n")[0]
    return "table" if not begun.startswith("{") and delimiter_of(header) else "json-lines"


def read_any(stream: BinaryIO, columns: Columns | None = None, form: str | None = None) -> Iterator[Line]:
    """The records of a file in any of `FORMS`; which one is found out where it is not said."""
    sample = stream.read(SAMPLE)
    whole = io.BufferedReader(_Begun(sample, stream))
    form = form or form_of(sample)
    if form == "table":
        return read_table(whole, sample, columns or Columns())
    return read_array(whole) if form == "json" else read_records(whole)
