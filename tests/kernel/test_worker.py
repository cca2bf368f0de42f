import threading

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from portal.kernel import worker as worker_module
from portal.kernel.db import transaction
from portal.kernel.errors import Stale
from portal.kernel.events import Event
from portal.kernel.subscribers import Cursor, DeadLetter, Subscriber, retry
from portal.kernel.worker import More, Worker, running
from portal.notifications.models import Preference
from tests.build import a_person

PATIENCE = 60  # seconds; reached only where something hangs


def happen(database, times=1):
    """Record facts about `times` new people; returns the ids of their events."""
    with database.writing() as session, transaction(session):
        before = session.scalars(select(Event.id)).all()
        for _ in range(times):
            a_person(session)
        return [number for number in session.scalars(select(Event.id).order_by(Event.id)) if number not in before]


class Reader:
    """A subscriber that remembers what it saw and fails where told to."""

    def __init__(self, *poison):
        self.seen, self.poison, self.calls = [], set(poison), 0
        self.woken = threading.Event()

    def handle(self, session, events):
        self.calls += 1
        for event in events:
            if event.id in self.poison:
                raise ValueError("a word somebody wrote")
        self.seen += [event.id for event in events]
        self.woken.set()


def a_worker(database, *readers, timed=(), deliver=lambda database: False):
    subscribers = [Subscriber(f"reader{n}", reader.handle) for n, reader in enumerate(readers)]
    return Worker(database, subscribers, timed, deliver)


def letters(database):
    with database.reading() as session:
        return session.scalars(select(DeadLetter)).all()


def drain_through(worker, frozen):
    """Run the worker until retries are over: each run a minute later."""
    import datetime as dt

    from portal.kernel import clock

    for minute in range(12):
        with clock.at(frozen + dt.timedelta(minutes=minute)):
            worker.run_once()


def test_every_reader_sees_every_fact_once(database):
    happened = happen(database, 3)
    one, other = Reader(), Reader()
    worker = a_worker(database, one, other)

    worker.run_once()
    later = happen(database)
    worker.run_once()

    assert one.seen == other.seen == happened + later


def test_fact_that_keeps_failing_becomes_a_dead_letter_and_the_rest_goes_on(database, frozen):
    happened = happen(database, 4)
    poison = happened[3]
    reader = Reader(poison)

    drain_through(a_worker(database, reader), frozen)

    (letter,) = letters(database)
    assert (letter.subscriber, letter.event_id, letter.error) == ("reader0", poison, "ValueError")
    assert reader.seen == [number for number in happened if number != poison]


def test_facts_before_a_failing_one_are_handled_in_the_same_run(database, frozen):
    happened = happen(database, 5)
    reader = Reader(happened[-1])

    a_worker(database, reader).run_once()

    assert reader.seen == happened[:-1]


def test_passing_failure_loses_nothing_and_leaves_no_letter(database, frozen):
    happened = happen(database, 2)
    reader = Reader(happened[1])
    worker = a_worker(database, reader)
    worker.run_once()
    reader.poison.clear()

    drain_through(worker, frozen)

    assert reader.seen == happened
    assert letters(database) == []


def test_dead_letter_sent_back_reaches_its_reader(database, frozen):
    (first, *_) = happen(database)
    reader = Reader(first)
    drain_through(a_worker(database, reader), frozen)
    reader.poison.clear()

    with database.writing() as session, transaction(session):
        letter = session.scalars(select(DeadLetter)).one()
        retry(session, letter, [Subscriber("reader0", reader.handle)])

    assert first in reader.seen
    assert letters(database)[0].solved_at is not None


def test_crash_in_the_middle_leaves_nothing_and_repeats_the_batch(database):
    class Killed(BaseException):
        pass

    def killed(session, events):
        session.add(Preference(account_id=events[0].subject_id, mails=False))
        session.flush()
        raise Killed

    happened = happen(database)
    with pytest.raises(Killed):
        Worker(database, [Subscriber("reader0", killed)], (), lambda database: False).run_once()
    reader = Reader()

    a_worker(database, reader).run_once()

    assert reader.seen == happened
    with database.reading() as session:
        assert session.scalars(select(Preference)).all() == []


