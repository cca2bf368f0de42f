"""One import from the first line to the report."""

import gc
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from itertools import islice

from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from portal.imports.origins import Origin, imported, looked_up
from portal.imports.reading import Line, Problem, Record
from portal.imports.report import ImportReport, Outcome, Reason, Refusal, reasons_of
from portal.kernel.db import transaction
from portal.kernel.errors import PortalError, Refused, Stale
from portal.kernel.events import write_gathered
from portal.kernel.gathering import gathered
from portal.kernel.text import N_


@dataclass(frozen=True)
class Importer:
    """What a feature offers to have one kind of record imported.

    `origin_of` says whose record it is and under which id; a file holds each only once. `upsert` brings the thing of a record
    with that origin to the state the record describes and says what that took; it writes through the feature's actions, does
    not commit, and may raise any `PortalError`, which leaves the record out with that reason. `forget` drops what the importer
    keeps in mind between records: what it made last was taken back.
    """

    kind: str
    origin_of: Callable[[Record], Origin]
    upsert: Callable[[Session, Record, Origin], Outcome]
    forget: Callable[[], None] = lambda: None


@dataclass(frozen=True)
class Pace:
    """How many records one transaction takes, and what happens around it.

    `progress` hears the report so far after each. `keep` is handed each batch's own report and its last line, inside the
    transaction that writes the batch, so that both are kept or neither; a dry run calls it in a transaction of its own. Once
    `stop` says so, the next batch is not begun. `after` is the last line of an earlier run that this one goes on from.
    """

    batch: int = 100
    progress: Callable[[ImportReport], None] | None = None
    keep: Callable[[Session, ImportReport, int], None] | None = None
    stop: Callable[[], bool] = lambda: False
    after: int = 0


def run_import(
    session: Session, lines: Iterable[Line], importer: Importer, *, dry_run: bool = False, pace: Pace = Pace()
) -> ImportReport:
    """Import `lines` and report; run again with the same lines it changes nothing.

    Each batch is a transaction. Its records are written together; only where one of them turns out bad after something was
    written are they taken one by one, each with a savepoint of its own. So a bad record costs only itself, an interruption
    only the batch it falls in. A dry run undoes every batch after counting, so that it never keeps the one writer for
    long; a record that needs one of an earlier batch may therefore be refused in it that would be taken in earnest.
    """
    report = ImportReport(importer.kind, dry_run=dry_run)
    with closing(_Seen()) as seen, _seldom_tidied():
        try:
            for batch in _batches(lines, pace.batch):
                if batch[-1][0] <= pace.after:
                    seen.add(_taken_before(session, batch, importer, seen))
                    continue
                if pace.stop():
                    report.interrupted = True
                    break
                part = _settled(session, batch, importer, seen, pace, dry_run=dry_run)
                report.include(part)
                if pace.progress:
                    pace.progress(report)
        except KeyboardInterrupt:
            report.interrupted = True
    return report


_USUAL = gc.get_threshold()


@contextmanager
def _seldom_tidied() -> Iterator[None]:
    """Rows live until their batch is written; looking for garbage every few hundred objects takes a fifth of the time."""
    gc.set_threshold(20_000, *_USUAL[1:])
    try:
        yield
    finally:
        gc.set_threshold(*_USUAL)


class _Undone(Exception):
    """Not an error: it takes a dry run's batch back."""


class _NotTogether(Exception):
    """A record was refused after it had written something, so that the batch has to be taken one by one."""


def _settled(
    session: Session, batch: list[Line], importer: Importer, seen: "_Seen", pace: Pace, *, dry_run: bool
) -> ImportReport:
    for way in (_together, _one_by_one):
        part = ImportReport(importer.kind)
        try:
            with transaction(session):
                taken = way(session, batch, importer, part, seen)
                if dry_run:
                    raise _Undone
                if pace.keep:
                    pace.keep(session, part, batch[-1][0])
        except _Undone:
            importer.forget()
        except (_NotTogether, IntegrityError, DataError, Stale):
            importer.forget()
            if way is _one_by_one:
                raise
            continue
        break
    if dry_run and pace.keep:
        with transaction(session):
            pace.keep(session, part, batch[-1][0])
    seen.add(taken)
    return part


