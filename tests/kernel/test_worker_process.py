"""The worker as a process of its own: what was acknowledged is done, whatever ends the process."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import select

from portal.kernel.db import Database, transaction
from portal.notifications.actions import queue_mail
from portal.notifications.models import Delivery, DeliveryState
from portal.search.engine import Query, WhooshIndex
from tests import build
from tests.fixtures.smtp import Behaviour

PATIENCE = 120  # seconds; reached only where something hangs


@pytest.fixture
def start_worker(sqlite_url, tmp_path, mail_sink):
    """Start `portal worker` on the test's database and mail server; what still runs at the end is killed."""
    environment = os.environ | {
        "PORTAL_INSTANCE": str(tmp_path),
        "PORTAL_DATABASE_URL": sqlite_url,
        "PORTAL_MAIL_HOST": mail_sink.host,
        "PORTAL_MAIL_PORT": str(mail_sink.port),
        "PORTAL_MAIL_TLS": "false",
        "PORTAL_DURABLE": "false",
    }
    started = []

    def start():
        process = subprocess.Popen([str(Path(sys.executable).with_name("portal")), "worker"], env=environment)
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
        process.wait()


@pytest.fixture
def database(sqlite_url):
    database = Database(sqlite_url, durable=False)
    yield database
    database.dispose()


def queue(database, count):
    with database.writing() as session, transaction(session):
        for number in range(count):
            queue_mail(session, to=f"person{number}@example.org", subject="Hello", text="Words")


def states(database):
    with database.reading() as session:
        return [state for (state,) in session.execute(select(Delivery.state))]


def until(condition):
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "nothing happened"
        time.sleep(0.1)


def test_terminated_worker_finishes_what_it_began_and_another_goes_on(database, start_worker, mail_sink):
    queue(database, 12)
    first = start_worker()
    until(lambda: len(mail_sink.accepted) >= 3)

    first.send_signal(signal.SIGTERM)

    assert first.wait(PATIENCE) == 0
    assert states(database).count(DeliveryState.SENT) == len(mail_sink.accepted)
    start_worker()
    until(lambda: states(database).count(DeliveryState.SENT) == 12)
    assert len({delivery.recipients for delivery in mail_sink.accepted}) == len(mail_sink.accepted) == 12


def test_killed_worker_loses_no_mail(database, start_worker, mail_sink):
    mail_sink.behaviour, mail_sink.delay_seconds = Behaviour.SLOW, 0.05
    queue(database, 10)
    worker = start_worker()
    until(lambda: len(mail_sink.accepted) >= 3)
    worker.kill()
    worker.wait()

    start_worker()
    until(lambda: DeliveryState.QUEUED not in states(database) or _only_claimed_are_left(database, mail_sink))

    arrived = {delivery.recipients[0] for delivery in mail_sink.accepted}
    with database.reading() as session:
        waiting = {row.to_address for row in session.scalars(select(Delivery).where(Delivery.state == DeliveryState.QUEUED))}
    assert arrived | waiting == {f"person{number}@example.org" for number in range(10)}
    assert len(waiting) <= 1  # what was under way: sent again when its claim ends


def _only_claimed_are_left(database, mail_sink):
    with database.reading() as session:
        left = session.scalars(select(Delivery).where(Delivery.state == DeliveryState.QUEUED)).all()
    return len(left) <= 1 and all(row.attempts == 1 for row in left)


def test_started_worker_makes_the_search_index_that_is_not_there(database, start_worker, tmp_path):
    with database.writing() as session, transaction(session):
        build.a_listing(session, title="Cooler pumps")
    index = WhooshIndex(tmp_path / "index")
    assert not index.health().ok

    start_worker()

    until(lambda: index.health().ok and index.search(Query("pumps", readers=("public",))).total == 1)
