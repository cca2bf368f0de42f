"""What time alone does, with everything the portal knows in every state: twice, beside itself, and after days of pause."""

import datetime as dt
import threading
from collections import Counter

import pytest
from sqlalchemy import func, select

from portal.kernel import clock
from portal.kernel.db import transaction
from portal.kernel.errors import Stale
from portal.kernel.events import Event
from portal.kernel.subscribers import drain, skip_to
from portal.notifications.models import Delivery, Notification
from portal.wiring import FLOWS, SUBSCRIBERS, TIMED
from tests.architecture.world import a_world

START = dt.datetime(2026, 3, 2, 9, 0, tzinfo=clock.UTC)
LATER = START + dt.timedelta(days=33)  # no worker ran meanwhile


@pytest.fixture
def begun(database):
    """Everything there is, with what was recorded about it so far; gives the last entry of the log."""
    with clock.at(START), database.writing() as session, transaction(session), a_world(session):
        newest = session.scalar(select(func.max(Event.id)))
        for subscriber in SUBSCRIBERS:
            skip_to(session, subscriber.name, newest)  # what it took to build all this is nobody's news
        return newest


def run(database, move):
    """One run as the worker makes it."""
    with database.writing() as session, transaction(session):
        return move(session)


def states(database):
    with database.reading() as session:
        return {flow.name: session.execute(select(flow.of.id, flow.of._state).order_by(flow.of.id)).all() for flow in FLOWS}


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)  # SQLite has one writer: nothing runs beside it
def test_every_move_runs_beside_itself_and_again_and_is_made_once(database, begun):
    problems = []

    def work(move, gate):
        gate.wait()
        try:
            with clock.at(LATER):
                run(database, move)
        except Stale:
            pass  # as the worker takes it: somebody else was faster
        except Exception as problem:
            problems.append((move.__name__, problem))

    for move in TIMED:
        gate = threading.Barrier(2)
        threads = [threading.Thread(target=work, args=(move, gate)) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert problems == []
    settle(database)
    known, told = states(database), counts(database)
    for move in TIMED:
        with clock.at(LATER):
            run(database, move)
    settle(database)

    assert states(database) == known
    assert counts(database) == told
    with database.reading() as session:
        made = session.scalars(select(Event).where(Event.id > begun)).all()
    assert {event.actor_id for event in made} == {None}
    assert len({event.kind for event in made}) > 4
    # Of one thing several dates may be told; all else happens to a thing once.
    each = Counter((event.kind, event.subject_type, event.subject_id) for event in made if not event.kind.startswith("reminder."))
    assert [key for key, times in each.items() if times > 1] == []


def settle(database):
    """Let everybody be looked at, and the notices go out."""
    remind = next(move for move in TIMED if move.__name__ == "remind_of_dates")
    with clock.at(LATER):
        for _ in range(8):
            run(database, remind)
        drain(database, SUBSCRIBERS)


def counts(database):
    with database.reading() as session:
        return [session.scalar(select(func.count()).select_from(table)) for table in (Event, Notification, Delivery)]
