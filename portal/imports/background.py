"""What the worker does with uploaded files: one after the other, batch by batch, and on from where a killed worker was."""

import datetime as dt
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import structlog
from sqlalchemy import Select, Update, insert, or_, select, update
from sqlalchemy.orm import Session

from portal.imports.actions import Keeper
from portal.imports.events import ImportEnded
from portal.imports.formats import read_any
from portal.imports.models import ImportRefusal, ImportRun
from portal.imports.policies import may_bring_in
from portal.imports.preview import columns_of
from portal.imports.report import ImportReport, Outcome
from portal.imports.running import Pace, run_import
from portal.imports.states import RUNNING, ImportState
from portal.imports.terms import Terms, Uploadable
from portal.kernel import clock
from portal.kernel.db import Database, transaction
from portal.kernel.errors import Missing
from portal.kernel.events import record
from portal.kernel.ids import new_token
from portal.kernel.policy import SYSTEM_ACTOR, Actor
from portal.kernel.text import N_

BATCH = 50
LEASE = dt.timedelta(minutes=2)  # after which a worker that says nothing is taken for dead
TRIES = 3  # without getting on
MOST_REFUSALS = 10_000  # kept of one run; the number counted is always exact
_BREATH = 0.02  # seconds between batches, in which others write
_log = structlog.get_logger(__name__)

ActorFor = Callable[[Session, int], Actor | None]


class _Lost(Exception):
    """Somebody else works on it by now, or it was taken away."""


class Runner:
    """A job of the worker: `runner(database, stop)` goes through the file that waits longest; False where none waits."""

    def __init__(self, uploads: Mapping[str, Uploadable], store: Keeper, actor_for: ActorFor) -> None:
        self._uploads = uploads
        self._store = store
        self._actor_for = actor_for

    def __call__(self, database: Database, stop: threading.Event) -> bool:
        """Whether there was one."""
        with database.reading() as session:
            if session.scalars(_due()).first() is None:
                return False
        with database.writing() as session:
            run = self._claimed(session)
            if run is not None:
                self._go_through(session, run, stop)
        return run is not None

    def _claimed(self, session: Session) -> ImportRun | None:
        with transaction(session):
            run = session.scalars(_due().with_for_update(skip_locked=True)).first()
            if run is None:
                return None
            run.claim, run.claimed_until, run.attempts = new_token(), clock.now() + LEASE, run.attempts + 1
            return run

    def _go_through(self, session: Session, run: ImportRun, stop: threading.Event) -> None:
        try:
            with transaction(session):
                actor = self._actor_for(session, run.asked_by_id)
            if actor is None or not may_bring_in(actor, run.organisation_id):
                self._end(session, run, ImportState.STOPPED)
            elif run.attempts > TRIES:
                self._end(session, run, ImportState.FAILED, N_("Reading this file failed several times, and was given up."))
            elif (state := self._taken(session, run, stop, actor)) is not None:
                self._end(session, run, state)
        except _Lost:
            session.rollback()
        except Missing:
            self._end(session, run, ImportState.FAILED, N_("The file is gone. Upload it again."))
        except Exception as problem:  # whatever it was, the next try comes when the claim has run out, and tries are limited
            session.rollback()
            _log.error("import_failed", run_id=run.id, exc_info=problem)

    def _taken(self, session: Session, run: ImportRun, stop: threading.Event, actor: Actor) -> ImportState | None:
        path, uploadable = self._store.path(run.stored_as), self._uploads[run.kind]
        return _Turn(session, run, stop).take(uploadable, path, actor)

    def _end(self, session: Session, run: ImportRun, state: ImportState, why: str = "") -> None:
        with transaction(session):
            mine = run.claim
            session.refresh(run)
            if run.claim != mine:
                raise _Lost
            run.state, run.why, run.changed_at, run.claimed_until, run.claim = state, why, clock.now(), None, ""
            record(session, ImportEnded(state), actor=SYSTEM_ACTOR, subject=run)
        if state in (ImportState.DONE, ImportState.FAILED):
            self._store.discard(run.stored_as)


class _Turn:
    """One worker's work on one file."""

    def __init__(self, session: Session, run: ImportRun, stop: threading.Event) -> None:
        self._session = session
        self._run = run
        self._stop = stop
        self._wanted = run.stop_asked
        self._before = dict(run.counts)
        self._counts = dict(run.counts)

    def take(self, uploadable: Uploadable, path: Path, actor: Actor) -> ImportState | None:
        """Go on from the line at which it stands; returns where that leads, None where another worker is to go on."""
        run = self._run
        importer = uploadable.offer(Terms(actor, organisation_id=run.organisation_id))
        dry = run.state is ImportState.CHECKING
        pace = Pace(BATCH, progress=self._count, keep=self._keep, stop=self._is_over, after=run.line)
        with path.open("rb") as file:
            lines = read_any(file, columns_of(uploadable, run.columns))
            report = run_import(self._session, lines, importer, dry_run=dry, pace=pace)
        if not report.interrupted:
            return ImportState.CHECKED if dry else ImportState.DONE
        if self._wanted:
            return ImportState.STOPPED
        with transaction(self._session):
            self._session.execute(self._mine().values(claim="", claimed_until=None, attempts=0))
        return None

    def _is_over(self) -> bool:
        return self._wanted or self._stop.wait(_BREATH)

    def _count(self, report: ImportReport) -> None:
        self._counts = {name: self._before.get(name, 0) + number for name, number in _numbers(report).items()}

    def _keep(self, session: Session, part: ImportReport, line: int) -> None:
        """In the transaction of a batch: how far it is, what was counted and refused – if the file is still ours."""
        if self._counts.get("refused", 0) < MOST_REFUSALS and (rows := _rows(self._run.id, part)):
            session.execute(insert(ImportRefusal), rows)
        counts = {name: self._counts.get(name, 0) + number for name, number in _numbers(part).items()}
        lease = clock.now() + LEASE
        kept = self._mine().values(line=line, counts=counts, attempts=0, changed_at=clock.now(), claimed_until=lease)
        answer = session.execute(kept.returning(ImportRun.stop_asked)).first()
        if answer is None:
            raise _Lost
        self._wanted = bool(answer[0])

    def _mine(self) -> Update:
        """The row, as long as nobody else has taken it over."""
        mine = update(ImportRun).where(ImportRun.id == self._run.id, ImportRun.claim == self._run.claim)
        return mine.execution_options(synchronize_session=False)


def _due() -> Select[ImportRun]:
    free = or_(ImportRun.claimed_until.is_(None), ImportRun.claimed_until < clock.now())
    return select(ImportRun).where(ImportRun.state.in_(RUNNING), free).order_by(ImportRun.id).limit(1)


def _numbers(report: ImportReport) -> dict[str, int]:
    return {each.value: getattr(report, each.value) for each in Outcome} | {"blank": report.blank}


def _rows(run_id: int, part: ImportReport) -> list[dict[str, Any]]:
    return [
        {
            "run_id": run_id,
            "line": refusal.line,
            "source_id": refusal.source_id or "",
            "field": reason.field or "",
            "sentence": reason.why.sentence,
            "params": {name: str(value) for name, value in reason.why.params.items()},
        }
        for refusal in part.refusals
        for reason in refusal.reasons
    ]
