"""How the portal is: what it cannot work without, how far the worker is, and what waits."""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from portal.kernel import clock
from portal.kernel.events import Event, newest_entry
from portal.kernel.subscribers import Cursor, DeadLetter
from portal.kernel.text import N_, Words
from portal.notifications.models import Delivery, DeliveryState

MOST_LAG_SECONDS = 300.0  # a large import keeps the readers of the log busy for a while
LEAST_FREE_MB = 200


@dataclass(frozen=True)
class Problem:
    """A part that the portal needs and that does not work."""

    part: str
    why: Words


@dataclass(frozen=True)
class Lag:
    """How far one reader of the log is behind: facts, and the age of the oldest of them."""

    reader: str
    facts: int
    seconds: float
    failures: int


@dataclass(frozen=True)
class Waiting:
    """What lies in the queues; `due_seconds` is how long the mail that is due longest has waited."""

    dead_letters: int
    mails: dict[DeliveryState, int]
    due_seconds: float


def lags(session: Session, readers: Sequence[str]) -> list[Lag]:
    """How far each of `readers` is; one that never ran has everything before it."""
    newest, now = newest_entry(session), clock.now()
    places = {place.name: place for place in session.scalars(select(Cursor))}
    found = []
    for reader in readers:
        place = places.get(reader)
        read, failures = (place.event_id, place.failures) if place else (0, 0)
        behind, since = 0, now
        if read < newest:
            since = session.scalar(select(Event.at).where(Event.id > read).order_by(Event.id).limit(1)) or now
            behind = newest - read
        found.append(Lag(reader, behind, max(0.0, (now - since).total_seconds()), failures))
    return found


def waiting(session: Session) -> Waiting:
    """Dead letters that nobody settled, mails by state, and the age of the oldest mail that should be on its way."""
    now = clock.now()
    letters = session.scalar(select(func.count(DeadLetter.id)).where(DeadLetter.solved_at.is_(None))) or 0
    counted = {row[0]: row[1] for row in session.execute(select(Delivery.state, func.count()).group_by(Delivery.state))}
    due_at = session.scalar(
        select(func.min(Delivery.next_at)).where(Delivery.state == DeliveryState.QUEUED, Delivery.next_at <= now)
    )
    mails = dict.fromkeys(DeliveryState, 0) | counted
    return Waiting(letters, mails, (now - due_at).total_seconds() if due_at else 0.0)


def problems_in_database(session: Session, revision: str, readers: Sequence[str]) -> Iterator[Problem]:
    """What is wrong with the database, its schema (which should be `revision`), and the worker that reads the log."""
    try:
        session.connection().exec_driver_sql("SELECT 1")
    except SQLAlchemyError:
        yield Problem("database", Words(N_("The database does not answer.")))
        return
    try:
        found = session.connection().exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
        late = [lag for lag in lags(session, readers) if lag.seconds > MOST_LAG_SECONDS]
    except SQLAlchemyError:
        session.rollback()
        found, late = None, []
    if found != revision:
        yield Problem("schema", Words(N_("The database has another schema than this version. Run: portal upgrade")))
    for lag in late:
        age = {"reader": lag.reader, "minutes": int(lag.seconds // 60)}
        yield Problem("worker", Words(N_("“%(reader)s” is %(minutes)s minutes behind. Does a worker run?"), age))


def problems_on_disk(folder: Path) -> Iterator[Problem]:
    """Whether there is room to write."""
    try:
        free = shutil.disk_usage(folder).free
    except OSError:
        free = 0
    if free < LEAST_FREE_MB * 1_000_000:
        yield Problem("disk", Words(N_("Less than %(mb)s MB are free in the instance folder."), {"mb": LEAST_FREE_MB}))
