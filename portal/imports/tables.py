"""Tables as spreadsheets save them: encoding and delimiter found out, columns named by the header or by a mapping.

A row that is no record becomes a `Problem` with the line it begins in, and the reading goes on.
"""

import csv
import io
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO, cast

from portal.imports.reading import MOST_BYTES, Line, Problem, Record
from portal.kernel.errors import Invalid
from portal.kernel.text import N_, Words, folded

DELIMITERS = ",;\t|"
_BOMS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_PARTS = ("fields", "constants", "lists")


@dataclass(frozen=True)
class Columns:
    """What a table's columns are in our words.

    `fields` gives the field of a header – compared without case and accents; an empty field leaves the column out. Headers
    that are not named there keep their own name. `constants` are the same in every record. `lists` names fields whose cells hold
    several values, and what stands between those.
    """

    fields: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, Any] = field(default_factory=dict)
    lists: Mapping[str, str] = field(default_factory=dict)

    def named(self, header: str) -> str:
        """The field of a column."""
        key = folded(header)
        return self.fields.get(key, key.replace(" ", "_"))

    def record(self, names: list[str], cells: list[str]) -> Record:
        """What a row says; empty cells say nothing."""
        found: Record = dict(self.constants)
        for name, cell in zip(names, cells, strict=False):
            if name and (text := cell.strip()):
                between = self.lists.get(name)
                found[name] = [part for each in text.split(between) if (part := each.strip())] if between else text
        return found


def columns_in(text: str) -> Columns:
    """The mapping that a TOML file holds, in the tables `fields`, `constants` and `lists`.

    Raises:
        Invalid: it is no such file.
    """
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise Invalid("mapping", N_("The mapping is not TOML: %(problem)s"), problem=str(problem)) from problem
    if strange := sorted(found.keys() - set(_PARTS)):
        raise Invalid("mapping", N_("The mapping knows fields, constants and lists, not “%(name)s”."), name=strange[0])
    parts = [found.get(part, {}) for part in _PARTS]
    if not all(isinstance(part, dict) for part in parts) or not _all_text(parts[0], parts[2]) or "" in parts[2].values():
        raise Invalid("mapping", N_("In the mapping's tables each name has a text."))
    return Columns({folded(header): name for header, name in parts[0].items()}, parts[1], parts[2])


def delimiter_of(header: str) -> str | None:
    """What stands between the cells of a header: the candidate that stands there most often outside quotation marks."""
    outside = "".join(header.split('"')[::2])
    best = max(DELIMITERS, key=outside.count)
    return best if best in outside else None


def encoding_of(sample: bytes) -> str:
    """By its mark; else UTF-8 where the sample is that, else the Western European one of older spreadsheets."""
    for mark, name in _BOMS.items():
        if sample.startswith(mark):
            return name
    try:
        sample.decode()
    except UnicodeDecodeError as problem:
        if problem.start < len(sample) - 4:  # a letter cut by the sample's end is no fault
            return "cp1252"
    return "utf-8"


def read_table(stream: io.BufferedIOBase, sample: bytes, columns: Columns) -> Iterator[Line]:
    """Line and content of every row after the header. `sample` is how the stream begins; memory stays bounded."""
    text = io.TextIOWrapper(cast(BinaryIO, stream), encoding_of(sample), errors="surrogateescape", newline="")
    header = text.readline(MOST_BYTES)
    csv.field_size_limit(MOST_BYTES)
    between = delimiter_of(header) or ","
    names = [columns.named(cell) for cell in next(csv.reader([header], delimiter=between), [])]
    twice = [name for name in names if name and names.count(name) > 1]
    if twice or not any(names):
        yield 1, Problem(Words(N_("The header names no column, or one twice: “%(name)s”."), {"name": (*twice, "")[0][:80]}))
        return
    yield from _rows(csv.reader(iter(lambda: text.readline(MOST_BYTES), ""), delimiter=between), names, columns)


def _rows(reader: Any, names: list[str], columns: Columns) -> Iterator[Line]:
    while True:
        number = reader.line_num + 2  # the header is line 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield number, Problem(Words(N_("The row cannot be read: a quotation mark is not closed, or it is too long.")))
            continue
        yield number, _found(cells, names, columns)


def _found(cells: list[str], names: list[str], columns: Columns) -> Record | Problem | None:
    if not any(cell.strip() for cell in cells):
        return None
    if len(cells) > len(names) and any(cell.strip() for cell in cells[len(names) :]):
        counts = {"cells": len(cells), "columns": len(names)}
        return Problem(Words(N_("The row has %(cells)s cells, the header %(columns)s."), counts))
    if any("\udc80" <= letter <= "\udcff" for cell in cells if not cell.isascii() for letter in cell):
        return Problem(Words(N_("The row holds bytes that are no letters in the encoding of the file.")))
    if any("\0" in cell for cell in cells):
        return Problem(Words(N_("The line holds a null byte.")))
    return columns.record(names, cells)


def _all_text(*tables: dict[str, Any]) -> bool:
    return all(isinstance(value, str) for table in tables for value in table.values())
