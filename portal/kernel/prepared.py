"""Statements that cost more to make than to run, kept as the driver was given them: text, and values bound apart."""

import datetime as dt
import json
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from sqlalchemy import Connection, Dialect, Insert, Row, Table, Update
from sqlalchemy.orm import Session

from portal.kernel.db import AnySelect, AnyUnion

MOST = 2048  # statements kept per process


@dataclass(frozen=True)
class _Text:
    """A statement for the driver, its values, and where among them the values stand that change; None: they go by name."""

    text: str
    values: Any
    places: Mapping[str, Sequence[int]] | None

    def with_values(self, changing: Mapping[str, Any]) -> Any:
        if self.places is None:
            return {**self.values, **changing}
        values = list(self.values)
        for name, places in self.places.items():
            for place in places:
                values[place] = changing[name]
        return tuple(values)


class Question:
    """One statement that is always the same but for its bound values, which are plain text or numbers."""

    def __init__(self, statement: AnySelect | AnyUnion) -> None:
        self._statement = statement
        self._texts: dict[str, _Text] = {}

    def rows(self, session: Session, **values: str | int | None) -> Sequence[Row[Any]]:
        """The rows; times, payloads and members of enums come in either form, see `moment` and `payload`."""
        connection = session.connection()
        if (known := self._texts.get(connection.dialect.name)) is not None:
            return connection.exec_driver_sql(known.text, known.with_values(values)).all()
        result = connection.execute(self._statement, values)
        context = result.context
        order = context.compiled.positiontup  # type: ignore[union-attr]  # there is one: the statement was no text
        places = None if order is None else {name: [at for at, what in enumerate(order) if what == name] for name in values}
        self._texts[connection.dialect.name] = _Text(context.statement, context.parameters[0], places)
        return result.all()


class Change:
    """How rows are added or changed by one statement with all of `names` given, their values made by the columns' own types.

    A column that is filled in by itself at every change has to be among them.
    """

    def __init__(self, statement: Insert | Update, *names: str) -> None:
        self._statement, self._names = statement, names
        self._texts: dict[str, tuple[str, Sequence[tuple[str, Any]], bool]] = {}

    @classmethod
    def adding(cls, table: Table, *columns: str) -> Self:
        """New rows of `table`."""
        return cls(table.insert().inline(), *columns)

    def make(self, connection: Connection, *rows: Mapping[str, Any]) -> None:
        """Run it with each of the rows, in one go. What a session has loaded does not hear of it."""
        text, makers, by_name = self._texts.get(connection.dialect.name) or self._compiled(connection.dialect)
        made = [{name: make(row[name]) if make else row[name] for name, make in makers} for row in rows]
        connection.exec_driver_sql(text, made if by_name else [tuple(row.values()) for row in made])

    def _compiled(self, dialect: Dialect) -> tuple[str, Sequence[tuple[str, Any]], bool]:
        columns = self._names if isinstance(self._statement, Insert) else None
        compiled = self._statement.compile(dialect=dialect, column_keys=columns)
        order = compiled.positiontup
        types = {name: compiled.binds[name].type for name in self._names}
        makers = [(name, types[name].dialect_impl(dialect).bind_processor(dialect)) for name in order or self._names]
        self._texts[dialect.name] = (str(compiled), makers, order is None)
        return self._texts[dialect.name]


class Prepared:
    """One memory of statements. The key must name everything that decides what a statement says and which values it holds."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, tuple[str, Any]] = {}

    def rows(self, session: Session, key: Hashable, make: Callable[[], AnySelect | AnyUnion]) -> Sequence[Row[Any]]:
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
