"""What happens beside the requests: subscribers read the log, time makes its moves, mails go out.

One worker runs as a thread of the embedded server, or as processes of their own (`portal worker`); several may run at once.
Whatever it is doing when it is stopped is finished or was never done.
"""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import structlog
from sqlalchemy import String, event
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.kernel import clock
from portal.kernel import subscribers as log_readers
from portal.kernel.db import Base, Database, UtcTime, add_unique, transaction
from portal.kernel.errors import Stale
from portal.kernel.subscribers import Subscriber, drain

LOOK_SECONDS = 0.5  # how long something written by another process waits at most
TIMED_SECONDS = 60.0
_AFTER_A_FAILURE = 5.0
_log = structlog.get_logger(__name__)

Timed = Callable[[Session], int]  # moves that are due; how many were made
Deliver = Callable[[Database], bool]  # one delivery; False when there is none to make now
Job = Callable[[Database, threading.Event], bool]  # long work somebody asked for, ended early by the event; False: there is none


class More(int):
    """So many moves were made, and more of the kind are due: they are made soon, in a transaction of their own."""


class TimedRun(Base):
    """When one kind of timed move was last made. The newest of all tells that a worker is alive."""

    __tablename__ = "timed_run"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    ran_at: Mapped[UtcTime | None]  # without a failure
    moves: Mapped[int] = mapped_column(default=0)  # that were due then
    failed_at: Mapped[UtcTime | None]
    error: Mapped[str] = mapped_column(String(100), default="")  # the class of the last error


class Worker:
    """Does what is due, again and again. `subscribers`, `timed` and `deliver` come from the wiring."""

    def __init__(
        self,
        database: Database,
        subscribers: Sequence[Subscriber],
        timed: Sequence[Timed],
        deliver: Deliver,
        jobs: Sequence[Job] = (),
    ) -> None:
        self._database = database
        self._subscribers = subscribers
        self._timed = timed
        self._deliver = deliver
        self._jobs = jobs
        self._timed_at: float | None = None
        self._again: tuple[Timed, ...] = ()  # moves that did not get through with what is due

    def run_once(self, stop: threading.Event | None = None) -> int:
        """Do everything that is due now, one after the other; returns how much that was."""
        stop = stop or threading.Event()
        return self._labour(stop) + self._work(stop) + self._send(stop)

    def run(self, stop: threading.Event) -> None:
        """Go on until `stop` is set. Mails go out and long work is done on threads of their own, so that they delay nothing."""
        beside = [("deliveries", self._send), *([("jobs", self._labour)] if self._jobs else [])]
        threads = [threading.Thread(target=self._repeat, args=(work, stop, stop.wait), name=name) for name, work in beside]
        for thread in threads:
            thread.start()
        self._repeat(self._work, stop, _until_woken)
        for thread in threads:
            thread.join()

    def _repeat(self, work: Callable[[threading.Event], int], stop: threading.Event, pause: Callable[[float], Any]) -> None:
        """A failure – a database that is locked or away – is noted, and tried again a little later."""
        while not stop.is_set():
            try:
                work(stop)
            except Exception as problem:
                _log.error("worker_failed", exc_info=problem)
                stop.wait(_AFTER_A_FAILURE)
            else:
                pause(LOOK_SECONDS)

    def _work(self, stop: threading.Event) -> int:
        """What waits in the log comes first: after a start all moves of time are due. What they record is read at once."""
        done = drain(self._database, self._subscribers, stop=stop)
        moved = self._move(stop)
        return done + moved + (drain(self._database, self._subscribers, stop=stop) if moved else 0)

    def _move(self, stop: threading.Event) -> int:
        moves = self._again
        if self._timed_at is None or time.monotonic() - self._timed_at >= TIMED_SECONDS:
            self._timed_at, moves = time.monotonic(), tuple(self._timed)
        made = {move: self._move_one(move) for move in moves if not stop.is_set()}
        self._again = tuple(move for move, outcome in made.items() if isinstance(outcome, More))
        if made:
            with self._database.writing() as session, transaction(session):
                for name, outcome in sorted((_name_of(move), outcome) for move, outcome in made.items()):
                    _note_run(session, name, outcome)
        return sum(outcome for outcome in made.values() if isinstance(outcome, int))

    def _move_one(self, move: Timed) -> int | Exception:
        """Each kind of move in a transaction of its own; one that fails holds up no other and is due again in a minute."""
        try:
            with self._database.writing() as session, transaction(session):
                return move(session)
        except Stale:
            return 0  # another worker was faster
        except Exception as problem:
            _log.error("timed_move_failed", move=_name_of(move), exc_info=problem)
            return problem

    def _labour(self, stop: threading.Event) -> int:
        return sum(1 for job in self._jobs if not stop.is_set() and job(self._database, stop))

    def _send(self, stop: threading.Event) -> int:
        done = 0
        while not stop.is_set() and self._deliver(self._database):
            done += 1
        return done


def _name_of(move: Timed) -> str:
    return str(getattr(move, "__name__", type(move).__name__))


def _note_run(session: Session, name: str, outcome: int | Exception) -> None:
    if session.get(TimedRun, name) is None:
        add_unique(session, TimedRun(name=name))
    run = session.get_one(TimedRun, name, with_for_update=True)
    if isinstance(outcome, Exception):
        run.failed_at, run.error = clock.now(), type(outcome).__name__
    else:
        run.ran_at, run.moves = clock.now(), outcome


@contextmanager
def running(worker: Worker) -> Iterator[None]:
    """`worker` on a thread of this process for as long as the block lasts; a commit anywhere in the process wakes it."""
    stop = threading.Event()
    thread = threading.Thread(target=worker.run, args=(stop,), name="worker")
    event.listen(Session, "after_commit", _wake)
    thread.start()
    try:
        yield
    finally:
        event.remove(Session, "after_commit", _wake)
        stop.set()
        log_readers.wake.set()
        thread.join()


def _wake(_session: Session) -> None:
    log_readers.wake.set()


def _until_woken(seconds: float) -> None:
    log_readers.wake.wait(seconds)
    log_readers.wake.clear()
