"""The index in the database, as others use it."""

import contextlib
import itertools
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from sqlalchemy import Connection, Engine, Table, func, select, text, update
from sqlalchemy.exc import DBAPIError

from portal.kernel.db import AnyRow, AnySelect
from portal.search.engine.backend import PROGRESS_EVERY, Health, Progress
from portal.search.engine.documents import Document
from portal.search.engine.errors import IndexBroken, IndexBusy
from portal.search.engine.parser import Parsed, parse
from portal.search.engine.postgres import checking, likeness, wording, writing
from portal.search.engine.postgres.answering import answered, asked
from portal.search.engine.postgres.tables import SCHEMA, Tables, is_ours, schema_of, state, tables_of
from portal.search.engine.query import Completion, Page, Query
from portal.search.engine.schema import Entry, entry
from portal.search.engine.vector import Answer

#: Documents that a rebuild writes in one transaction.
REBUILD_BATCH = 500
LOCK_SECONDS = 10.0
#: At the end of a rebuild there is much to lose by giving up early.
SWAP_SECONDS = 120.0
#: Old tables can wait: whoever still reads them is let finish, and the next rebuild tries again.
_SWEEP_SECONDS = 1.0
#: A rebuild can drop tables while a reader is about to ask them; it then looks again.
_LOOKS = 8

# What PostgreSQL says where tables or columns are not what we made, or their pages are damaged; and where a lock was held.
_BROKEN = {"42P01", "3F000", "42703", "42804", "42883", "XX001", "XX002"}
_LOCKED = "55P03"

_NOW: AnySelect = select(state)
# For this transaction: to look through the words of all documents costs twice what their index does, which the planner,
# who knows nothing of long columns, finds dear for words that many have.
_BY_INDEX: AnySelect = select(state, func.set_config("enable_seqscan", "off", True))

Result = TypeVar("Result")


