"""The event log: every fact, once, in the transaction of the change, chained by hashes.

`record` writes; readers query the table under the subject's own read rule; reactions run at once, inside the transaction.
Payloads hold ids, numbers and enum values only, so that erasing a person never touches history.
"""

import dataclasses
import datetime as dt
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from contextvars import ContextVar
from typing import Any, ClassVar, Self

from sqlalchemy import DDL, JSON, Connection, Index, Table, event, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.kernel import clock
from portal.kernel.db import Base, UtcTime
from portal.kernel.gathering import gathering_of
from portal.kernel.policy import Actor
from portal.kernel.prepared import Change

request_id: ContextVar[str | None] = ContextVar("request_id", default=None)
_CHAIN_LOCK = 0x43415553  # any constant: names the advisory lock that puts PostgreSQL's commits in the order of ids


class Event(Base):
    """One fact as it was recorded. Rows are never changed or removed: triggers refuse it."""

    __tablename__ = "event"
    __table_args__ = (
        Index("ix_event_subject", "subject_type", "subject_id", "id"),
        Index("ix_event_organisation", "organisation_id", "id"),
        Index("ix_event_actor", "actor_id", "id"),
        Index("ix_event_kind", "kind", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[UtcTime]
    kind: Mapped[str]
    actor_id: Mapped[int | None]  # no foreign key: history outlives accounts
    subject_type: Mapped[str]
    subject_id: Mapped[int]
    organisation_id: Mapped[int | None]
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
    request_id: Mapped[str | None]
    prev_hash: Mapped[str]
    hash: Mapped[str]


def newest_entry(session: Session) -> int:
    """The log's newest id, 0 while it is empty: while it stays the same, nothing changed."""
    return session.connection().exec_driver_sql("SELECT max(id) FROM event").scalar() or 0


class Fact:
    """Base of all facts. Subclasses are frozen dataclasses whose fields are ids, numbers, booleans or enum values."""

    kind: ClassVar[str]  # "proposal.decided": the feature's own name space
    says: ClassVar[str]  # "{actor} decided {subject}": shown in feeds, marked with N_
    # or "staff": the subject's own side and administrators only; or "told": in no feed but that of those who did it
    seen_by: ClassVar[str] = "readers"
    hides_actor: ClassVar[bool] = False  # blind review

    @classmethod
    def of(cls, step: Any) -> Self:
        """The fact of a workflow step; facts with fields say here where they come from."""
        return cls()

    def data(self) -> dict[str, Any]:
        """The payload as stored."""
        return dataclasses.asdict(self) if dataclasses.is_dataclass(self) else {}


Reaction = Callable[[Session, Any, Any, Actor], None]  # session, fact, subject, actor
_reactions: dict[type[Fact], tuple[Reaction, ...]] = {}


def react(reactions: Mapping[type[Fact], tuple[Reaction, ...]]) -> None:
    """Replace the table of reactions; called once by the wiring."""
    _reactions.clear()
    _reactions.update(reactions)


@dataclasses.dataclass(frozen=True)
class About:
    """A fact, to which nothing reacts, about a row that was written without an object."""

    fact: Fact
    model: type
    id: int
    organisation_id: int | None = None
    by: Actor | None = None  # who did that; None: whoever did the other


def record(
    session: Session,
    fact: Fact,
    *,
    actor: Actor,
    subject: Any,
    organisation_id: int | None = None,
    also: Sequence[About] = (),
) -> None:
    """Add `fact` about `subject` (a mapped object) to the caller's transaction, and what is also so; then run its reactions."""
    facts = [(_row(fact, actor, subject), subject, organisation_id)]
    facts += [(_row(other.fact, other.by or actor, other.model), other, None) for other in also]
    waiting = gathering_of(session)
    if waiting is not None:
        waiting.facts += facts
    else:
        if subject.id is None:
            session.flush()
        _chain(session, facts)
    reactions = _reactions.get(type(fact), ())
    if reactions:
        write_gathered(session)
    for reaction in reactions:
        reaction(session, fact, subject, actor)


def _row(fact: Fact, actor: Actor, subject: Any) -> dict[str, Any]:
    return {
        "at": clock.now(),
        "kind": fact.kind,
        "actor_id": actor.id,
        "subject_type": subject.__tablename__,
        "data": fact.data(),
        "request_id": request_id.get(),
    }


def write_gathered(session: Session) -> None:
    """Write what a session has gathered: the rows, then the facts in the order in which they were recorded."""
    if (waiting := gathering_of(session)) is not None:
        waiting.write(session)
        facts, waiting.facts = waiting.facts, []
        _chain(session, facts)


def _chain(session: Session, facts: Sequence[tuple[dict[str, Any], Any, int | None]]) -> None:
    if not facts:
        return
    connection = session.connection()
    last = _last_hash(session, connection)
    rows = []
    for row, subject, organisation_id in facts:
        row["subject_id"] = subject.id
        row["organisation_id"] = organisation_id or getattr(subject, "organisation_id", None)
        row["prev_hash"] = last
        row["hash"] = last = chained_hash(row)
        rows.append(row)
    _ROWS.make(connection, *rows)
    session.info["chain"] = (_innermost(session), last)


_ROWS = Change.adding(
    Event.metadata.tables["event"],
    *("at", "kind", "actor_id", "subject_type", "subject_id", "organisation_id", "data", "request_id", "prev_hash", "hash"),
)


def chained_hash(row: Mapping[str, Any]) -> str:
    """SHA-256 over the row's canonical JSON and the hash before it."""
    kept = {name: row[name] for name in sorted(row) if name not in ("id", "hash")}
    kept["at"] = row["at"].astimezone(dt.UTC).isoformat()
    return hashlib.sha256(json.dumps(kept, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def verify_chain(session: Session, *, after: int = 0) -> tuple[int, int | None]:
    """Walk the log, or what follows the row `after`; returns how many rows are sound and the id of the first that is not."""
    sound, previous = 0, session.scalar(select(Event.hash).where(Event.id == after)) or ""
    query = select(*Event.__table__.columns).where(Event.id > after).order_by(Event.id)
    with session.execute(query.execution_options(yield_per=1000)) as rows:
        for row in rows.mappings():
            if row["prev_hash"] != previous or chained_hash(dict(row)) != row["hash"]:
                return sound, row["id"]
            previous, sound = row["hash"], sound + 1
    return sound, None


def _last_hash(session: Session, connection: Connection) -> str:
    """The hash the next row follows. Read once per transaction: nobody else can write in between."""
    known = session.info.get("chain")
    if known and known[0] is _innermost(session):
        return str(known[1])
    _take_turn(session, connection)
    return connection.exec_driver_sql("SELECT hash FROM event ORDER BY id DESC LIMIT 1").scalar() or ""


def _take_turn(session: Session, connection: Connection) -> None:
    """On PostgreSQL, wait for the one place from which facts are written; it is left with the transaction."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_CHAIN_LOCK)))
        session.info["turn"] = _innermost(session)


@event.listens_for(Session, "before_flush")
def _queue_before_writing(session: Session, _context: Any, _instances: Any) -> None:
    """Whoever changed a row first and then waited here could wait for somebody who holds this place and wants that row."""
    turn = session.info.get("turn")
    if turn is None or turn not in (session.get_transaction(), session.get_nested_transaction()):
        _take_turn(session, session.connection())


def _innermost(session: Session) -> Any:
    """The transaction or savepoint in force; a hash read inside a savepoint is worthless after its rollback."""
    return session.get_nested_transaction() or session.get_transaction()


TRIGGERS = {
    "sqlite": tuple(
        f"CREATE TRIGGER event_no_{verb} BEFORE {verb.upper()} ON event BEGIN "
        "SELECT RAISE(ABORT, 'the event log is append-only'); END"
        for verb in ("update", "delete")
    ),
    "postgresql": (
        "CREATE OR REPLACE FUNCTION event_append_only() RETURNS trigger AS $$ BEGIN "
        "RAISE EXCEPTION 'the event log is append-only'; END $$ LANGUAGE plpgsql",
        "CREATE TRIGGER event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON event "
        "FOR EACH STATEMENT EXECUTE FUNCTION event_append_only()",
    ),
}


def _add_triggers(table: Table) -> None:
    for dialect, statements in TRIGGERS.items():
        for statement in statements:
            ddl = DDL(statement.replace("%", "%%"))  # type: ignore[no-untyped-call]
            event.listen(table, "after_create", ddl.execute_if(dialect=dialect))


_add_triggers(Event.metadata.tables["event"])
