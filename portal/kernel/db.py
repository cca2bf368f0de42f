"""Engine, sessions and the one way to commit.

On SQLite a session is opened either for reading (`BEGIN`) or for writing (`BEGIN IMMEDIATE`): a transaction that reads first
and writes later is refused at once by SQLite when another writer came between, whatever the time-out.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Annotated, Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    CompoundSelect,
    DateTime,
    Engine,
    MetaData,
    Row,
    Select,
    and_,
    create_engine,
    event,
    func,
    literal,
    text,
)
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Session, mapped_column, sessionmaker
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.pool import NullPool
from sqlalchemy.types import TypeDecorator

from portal.kernel.errors import Stale
from portal.kernel.gathering import gathering_of

_NAMES = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[dt.datetime]):
    """Aware UTC in Python, a plain timestamp in the database. A naive datetime is a programming error."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise TypeError("a time without zone cannot be stored")
        return value.astimezone(dt.UTC).replace(tzinfo=None)

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        return value.replace(tzinfo=dt.UTC) if value is not None else None


AnySelect = Select[*tuple[Any, ...]]  # a SELECT of whatever columns
AnyUnion = CompoundSelect[*tuple[Any, ...]]
AnyRow = Row[*tuple[Any, ...]]
UtcTime = Annotated[dt.datetime, mapped_column(UtcDateTime())]  # every `_at` column of ours: Mapped[UtcTime]
MinorUnits = Annotated[int, mapped_column(BigInteger())]  # every `_minor` column: 21 million euros fill 32 bits


class Base(DeclarativeBase):
    """Base of all tables."""

    metadata = MetaData(naming_convention=_NAMES)


class Database:
    """One engine and its two kinds of session."""

    def __init__(self, url: str, *, durable: bool = True) -> None:
        """Open `url`. `durable` makes SQLite wait for the disk at each commit, so that power loss loses nothing."""
        self.engine = create_engine(url, pool_pre_ping=not url.startswith("sqlite"), hide_parameters=True)
        if self.engine.dialect.name == "sqlite":
            _prepare_sqlite(self.engine, durable=durable)
        self.info: dict[str, Any] = {}  # what every session knows of the installation, as `session.info`
        writer = self.engine.execution_options(begin="IMMEDIATE")
        self._reading = sessionmaker(self.engine, expire_on_commit=False, info=self.info)
        self._writing = sessionmaker(writer, expire_on_commit=False, info=self.info)

    def reading(self) -> Session:
        """A session for questions only."""
        return self._reading()

    def writing(self) -> Session:
        """A session that holds the writer's place from its first statement on."""
        return self._writing()

    def schema_engine(self) -> Engine:
        """For revisions of the schema. SQLite changes a table by copying it and dropping the old one, which would take along
        whatever refers to it: there, references are not looked after meanwhile, and checked when all is done.
        """
        if self.engine.dialect.name != "sqlite":
            return self.engine
        engine = create_engine(self.engine.url, poolclass=NullPool, hide_parameters=True)
        _prepare_sqlite(engine, durable=True, references=False)
        return engine

    def dispose(self) -> None:
        """Close all pooled connections."""
        self.engine.dispose()


@contextmanager
def transaction(session: Session) -> Iterator[Session]:
    """Commit what happens inside, or nothing of it.

    Raises:
        Stale: another transaction changed one of the rows first.
    """
    try:
        yield session
        session.commit()
    except StaleDataError as stale:
        session.rollback()
        raise Stale from stale
    except BaseException:
        session.rollback()
        raise


def add_unique(session: Session, thing: Base) -> bool:
    """Insert `thing` at once; False, with nothing changed, where a unique constraint has it already: somebody was faster.

    While the session gathers, it waits with the rest, and who was faster shows when all is written.
    """
    if gathering_of(session) is not None:
        session.add(thing)
        return True
    try:
        with session.begin_nested():
            session.add(thing)
    except IntegrityError:
        return False
    return True


def plain_rows(session: Session, statement: AnySelect | AnyUnion, values: Mapping[str, Any] | None = None) -> Sequence[AnyRow]:
    """The rows of a statement over columns, without what the ORM does for each: half the price for lists of a page."""
    if session.autoflush:
        session.flush()  # as the ORM would: what the session still holds back is seen
    return session.connection().execute(statement, values).all()


def unindexed(column: Any) -> Any:
    """The column where no index of it is to be taken. SQLite keeps no statistics: of two indexes that fit it may take the one of
    a state that most rows are in, and read them all, instead of the few rows of one person.
    """
    return func.coalesce(column, column)


def those_in(state: Any, column: Any = None) -> Any:
    """The condition of an index of the rows in one state alone; with the column, the same for queries that shall take it.

    It is a list that names the state twice: of `state = 'asked'` SQLite asks at each execution of any statement about the table
    whether the state asked for makes the index fit, and compiles the statement anew for that – ten times the price of its rows.
    And it is one that no index of all states fits.
    """
    if column is None:
        return text(f"coalesce(state, state) IN ('{state}', '{state}')")
    return unindexed(column).in_([literal(state, column.type, literal_execute=True)] * 2)


def begins_with(session: Session, column: Any, text: str) -> ColumnElement[bool]:
    """A condition: the column's text begins with `text`. SQLite answers it from an index, which it does not do for LIKE."""
    if session.get_bind().dialect.name == "sqlite":
        return and_(column >= text, column < f"{text}\U0010ffff")
    found: ColumnElement[bool] = column.startswith(text, autoescape=True)
    return found


def require_version(thing: Any, version: Any) -> None:
    """Go on only where `version`, as a form carried it, is still the thing's; None where the caller saw no version.

    Raises:
        Stale: it is not.
    """
    if version is not None and str(version) != str(thing.version):
        raise Stale


def _prepare_sqlite(engine: Engine, *, durable: bool, references: bool = True) -> None:
    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver's own transaction handling defers BEGIN
        cursor = connection.cursor()
        for pragma in (
            "journal_mode=WAL",
            f"synchronous={'FULL' if durable else 'NORMAL'}",
            f"foreign_keys={'ON' if references else 'OFF'}",
            "busy_timeout=5000",
            "cache_size=-16000",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(f"BEGIN {connection.get_execution_options().get('begin', 'DEFERRED')}")
