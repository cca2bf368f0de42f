"""Everything that happens after a commit: each subscriber reads the log from its own cursor, in batches, at least once.

A batch and its cursor are one transaction. When a batch fails its facts are tried one by one; a fact that keeps failing
becomes a dead letter, which an administrator sees and can send back, and the rest goes on.
"""

import datetime as dt
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import structlog
from sqlalchemy import Index, String, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.kernel import clock
from portal.kernel.db import Base, Database, UtcTime, add_unique, transaction
from portal.kernel.events import Event

BATCH = 25  # facts: whoever handles them is SQLite's one writer, and nobody should wait long for that place
REST_SECONDS = 0.12  # after a full batch: who waits for SQLite's place looks every 0.1 s whether it is free
TRIES = 5
wake = threading.Event()  # set after a commit in this process, so that an in-process worker need not wait for its next look
_log = structlog.get_logger(__name__)


class Cursor(Base):
    """How far one subscriber has read."""

    __tablename__ = "cursor"

    name: Mapped[str] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(default=0)
    failures: Mapped[int] = mapped_column(default=0)
    retry_at: Mapped[UtcTime | None]
    moved_at: Mapped[UtcTime | None]  # when it last handled something


class DeadLetter(Base):
    """A fact that one subscriber could not handle after `TRIES` attempts."""

    __tablename__ = "dead_letter"
    __table_args__ = (
        Index("ix_dead_letter_open", "id", sqlite_where=text("solved_at IS NULL"), postgresql_where=text("solved_at IS NULL")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    subscriber: Mapped[str]
    event_id: Mapped[int]
    error: Mapped[str]  # the class of the error only: messages may quote what people wrote
    at: Mapped[UtcTime]
    solved_at: Mapped[UtcTime | None]
    note: Mapped[str] = mapped_column(String(2000), default="")  # why it was set aside


@dataclass(frozen=True)
class Subscriber:
    """`handle(session, events)` must be repeatable: after a crash it sees the same events again.

    One that writes nothing to the database reads from a session of its own, and nobody waits for it to end.
    """

    name: str
    handle: Callable[[Session, Sequence[Event]], None]
    writes: bool = True


def drain(database: Database, subscribers: Sequence[Subscriber], *, stop: threading.Event | None = None) -> int:
    """Let each subscriber handle what is new; returns how many deliveries were made. Safe to run in parallel.

    They take turns, a batch each: nobody's news wait for another's backlog. Once `stop` is set no batch is begun.
    """
    stop, done, waiting = stop or threading.Event(), 0, True
    while waiting:
        waiting = False
        for subscriber in subscribers:
            batch = None if stop.is_set() else _handle_next(database, subscriber)
            waiting |= batch is not None
            done += batch or 0
            if batch == BATCH:
                stop.wait(REST_SECONDS)
    return done


def retry(session: Session, letter: DeadLetter, subscribers: Sequence[Subscriber]) -> None:
    """Hand a dead letter to its subscriber again and mark it solved; an error goes to the caller."""
    subscriber = next(s for s in subscribers if s.name == letter.subscriber)
    event = session.get(Event, letter.event_id)
    if event is not None:
        subscriber.handle(session, [event])
    letter.solved_at = clock.now()


def skip_to(session: Session, name: str, event_id: int) -> None:
    """Let the subscriber of that name begin after this fact, where it has not come so far: it knows what was before."""
    cursor = _claim(session, name)
    cursor.event_id = max(cursor.event_id, event_id)


def _handle_next(database: Database, subscriber: Subscriber) -> int | None:
    """One batch, 0 where it failed and smaller ones are next; None when there is nothing to do now."""
    with database.reading() as session:  # most looks find nothing: they should not take the writer's place
        place = session.get(Cursor, subscriber.name)
        newest = session.scalar(select(Event.id).order_by(Event.id.desc()).limit(1)) or 0
        if newest <= (place.event_id if place else 0) or _waits(place):
            return None
        if not subscriber.writes:
            batch = _batch_after(session, place)
            problem = _try(subscriber, session, batch)
    with database.writing() as session:
        cursor = _claim(session, subscriber.name)
        if subscriber.writes:
            if _waits(cursor) or not (batch := _batch_after(session, cursor)):
                return None
            problem = _try(subscriber, session, batch)
        elif cursor.event_id >= batch[0].id:
            return 0  # another worker was faster
        with transaction(session):
            return _moved_on(session, cursor, batch, problem)


def _batch_after(session: Session, cursor: Cursor | None) -> Sequence[Event]:
    """The facts that are next; one alone after a failure."""
    read, most = (cursor.event_id, BATCH if cursor.failures == 0 else 1) if cursor else (0, BATCH)
    return session.scalars(select(Event).where(Event.id > read).order_by(Event.id).limit(most)).all()


def _try(subscriber: Subscriber, session: Session, batch: Sequence[Event]) -> Exception | None:
    """Let all of the batch be handled or none of it; gives what went wrong."""
    try:
        with session.begin_nested():
            subscriber.handle(session, batch)
    except Exception as problem:
        return problem
    return None


def _moved_on(session: Session, cursor: Cursor, batch: Sequence[Event], problem: Exception | None) -> int | None:
    if problem is not None:
        _note_failure(session, cursor, batch, problem)
        return None if _waits(cursor) else 0
    cursor.event_id, cursor.failures, cursor.retry_at, cursor.moved_at = batch[-1].id, 0, None, clock.now()
    return len(batch)


def _claim(session: Session, name: str) -> Cursor:
    """The cursor row, locked: on PostgreSQL a second worker waits here, on SQLite the session is the only writer."""
    cursor = session.get(Cursor, name, with_for_update=True)
    if cursor is None:
        add_unique(session, Cursor(name=name, event_id=0, failures=0))
        cursor = session.get_one(Cursor, name, with_for_update=True)
    return cursor


def _waits(cursor: Cursor | None) -> bool:
    return cursor is not None and cursor.retry_at is not None and cursor.retry_at > clock.now()


def _note_failure(session: Session, cursor: Cursor, batch: Sequence[Event], problem: Exception) -> None:
    """Count the failure and wait longer each time; after `TRIES` on one fact put it aside and go on."""
    cursor.failures += 1
    _log.warning("subscriber_failed", subscriber=cursor.name, event_id=batch[0].id, error=type(problem).__name__)
    if cursor.failures < TRIES:
        cursor.retry_at = clock.now() + dt.timedelta(seconds=2**cursor.failures) if cursor.failures > 1 else None
        return
    session.add(DeadLetter(subscriber=cursor.name, event_id=batch[0].id, error=type(problem).__name__, at=clock.now()))
    cursor.event_id, cursor.failures, cursor.retry_at = batch[0].id, 0, None
