"""Uploading files of records, sending them on their way, stopping them, and clearing away what nobody went on with."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.imports.events import (
    ImportAsked,
    ImportColumnsChosen,
    ImportDiscarded,
    ImportForgotten,
    ImportStopAsked,
    ImportUploaded,
)
from portal.imports.inputs import ColumnsChosen, Uploaded
from portal.imports.models import ImportMapping, ImportRefusal, ImportRun
from portal.imports.policies import KEEPER, may_bring_in
from portal.imports.preview import require_records
from portal.imports.queries import mapping_named
from portal.imports.states import OPEN, RUNNING, WITH_FILE, ImportState
from portal.imports.terms import Uploadable
from portal.kernel import clock
from portal.kernel.errors import Forbidden, Invalid, Refused
from portal.kernel.events import record
from portal.kernel.policy import SYSTEM_ACTOR, Actor, require
from portal.kernel.text import N_

FORGOTTEN_AFTER = dt.timedelta(days=7)
_ABANDONED_SECONDS = 24 * 3600.0


class Bytes(Protocol):
    """An uploaded file that lies on the disk."""

    @property
    def stored_as(self) -> str: ...
    @property
    def path(self) -> Path: ...
    @property
    def size_bytes(self) -> int: ...


class Keeper(Protocol):
    """Where such files lie."""

    def path(self, stored_as: str) -> Path:
        """Where these bytes are; `Missing` where they are gone."""

    def discard(self, stored_as: str) -> None:
        """Remove them, if they are there."""

    def older_than(self, seconds: float) -> list[str]:
        """The names of what has lain there for longer."""


def keep_upload(session: Session, given: Uploaded, kept: Bytes, uploads: Mapping[str, Uploadable], *, actor: Actor) -> ImportRun:
    """Note a file whose bytes lie in the store; nothing of it is taken in yet.

    Raises:
        Forbidden: `actor` brings in nothing for this organisation.
        Invalid: such records are not taken here, or the bytes are no records.
    """
    if actor.id is None or not may_bring_in(actor, given.organisation_id):
        raise Forbidden(N_("Only administrators bring in files, each for their own organisation."))
    known = uploads.get(given.kind)
    if known is None or known.own is (given.organisation_id is None):
        raise Invalid("kind", N_("Choose what fits whom it is for."))
    require_records(kept.path)
    run = ImportRun(
        organisation_id=given.organisation_id,
        asked_by_id=actor.id,
        kind=given.kind,
        name=given.name,
        stored_as=kept.stored_as,
        size_bytes=kept.size_bytes,
        asked_at=clock.now(),
        changed_at=clock.now(),
    )
    session.add(run)
    record(session, ImportUploaded(), actor=actor, subject=run)
    return run


def choose_columns(session: Session, run: ImportRun, chosen: ColumnsChosen, *, actor: Actor) -> None:
    """Read the file's columns as `chosen` from now on, and keep that under its name, if it has one.

    Raises:
        Forbidden: it is none of `actor`'s business.
        Refused: the file is being read, or was.
    """
    require(KEEPER, actor, run)
    if run.state not in OPEN or actor.id is None:
        raise Refused(N_("This file is on its way: its columns are settled. Upload it again to choose others."))
    run.columns, run.state, run.changed_at = dict(chosen.fields), ImportState.UPLOADED, clock.now()
    if chosen.name:
        known = mapping_named(session, run, chosen.name)
        kept = known or ImportMapping(organisation_id=run.organisation_id, kind=run.kind, name=chosen.name)
        kept.columns, kept.made_by_id, kept.changed_at = dict(chosen.fields), actor.id, clock.now()
        session.add(kept)
    record(session, ImportColumnsChosen(), actor=actor, subject=run)


def send_on_its_way(session: Session, run: ImportRun, state: ImportState, *, actor: Actor) -> None:
    """Have the worker go through the file: CHECKING takes nothing in, IMPORTING does. What was stopped can be begun again.

    Raises:
        Forbidden: it is none of `actor`'s business.
        Refused: it is being read already, or is done.
    """
    require(KEEPER, actor, run)
    if state not in RUNNING or run.state not in (*OPEN, ImportState.STOPPED):
        raise Refused(N_("This file is on its way or done already. Upload it again to go through it once more."))
    session.execute(delete(ImportRefusal).where(ImportRefusal.run_id == run.id))
    run.state, run.line, run.counts, run.attempts, run.stop_asked = state, 0, {}, 0, False
    run.claim, run.claimed_until, run.changed_at = "", None, clock.now()
    record(session, ImportAsked(state), actor=actor, subject=run)


def stop_run(session: Session, run: ImportRun, *, actor: Actor) -> None:
    """Have the worker stop after the batch it is at.

    Raises:
        Forbidden: it is none of `actor`'s business.
        Refused: nothing is going on.
    """
    require(KEEPER, actor, run)
    if run.state not in RUNNING:
        raise Refused(N_("Nothing is going on that could be stopped."))
    if not run.stop_asked:
        run.stop_asked = True
        record(session, ImportStopAsked(), actor=actor, subject=run)


def discard_run(session: Session, run: ImportRun, *, actor: Actor) -> None:
    """Remove the file and its report; the caller discards the bytes after the commit. What had come in stays.

    Raises:
        Forbidden: it is none of `actor`'s business.
        Refused: it is being read.
    """
    require(KEEPER, actor, run)
    if run.state in RUNNING:
        raise Refused(N_("Stop it first."))
    record(session, ImportDiscarded(), actor=actor, subject=run)
    session.delete(run)


class Clearing:
    """A timed move: removes bytes whose file is done, or with which nobody went on for a week, and what a crash left behind."""

    def __init__(self, store: Keeper) -> None:
        self._store = store

    def __call__(self, session: Session) -> int:
        """How many files were forgotten."""
        for run in (forgotten := self._idle(session)):
            run.stored_as, run.state, run.why = "", ImportState.FAILED, N_("Nobody went on with this file, so it was removed.")
            record(session, ImportForgotten(), actor=SYSTEM_ACTOR, subject=run)
        session.flush()
        old = self._store.older_than(_ABANDONED_SECONDS)
        for name in set(old) - set(session.scalars(_NEEDED)) if old else ():
            self._store.discard(name)
        return len(forgotten)

    def _idle(self, session: Session) -> list[ImportRun]:
        waiting = ImportRun.state.in_((*OPEN, ImportState.STOPPED))
        before = clock.now() - FORGOTTEN_AFTER
        return list(session.scalars(select(ImportRun).where(waiting, ImportRun.changed_at < before).limit(100)))


_NEEDED = select(ImportRun.stored_as).where(ImportRun.state.in_(WITH_FILE))