def test_two_workers_handle_each_fact_once(database):
    happened = happen(database, 10)
    seen = []

    def slowly(session, events):
        seen.extend(event.id for event in events)

    workers = [Worker(database, [Subscriber("reader0", slowly)], (), lambda database: False) for _ in range(3)]
    threads = [threading.Thread(target=worker.run_once) for worker in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(seen) == happened
    with database.reading() as session:
        assert session.get(Cursor, "reader0").event_id == happened[-1]


def test_timed_moves_are_made_once_a_minute(database, monkeypatch):
    made = []
    worker = a_worker(database, timed=[lambda session: made.append(1) or 1])

    assert worker.run_once() == 1
    assert worker.run_once() == 0
    monkeypatch.setattr(worker_module, "TIMED_SECONDS", 0.0)
    worker.run_once()

    assert len(made) == 2


def test_timed_move_that_did_not_get_through_goes_on_in_the_next_round(database):
    left, other = [3], []

    def by_and_by(_session):
        left[0] -= 1
        return More(10) if left[0] else 10

    def once(_session):
        other.append(1)
        return 0

    worker = Worker(database, (), (by_and_by, once), lambda _: False)
    assert [worker.run_once() for _ in range(4)] == [10, 10, 10, 0]
    assert other == [1]


def test_timed_move_that_fails_holds_up_no_other_and_leaves_nothing(database):
    def fails(session):
        a_person(session)
        raise ValueError

    def loses_a_race(session):
        raise Stale

    def works(session):
        a_person(session)
        return 1

    reader = Reader()
    done = a_worker(database, reader, timed=[fails, loses_a_race, works]).run_once()

    assert len(reader.seen) == 2  # registered and confirmed
    assert done == 3


def test_what_time_moves_is_read_in_the_same_run(database):
    reader = Reader()

    a_worker(database, reader, timed=[lambda session: a_person(session) and 1]).run_once()

    assert len(reader.seen) == 2


def test_stop_ends_between_two_items(database):
    stop, delivered = threading.Event(), []

    def deliver(database):
        delivered.append(1)
        stop.set()
        return True

    a_worker(database, deliver=deliver).run(stop)

    assert delivered == [1]


def test_commit_in_the_process_wakes_the_worker(database, monkeypatch):
    monkeypatch.setattr(worker_module, "LOOK_SECONDS", PATIENCE)
    monkeypatch.setattr(worker_module, "TIMED_SECONDS", 0.0)
    reader, looked = Reader(), threading.Event()
    worker = a_worker(database, reader, timed=[lambda session: looked.set() or 0])

    with running(worker):
        assert looked.wait(PATIENCE)
        happen(database)
        assert reader.woken.wait(PATIENCE / 2)


def test_slow_mail_server_delays_no_reader(database):
    reader, mailing = Reader(), threading.Event()

    def deliver(database):
        mailing.set()
        assert reader.woken.wait(PATIENCE)
        return False

    with running(a_worker(database, reader, deliver=deliver)):
        assert mailing.wait(PATIENCE)
        happen(database)
        assert reader.woken.wait(PATIENCE)


def test_worker_survives_a_database_that_is_away_for_a_moment(database, monkeypatch):
    monkeypatch.setattr(worker_module, "_AFTER_A_FAILURE", 0.0)
    stop, tries = threading.Event(), []

    def deliver(database):
        tries.append(1)
        if len(tries) == 1:
            raise OperationalError("SELECT 1", {}, Exception("database is locked"))
        stop.set()
        return False

    a_worker(database, deliver=deliver).run(stop)

    assert len(tries) == 2


def test_what_waits_in_the_log_is_read_before_time_makes_its_moves(database):
    order, reader = [], Reader()
    with database.writing() as session, transaction(session):
        a_person(session)
    worker = a_worker(database, reader, timed=[lambda session: order.append(len(reader.seen)) or 0])
    worker.run_once()
    assert order == [2]
