"""The beginning of a file as the importer reads it: form, encoding, columns, and the first records with what is wrong in them."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from portal.imports.formats import SAMPLE, form_of, read_any
from portal.imports.inputs import MOST_COLUMNS
from portal.imports.reading import Line, Problem, Record
from portal.imports.report import Reason, reasons_of
from portal.imports.tables import Columns, delimiter_of, encoding_of
from portal.imports.terms import Uploadable
from portal.kernel.errors import Invalid, PortalError
from portal.kernel.text import N_, folded, one_line

ROWS = 5
_MOST_SHOWN = 300  # characters of one value
_CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\r\f")
_MARKUP = (b"<!doctype", b"<html", b"<svg", b"<?xml", b"<script")


@dataclass(frozen=True)
class Row:
    """One record: what is read in it, by field, or why it is refused."""

    line: int
    values: tuple[tuple[str, str], ...] = ()
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Preview:
    """`headers`: those of a table with the field that each is read as, empty where it is left out."""

    form: str
    encoding: str
    delimiter: str
    headers: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]


def columns_of(uploadable: Uploadable, chosen: Mapping[str, str]) -> Columns:
    """What somebody chose; of the other headers those that are named like a field."""
    return Columns(chosen, lists=uploadable.lists)


def looked_at(session: Session, path: Path, uploadable: Uploadable, chosen: Mapping[str, str]) -> Preview:
    """The first records of the file that lies at `path`."""
    with path.open("rb") as file:
        sample = file.read(SAMPLE)
    columns, form = columns_of(uploadable, chosen), form_of(sample)
    header = sample.decode(encoding_of(sample), errors="replace").partition("\n")[0] if form == "table" else ""
    with path.open("rb") as file:
        lines = (line for line in read_any(file, columns, form) if line[1] is not None)
        rows = tuple(_row(session, line, uploadable) for line in islice(lines, ROWS))
    between = delimiter_of(header) or ""
    return Preview(form, encoding_of(sample), between, tuple(_headers(header, between, columns, uploadable)), rows)


def require_records(path: Path) -> None:
    """Go on only with text that can hold records, whatever its name says.

    Raises:
        Invalid: these bytes are something else.
    """
    with path.open("rb") as file:
        sample = file.read(SAMPLE)
    begun = sample.removeprefix(b"\xef\xbb\xbf").lstrip()[:20].lower()
    plain = sample if encoding_of(sample) != "utf-16" else sample.decode("utf-16", errors="replace").encode()
    if not begun or begun.startswith(_MARKUP) or not _CONTROLS.isdisjoint(plain):
        raise Invalid("file", N_("This is no list of records. Save it as CSV, or choose a file of JSON."))


def _headers(header: str, between: str, columns: Columns, uploadable: Uploadable) -> list[tuple[str, str]]:
    cells = next(csv.reader([header], delimiter=between), []) if between else []
    named = [(one_line(cell)[:_MOST_SHOWN], columns.named(cell)) for cell in cells[:MOST_COLUMNS]]
    known = set(uploadable.fields)
    return [(cell, field if not known or field in known else "") for cell, field in named if folded(cell)]


def _row(session: Session, line: Line, uploadable: Uploadable) -> Row:
    number, found = line
    if isinstance(found, Problem):
        return Row(number, reasons=(Reason(found.why),))
    record: Record = found or {}
    try:
        shown = uploadable.shown(session, record) if uploadable.shown else record.items()
        return Row(number, tuple((name, _short(value)) for name, value in shown if value not in (None, "", [])))
    except PortalError as problem:
        return Row(number, reasons=reasons_of(problem))


def _short(value: Any) -> str:
    text = one_line(str(value))
    return text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}…"