class PostgresIndex:
    """A search index in tables beside the portal's own; see `SearchBackend`.

    Args:
        engine: of a PostgreSQL database in which a schema may be made.
        name: of one of several indexes there, each in a schema of its own; letters only.
    """

    def __init__(self, engine: Engine, name: str = "") -> None:
        moved = {SCHEMA: f"{SCHEMA}_{name}"} if name else {}
        self._engine = engine.execution_options(schema_translate_map=moved) if moved else engine
        self._lock = writing.REBUILD_LOCK + (zlib.crc32(name.encode()) << 24)

    @property
    def generation(self) -> int:
        return self._read(lambda _connection, found, _own: int(found.generation))

    def search(self, query: Query) -> Page:
        return self._read(
            lambda connection, found, own: _page(connection, found, own, query), now=_BY_INDEX if query.text else _NOW
        )

    def suggest(self, prefix: str, readers: tuple[str, ...], limit: int = 8) -> tuple[Completion, ...]:
        return self._read(lambda connection, _found, own: wording.completions(connection, own, prefix, readers, limit))

    def similar(self, number: int, query: Query) -> tuple[int, ...]:
        return self._read(lambda connection, _found, own: likeness.most_alike(connection, own, number, query))

    def index(self, batch: Iterable[Document], gone: Iterable[int] = ()) -> int:
        entries = {document.id: entry(document) for document in batch}
        return self._change(list(entries.values()), tuple(gone))

    def delete(self, ids: Iterable[int]) -> int:
        return self._change([], tuple(ids))

    def tidy(self) -> None:
        """Take in what indexes hold back, and count anew what the planner goes by."""
        own = self._read(lambda _connection, _found, own: own)
        with _told(), self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text(f"VACUUM (ANALYZE) {_names(connection, own.documents, own.words)}"))

    def rebuild(self, documents: Iterable[Document], progress: Progress | None = None, processes: int = 1) -> int:
        """One process writes, whatever `processes` allows: half of the work is the database's own."""
        with _told(), self._alone():
            with self._engine.begin() as connection:
                writing.create(connection)
            self._sweep()
            with self._engine.begin() as connection:
                writing.patience(connection, LOCK_SECONDS)
                own = writing.begin(connection)
            try:
                done = self._fill(own, documents, progress)
                with self._engine.begin() as connection:
                    writing.patience(connection, SWAP_SECONDS)
                    writing.swap(connection, own)
            except BaseException:
                with contextlib.suppress(DBAPIError), self._engine.begin() as connection:
                    connection.execute(update(state).values(building=None))
                    writing.drop(connection, own.version)
                raise
            self._sweep()
        return done

    def health(self) -> Health:
        try:
            return self._read(checking.health)
        except (IndexBroken, DBAPIError) as error:
            return Health(0, 0, 0, 0, 0, str(error))

    def check(self) -> Health:
        """Like `health`, with a look at every index and, for all documents, whether the words of their titles are known."""
        health = self.health()
        if not health.ok:
            return health
        return replace(health, problem=self._read(checking.problem))

    def digests(self) -> dict[int, int]:
        def ask(connection: Connection, _found: AnyRow, own: Tables) -> dict[int, int]:
            rows = connection.execute(select(own.documents.c.id, own.documents.c.digest))
            return {row.id: row.digest for row in rows}

        return self._read(ask)

    def close(self) -> None:
        """Nothing is held: connections belong to the portal's database."""

    def _read(self, ask: Callable[[Connection, AnyRow, Tables], Result], now: AnySelect = _NOW) -> Result:
        """Ask the version that counts, which `now` finds."""
        with _told():
            for look in itertools.count(1):
                with self._engine.connect() as connection:
                    found = connection.execute(now).one_or_none()
                    if found is None or found.version == 0:
                        raise IndexBroken("there is no index yet")
                    _require_shape(found)
                    try:
                        return ask(connection, found, tables_of(found))
                    except DBAPIError as error:
                        if look == _LOOKS or _code(error) not in _BROKEN:
                            raise
        raise AssertionError

    def _change(self, entries: Sequence[Entry], gone: Sequence[int]) -> int:
        with _told(), self._engine.begin() as connection:
            writing.patience(connection, LOCK_SECONDS)
            found = writing.place_of_writer(connection)
            _require_shape(found)
            writing.write(connection, tables_of(found), entries, gone)
            if found.building is not None:
                writing.note(connection, [*gone, *(entry.numbers["id"] for entry in entries)])
            return writing.announce(connection, found.version)

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold the place of the only rebuild; it is free again when the connection ends, however it does."""
        with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            if not connection.scalar(select(func.pg_try_advisory_lock(self._lock))):
                raise IndexBusy("another rebuild of the search index is running")
            try:
                yield
            finally:
                connection.execute(select(func.pg_advisory_unlock(self._lock)))

    def _fill(self, own: Tables, documents: Iterable[Document], progress: Progress | None) -> int:
        stream, done = iter(documents), 0
        while batch := list(itertools.islice(stream, PROGRESS_EVERY)):
            with self._engine.begin() as connection:
                writing.write(connection, own, [entry(document) for document in batch])
            done += len(batch)
            if progress:
                progress(done)
        with self._engine.begin() as connection:
            for index in own.indexes:
                index.create(connection)
            connection.execute(text(f"ANALYZE {_names(connection, own.documents)}"))
        return done

    def _sweep(self) -> None:
        """Remove what earlier rebuilds left."""
        with self._engine.connect() as connection:
            current = connection.execute(select(state.c.version)).scalar_one()
            dead = [version for version in writing.versions(connection) if version != current]
        for version in dead:
            with contextlib.suppress(DBAPIError), self._engine.begin() as connection:
                writing.patience(connection, _SWEEP_SECONDS)
                writing.drop(connection, version)


def _names(connection: Connection, *own: Table) -> str:
    """As a statement that is written out takes them."""
    return ", ".join(f"{schema_of(connection)}.{each.name}" for each in own)


def _page(connection: Connection, found: AnyRow, own: Tables, query: Query) -> Page:
    parsed = parse(query.text)
    answer = _answer(connection, own, query, parsed)
    suggestion = None
    if not answer.total and parsed.words and query.suggests:
        suggestion = _suggestion(connection, own, query, parsed)
    parts = (answer.ids, answer.total, answer.facets, suggestion, parsed.terms, int(found.generation))
    return Page(*parts, after=answer.after, before=answer.before, tongues=answer.tongues)


def _answer(connection: Connection, own: Tables, query: Query, parsed: Parsed) -> Answer:
    return answered(query, connection.execute(asked(own, query, parsed)).one())


def _suggestion(connection: Connection, own: Tables, query: Query, parsed: Parsed) -> str | None:
    """The corrected text, if that would find something."""
    corrected = wording.corrected(connection, own, parsed, query.readers)
    if corrected is None:
        return None
    found = _answer(connection, own, replace(query, text=corrected, facets=(), at=None), parse(corrected))
    return corrected if found.total else None


def _require_shape(found: AnyRow) -> None:
    if not is_ours(found):
        raise IndexBroken("the index was written by another version")


@contextlib.contextmanager
def _told() -> Iterator[None]:
    """What the database says, in the words of the engine."""
    try:
        yield
    except DBAPIError as error:
        if _code(error) in _BROKEN:
            raise IndexBroken(f"tables of the index are missing or damaged: {error.orig}") from error
        if _code(error) == _LOCKED:
            raise IndexBusy("the search index is being written by another process") from error
        raise


def _code(error: DBAPIError) -> str | None:
    code: str | None = getattr(error.orig, "sqlstate", None)
    return code
