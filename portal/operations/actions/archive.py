"""What an archive looks like: a zip with a JSON object a line for each row, the uploads, and a manifest with their hashes."""

import base64
import dataclasses
import datetime as dt
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from sqlalchemy import Column, Date, DateTime, LargeBinary, Table
from sqlalchemy import Enum as EnumColumn
from sqlalchemy.types import TypeDecorator

from portal.kernel.db import Base
from portal.kernel.errors import Refused
from portal.kernel.text import N_

FORMAT = 1
MANIFEST = "manifest.json"
BLOCK = 1_048_576


@dataclass(frozen=True)
class Entry:
    """One entry of the archive: how many rows or bytes it holds, and SHA-256 over its content."""

    amount: int
    sha256: str


@dataclass
class Contents:
    """The manifest: `revision` is the schema's, `chain` the hash of the log's newest row; `missing` uploads were lost before."""

    revision: str
    at: str
    chain: str = ""
    tables: dict[str, Entry] = field(default_factory=dict)
    files: dict[str, Entry] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)

    def to_json(self) -> str:
        """As it stands in the archive."""
        return json.dumps({"format": FORMAT, **dataclasses.asdict(self)}, indent=1)

    @classmethod
    def from_json(cls, text: bytes) -> "Contents":
        """What a manifest says.

        Raises:
            Refused: it is none that this version writes.
        """
        try:
            found = json.loads(text)
            if found.pop("format") != FORMAT:
                raise ValueError
            for part in ("tables", "files"):
                found[part] = {name: Entry(**each) for name, each in found[part].items()}
            return cls(**found)
        except (ValueError, TypeError, KeyError, AttributeError) as problem:
            raise Refused(N_("This is no archive of a portal, or one of a later version.")) from problem


def tables() -> list[Table]:
    """All tables of the portal, those that others point to first."""
    return list(Base.metadata.sorted_tables)


def entry_of(table: Table) -> str:
    """Where the archive holds a table."""
    return f"tables/{table.name}.jsonl"


def written(row: Mapping[str, Any]) -> bytes:
    """A row as a line."""
    return json.dumps(dict(row), default=_plain, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def reader_of(table: Table) -> Callable[[bytes], dict[str, Any]]:
    """What turns the lines of a table into values for its columns."""
    readers = {column.name: reader for column in table.columns if (reader := _reader(column)) is not None}

    def read(line: bytes) -> dict[str, Any]:
        row: dict[str, Any] = json.loads(line)
        for name, reader in readers.items():
            if row[name] is not None:
                row[name] = reader(row[name])
        return row

    return read


def _plain(value: Any) -> Any:
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.asdict(value)
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    raise TypeError(f"{type(value).__name__} is nothing that a column holds")


def _reader(column: Column[Any]) -> Callable[[Any], Any] | None:
    kind = column.type.impl if isinstance(column.type, TypeDecorator) else column.type
    if isinstance(kind, EnumColumn):
        return kind.enum_class
    if isinstance(kind, DateTime):
        return dt.datetime.fromisoformat
    if isinstance(kind, Date):
        return dt.date.fromisoformat
    return base64.b64decode if isinstance(kind, LargeBinary) else None
