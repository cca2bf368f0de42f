"""The scanner: another program that looks into each upload, beside the requests, one file after the other.

It is given the path of the file as its last argument. It ends with 0 where the file is harmless and with 1 where it is not,
saying what it found on its first line; anything else is a fault, after which the file waits and is looked at again later. Those
are the endings of `clamscan` and `clamdscan`, and of most others a script of three lines can make them.
"""

import datetime as dt
import os
import shlex
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import structlog
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.files.events import FileQuarantined
from portal.files.models import File
from portal.files.states import FileState
from portal.files.store import Store
from portal.kernel import clock
from portal.kernel.db import AnySelect, Database, those_in, transaction
from portal.kernel.errors import Missing
from portal.kernel.events import record
from portal.kernel.policy import SYSTEM_ACTOR
from portal.kernel.text import one_line

SECONDS = 120.0  # for one file
LEASE = dt.timedelta(minutes=5)  # after which a worker that says nothing is taken for dead
LONGEST_WAIT = dt.timedelta(hours=1)
_HARMLESS, _FOUND = 0, 1
_LOOK = 0.1
_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class _Verdict:
    """What came of one look: the scanner's ending, None where it could not look, and its words."""

    ending: int | None
    words: str


class Scanner:
    """A job of the worker: `scanner(database, stop)` has one file looked at; False where none waits. `command` as in a shell."""

    def __init__(self, store: Store, command: str, seconds: float = SECONDS) -> None:
        self._store = store
        self._command = shlex.split(command)
        self._seconds = seconds

    def __call__(self, database: Database, stop: threading.Event) -> bool:
        """Whether there was one."""
        claimed = self._claimed(database) if self._command else None
        if claimed is None:
            return False
        try:
            verdict = self._look(self._store.path(claimed.stored_as), stop)
        except Missing:
            verdict = _Verdict(None, "the file is gone")
        with database.writing() as session, transaction(session):
            _settle(session, claimed, verdict)
        return True

    def _claimed(self, database: Database) -> File | None:
        with database.reading() as session:  # most looks find nothing: they should not take the writer's place
            if session.scalars(_due()).first() is None:
                return None
        with database.writing() as session, transaction(session):
            file: File | None = session.scalars(_due().with_for_update(skip_locked=True)).first()
            if file is None:
                return None
            file.attempts += 1
            file.next_at = clock.now() + LEASE
            session.flush()
            session.expunge(file)
            return file

    def _look(self, path: Path, stop: threading.Event) -> _Verdict:
        """Run the program on a file. It is killed when it takes too long, or when the worker is told to stop."""
        with tempfile.TemporaryFile() as said:
            try:
                program = subprocess.Popen(  # noqa: S603 - the operator's own command, without a shell
                    [*self._command, os.fspath(path.resolve())], stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.DEVNULL
                )
            except OSError as problem:
                return _Verdict(None, f"{type(problem).__name__}: {problem.strerror}")
            ending = _ended(program, stop, time.monotonic() + self._seconds)
            said.seek(0)
            words = said.readline(2000).decode("utf-8", "replace").replace(os.fspath(path.resolve()), "").strip(" :\n")
        if ending is None:
            return _Verdict(None, "it took too long")
        return _Verdict(ending, one_line(words)[:200])


def _ended(program: "subprocess.Popen[bytes]", stop: threading.Event, until: float) -> int | None:
    while program.poll() is None:
        if stop.wait(_LOOK) or time.monotonic() > until:
            program.kill()
            program.wait()
            return None
    return program.returncode


def _due() -> AnySelect:
    waiting = select(File).where(those_in(FileState.WAITING, File.state), File.next_at <= clock.now())
    return waiting.order_by(File.next_at, File.id).limit(1)


def _settle(session: Session, claimed: File, verdict: _Verdict) -> None:
    """Note what came of it, unless it was removed or another worker has taken it over in the meantime."""
    if verdict.ending not in (_HARMLESS, _FOUND):
        words = verdict.words if verdict.ending is None else f"ended with {verdict.ending} {verdict.words}".strip()
        _log.warning("scan_failed", file_id=claimed.id, attempts=claimed.attempts, error=words)
        wait = min(dt.timedelta(minutes=3 ** min(claimed.attempts - 1, 6)), LONGEST_WAIT)
        values = {"next_at": clock.now() + wait, "finding": words[:200]}
    else:
        found = verdict.ending == _FOUND
        state = FileState.QUARANTINED if found else FileState.CLEAN
        values = {"state": state, "checked_at": clock.now(), "finding": verdict.words if found else ""}
    mine = update(File).where(File.id == claimed.id, File.state == FileState.WAITING, File.attempts == claimed.attempts)
    if session.execute(mine.values(**values)).rowcount and values.get("state") is FileState.QUARANTINED:  # type: ignore[attr-defined]
        record(session, FileQuarantined(), actor=SYSTEM_ACTOR, subject=session.get_one(File, claimed.id))
