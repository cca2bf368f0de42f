"""Changing the rows of one version, and making the next beside it. Every step is given the transaction that it belongs to."""

import time
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, Text, bindparam, cast, delete, func, insert, inspect, select, update
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.schema import CreateSchema, CreateTable, DropTable

from portal.kernel.db import AnyRow
from portal.search.engine.errors import IndexBroken
from portal.search.engine.postgres.rows import document_row, word_rows
from portal.search.engine.postgres.tables import (
    Tables,
    changed,
    has_rum,
    is_ours,
    metadata,
    schema_of,
    shape,
    state,
    tables,
    tables_of,
)
from portal.search.engine.schema import Entry

# Of the advisory lock that a rebuild holds; any number that the portal uses for nothing else.
REBUILD_LOCK = 0x5EA2C4


def patience(connection: Connection, seconds: float) -> None:
    """How long statements of this transaction wait for somebody else's lock."""
    connection.execute(select(func.set_config("lock_timeout", f"{int(seconds * 1000)}ms", True)))


def place_of_writer(connection: Connection) -> AnyRow:
    """What counts now, held until the transaction ends: changes wait for one another. Raises `IndexBroken`."""
    row = connection.execute(select(state).with_for_update()).one_or_none()
    if row is None or row.version == 0:
        raise IndexBroken("there is no index yet")
    return row


def write(connection: Connection, own: Tables, entries: Sequence[Entry], gone: Sequence[int] = ()) -> None:
    """Put entries in the place of those with the same ids; `gone` are forgotten."""
    documents, words = own.documents, own.words
    if gone:
        connection.execute(delete(documents).where(documents.c.id.in_(list(gone))))
    if not entries:
        return
    made = upsert(documents).values(words=cast(bindparam("words", type_=Text), TSVECTOR))
    replaced = {column.name: made.excluded[column.name] for column in documents.columns if not column.primary_key}
    rows = [document_row(entry) for entry in entries]
    connection.execute(made.on_conflict_do_update(index_elements=[documents.c.id], set_=replaced), rows)
    if new := word_rows(entries):
        connection.execute(upsert(words).on_conflict_do_nothing(), new)


def announce(connection: Connection, version: int, **more: object) -> int:
    """Let readers see the change; returns its generation."""
    values = {"version": version, "generation": state.c.generation + 1, **more}
    return int(connection.execute(update(state).values(**values).returning(state.c.generation)).scalar_one())


def note(connection: Connection, ids: Iterable[int]) -> None:
    """A rebuild is running: these are to be copied into what it makes."""
    if rows := [{"id": number} for number in sorted(set(ids))]:
        connection.execute(upsert(changed).on_conflict_do_nothing(), rows)


def create(connection: Connection) -> None:
    """The schema, and what all versions share."""
    connection.execute(CreateSchema(schema_of(connection), if_not_exists=True))
    metadata.create_all(connection)
    if connection.execute(select(state.c.version)).first() is None:
        # Beyond any generation of an index that was lost: pages that were kept for one of those must not come back.
        connection.execute(insert(state).values(version=0, generation=time.time_ns() // 1_000_000, shape=""))


def begin(connection: Connection) -> Tables:
    """Empty tables of a version that was never used; from now on changes are noted."""
    row = connection.execute(select(state).with_for_update()).one()
    own = tables(max([row.version, *versions(connection)]) + 1, rum=has_rum(connection))
    for table in (own.documents, own.words):
        connection.execute(CreateTable(table))  # indexes are made when it is full
    connection.execute(delete(changed))
    connection.execute(update(state).values(building=own.version))
    return own


def swap(connection: Connection, own: Tables) -> int:
    """Repeat what changed meanwhile, and let this version count; returns its generation."""
    row = connection.execute(select(state).with_for_update()).one()
    ids = select(changed.c.id)
    if is_ours(row) and connection.execute(ids.limit(1)).first():
        old = tables_of(row)
        connection.execute(delete(own.documents).where(own.documents.c.id.in_(ids)))
        copied = select(old.documents).where(old.documents.c.id.in_(ids))
        connection.execute(insert(own.documents).from_select(list(own.documents.c), copied))
        named = select(func.unnest(own.documents.c.title_words)).where(own.documents.c.id.in_(ids))
        words = select(old.words).where(old.words.c.word.in_(named))
        connection.execute(upsert(own.words).from_select(list(own.words.c), words).on_conflict_do_nothing())
    connection.execute(delete(changed))
    return announce(connection, own.version, shape=shape(rum=own.rum), building=None)


def versions(connection: Connection) -> list[int]:
    """Of all that have tables, dead ones too."""
    names = inspect(connection).get_table_names(schema=schema_of(connection))
    found = {name.partition("_")[2] for name in names if name.startswith(("document_", "word_"))}
    return sorted(int(number) for number in found if number.isdigit())


def drop(connection: Connection, version: int) -> None:
    for table in (tables(version).documents, tables(version).words):
        connection.execute(DropTable(table, if_exists=True))
