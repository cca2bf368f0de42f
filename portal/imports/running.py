"""One import from the first line to the report."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import islice

from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from portal.imports.reading import Line, Problem, Record
from portal.imports.report import ImportReport, Outcome, Reason, Refusal, reasons_of
from portal.kernel.db import transaction
from portal.kernel.errors import PortalError, Refused, Stale
from portal.kernel.text import N_


@dataclass(frozen=True)
class Importer:
    """What a feature offers to have one kind of record imported.

    `identify` gives the record's id, unique over the sources in one file. `upsert` brings the record's thing to the
    state the record describes and says what that took; it writes through the feature's actions, does not commit, and
    may raise any `PortalError`, which leaves the record out with that reason.
    """

    kind: str
    identify: Callable[[Record], str]
    upsert: Callable[[Session, Record], Outcome]


@dataclass(frozen=True)
class Pace:
    """How many records one transaction takes, and who wants to hear how far it is (the report so far, after each)."""

    batch: int = 100
    progress: Callable[[ImportReport], None] | None = None


def run_import(
    session: Session, lines: Iterable[Line], importer: Importer, *, dry_run: bool = False, pace: Pace = Pace()
) -> ImportReport:
    """Import `lines` and report; run again with the same lines it changes nothing.

    Each record has a savepoint of its own, each batch a transaction: a bad record costs only itself, an interruption
    only the batch it falls in. A dry run undoes every batch after counting, so that it never keeps the one writer for
    long; a record that needs one of an earlier batch may therefore be refused in it that would be taken in earnest.
    """
    report = ImportReport(importer.kind, dry_run=dry_run)
    with closing(_Seen()) as seen:
        try:
            for batch in _batches(lines, pace.batch):
                part = ImportReport(importer.kind)
                _settle(session, batch, importer, part, seen, dry_run=dry_run)
                report.include(part)
                if pace.progress:
                    pace.progress(report)
        except KeyboardInterrupt:
            report.interrupted = True
    return report


class _Undone(Exception):
    """Not an error: it takes a dry run's batch back."""


def _settle(session: Session, batch: list[Line], importer: Importer, part: ImportReport, seen: "_Seen", *, dry_run: bool) -> None:
    try:
        with transaction(session):
            for line in batch:
                _take(session, line, importer, part, seen)
            if dry_run:
                raise _Undone
    except _Undone:
        pass


def _take(session: Session, line: Line, importer: Importer, part: ImportReport, seen: "_Seen") -> None:
    number, found = line
    if found is None:
        part.blank += 1
    elif isinstance(found, Problem):
        part.refuse(Refusal(number, None, (Reason(found.why),)))
    else:
        own_id: str | None = None
        try:
            own_id = importer.identify(found)
            if (first := seen.line_of(own_id)) is not None:
                raise Refused(N_("The same id stands in line %(line)s already."), line=first)
            part.add(_upserted(session, found, importer))
            seen.add(own_id, number)
        except PortalError as problem:
            part.refuse(Refusal(number, own_id, reasons_of(problem)))


def _upserted(session: Session, record: Record, importer: Importer) -> Outcome:
    try:
        with session.begin_nested():
            return importer.upsert(session, record)
    except StaleDataError as stale:
        raise Stale from stale
    except (IntegrityError, DataError) as problem:
        raise Refused(N_("The database cannot hold this record beside what is there.")) from problem


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

    def add(self, own_id: str, line: int) -> None:
        self._file.execute("INSERT INTO seen VALUES (?, ?)", (own_id, line))

    def close(self) -> None:
        self._file.close()
