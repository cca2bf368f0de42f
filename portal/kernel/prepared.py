"""Statements that cost more to make than to run, kept as the driver was given them: text, and values bound apart."""

import datetime as dt
import json
from collections.abc import Callable, Hashable, Sequence
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from portal.kernel.db import AnySelect

MOST = 2048  # statements kept per process


class Prepared:
    """One memory of statements. The key must name everything that decides what a statement says and which values it holds."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, tuple[str, Any]] = {}

    def rows(self, session: Session, key: Hashable, make: Callable[[], AnySelect]) -> Sequence[Row[Any]]:
        """The rows of the statement kept under `key`, made by `make` the first time; see `moment` and `payload`."""
        connection = session.connection()
        key = (connection.dialect.name, key)
        if (kept := self._kept.get(key)) is not None:
            return connection.exec_driver_sql(*kept).all()
        result = connection.execute(make())
        context = result.context
        if len(self._kept) >= MOST:
            self._kept.clear()
        self._kept[key] = (context.statement, context.parameters[0])
        return result.all()


def moment(value: Any) -> Any:
    """A time out of such a row: text on SQLite, naive UTC on PostgreSQL."""
    if isinstance(value, str):
        value = dt.datetime.fromisoformat(value)
    return value.replace(tzinfo=dt.UTC) if value is not None else None


def payload(value: Any) -> Any:
    """A JSON column out of such a row: text on SQLite."""
    return json.loads(value) if isinstance(value, str) else value
