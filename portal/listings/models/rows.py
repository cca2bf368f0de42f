"""Columns that hold rows: JSON in the database, typed in Python."""

import dataclasses
from collections.abc import Iterable
from typing import Any

from sqlalchemy import JSON, Dialect
from sqlalchemy.types import TypeDecorator

from portal.listings.inputs import CourseSession, Phase


class RowsColumn(TypeDecorator[tuple[Any, ...]]):
    """A tuple of `kind`, stored as a list of objects. Takes those objects as well: an archive holds them."""

    impl = JSON
    cache_ok = True

    def __init__(self, kind: type[Phase] | type[CourseSession]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: Iterable[Any] | None, dialect: Dialect) -> list[dict[str, Any]]:
        return [_stored(each) for each in value or ()]

    def process_result_value(self, value: list[dict[str, Any]] | None, dialect: Dialect) -> tuple[Any, ...]:
        return tuple(self.kind(**each) for each in value or ())


def _stored(row: Any) -> dict[str, Any]:
    values = row if isinstance(row, dict) else dataclasses.asdict(row)
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in values.items()}