Taken = dict[str, int]  # ids and their lines


def _together(session: Session, batch: list[Line], importer: Importer, part: ImportReport, seen: "_Seen") -> Taken:
    """All records of the batch in one go; the fast way."""

    def upsert(record: Record, origin: Origin) -> Outcome:
        before = waiting.mark(session)
        try:
            return importer.upsert(session, record, origin)
        except PortalError as problem:
            if waiting.mark(session) != before:
                raise _NotTogether from problem
            raise

    origins = _origins(batch, importer)
    with looked_up(session, origins.values()), gathered(session, write_gathered) as waiting:
        return _take_all(batch, importer, part, seen, upsert, origins)


def _one_by_one(session: Session, batch: list[Line], importer: Importer, part: ImportReport, seen: "_Seen") -> Taken:
    def upsert(record: Record, origin: Origin) -> Outcome:
        try:
            with session.begin_nested():
                return importer.upsert(session, record, origin)
        except PortalError:
            importer.forget()
            raise
        except StaleDataError as stale:
            importer.forget()
            raise Stale from stale
        except (IntegrityError, DataError) as problem:
            importer.forget()
            raise Refused(N_("The database cannot hold this record beside what is there.")) from problem

    return _take_all(batch, importer, part, seen, upsert, _origins(batch, importer))


def _take_all(
    batch: list[Line],
    importer: Importer,
    part: ImportReport,
    seen: "_Seen",
    upsert: Callable[[Record, Origin], Outcome],
    origins: dict[int, Origin],
) -> Taken:
    taken: Taken = {}
    for number, found in batch:
        if found is None:
            part.blank += 1
        elif isinstance(found, Problem):
            part.refuse(Refusal(number, None, (Reason(found.why),)))
        else:
            own_id: str | None = None
            try:
                origin = origins.get(number) or importer.origin_of(found)  # which says why it has none
                own_id = origin.source_id
                key = f"{origin.source} {own_id}"
                if (first := taken.get(key) or seen.line_of(key)) is not None:
                    raise Refused(N_("The same id stands in line %(line)s already."), line=first)
                part.add(upsert(found, origin))
                taken[key] = number
            except PortalError as problem:
                part.refuse(Refusal(number, own_id, reasons_of(problem)))
    return taken


def _taken_before(session: Session, batch: list[Line], importer: Importer, seen: "_Seen") -> Taken:
    """The ids that an earlier run took in from these lines, or could have."""
    taken: Taken = {}
    origins = _origins(batch, importer)
    with looked_up(session, origins.values()):
        for number, origin in origins.items():
            key = f"{origin.source} {origin.source_id}"
            if imported(session, origin) and seen.line_of(key) is None:
                taken.setdefault(key, number)
    session.rollback()  # nothing was written; it lets go of the writer's place
    return taken


def _origins(batch: list[Line], importer: Importer) -> dict[int, Origin]:
    """By line, of the records that have one."""
    origins = {}
    for number, found in batch:
        if isinstance(found, dict):
            with suppress(PortalError):
                origins[number] = importer.origin_of(found)
    return origins


def _batches(lines: Iterable[Line], size: int) -> Iterator[list[Line]]:
    rest = iter(lines)
    while batch := list(islice(rest, size)):
        yield batch


class _Seen:
    """The ids of one file and their lines, in a temporary file of SQLite's own: any number of them, little memory."""

    def __init__(self) -> None:
        self._file = sqlite3.connect("", isolation_level=None)
        self._file.execute("CREATE TABLE seen (id TEXT PRIMARY KEY, line INTEGER) WITHOUT ROWID")

    def line_of(self, own_id: str) -> int | None:
        row = self._file.execute("SELECT line FROM seen WHERE id = ?", (own_id,)).fetchone()
        return row[0] if row else None

    def add(self, taken: "Taken") -> None:
        self._file.executemany("INSERT INTO seen VALUES (?, ?)", taken.items())

    def close(self) -> None:
        self._file.close()
