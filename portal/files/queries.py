"""Reads over files: each answers with what this reader may read, and with nothing that tells of the rest."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import bindparam, func, not_, select
from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.files.models import File, address_of
from portal.files.states import FileState
from portal.kernel.db import plain_rows, those_in
from portal.kernel.errors import Missing
from portal.kernel.policy import Actor
from portal.kernel.scopes import Scope, readable, scopes_for, values_for
from portal.kernel.subjects import load_contents, subject_named

SCANS = "scans_files"  # what a session's `info` says of it: whether a scanner looks at files
_FILES = (
    select(
        *(File.id, File.at, File.uploaded_by_id, User.name.label("uploaded_by_name"), File.name.label("file_name")),
        *(File.size_bytes, File.side_id, File.officers, File.version, File.sha256, File.state.label("file_state")),
        *(File.said_with, File.subject_type, File.subject_id, File.stored_as),
    )
    .join(User, User.id == File.uploaded_by_id)
    .where(File.subject_type == bindparam("type"))
    .order_by(File.id.desc())
)
FILES = _FILES.where(File.subject_id == bindparam("id"), readable(File))
_SERIES = _FILES.where(File.subject_id.in_(bindparam("ids", expanding=True)), File.side_id.is_(None), not_(File.officers))


@dataclass(frozen=True, slots=True)
class Attached:
    """One version of a file as pages show it; the newest of its name holds the `older` ones."""

    id: int
    at: dt.datetime
    uploaded_by_id: int
    uploaded_by_name: str
    name: str
    size_bytes: int
    scope: Scope
    version: int
    sha256: str
    state: FileState
    said_with: str
    subject_type: str
    subject_id: int
    stored_as: str
    older: tuple["Attached", ...] = ()

    @property
    def href(self) -> str:
        return address_of(self)  # type: ignore[arg-type]  # it has what a row has

    @property
    def path(self) -> str:
        """Its address below `/files/`, as it is before it is put into a link."""
        return f"{self.subject_type}/{self.subject_id}/{self.scope.key}/{self.version}/{self.name}"

    @property
    def versions(self) -> tuple["Attached", ...]:
        """This one and those before it."""
        return (self, *self.older)


@dataclass(frozen=True)
class Shelf:
    """The files on one thing as one reader sees them, the newest first, each with its versions."""

    files: Sequence[Attached] = ()
    scopes: Sequence[Scope] = ()  # what the reader may choose from; none where they may add nothing

    def __iter__(self) -> Iterator[Attached]:
        return iter(self.files)

    def __len__(self) -> int:
        return len(self.files)

    def of_message(self, ref: str, author_id: int) -> list[Attached]:
        """Those that belong to a message: whoever wrote it added them."""
        added = (one for file in self.files for one in file.versions if one.said_with == ref)
        return [one for one in added if one.uploaded_by_id == author_id]


def files_for(session: Session, actor: Actor, subject_type: str, subject_id: int) -> Shelf:
    """The files on a thing that this reader is meant to fetch. Whether they read the thing is for the caller, who loaded it."""
    subject = subject_named(subject_type)
    thing = session.get(subject.model, subject_id, options=subject.options)
    if thing is None:
        return Shelf()
    values = {**values_for(actor, subject.sides(thing)), "type": subject_type, "id": subject_id}
    return shelf_of(actor, subject_type, thing, plain_rows(session, FILES, values))


def shelf_of(actor: Actor, subject_type: str, thing: Any, rows: Sequence[Any]) -> Shelf:
    """The rows of that statement as a shelf."""
    subject = subject_named(subject_type)
    may_add = subject.write is not None and subject.write.holds(actor, thing)
    by_name: dict[tuple[str, Scope], list[Attached]] = {}
    for file in sorted(map(_attached, rows), key=lambda file: -file.id):
        by_name.setdefault(("" if subject.series else file.name, file.scope), []).append(file)
    newest = (replace(versions[0], older=tuple(versions[1:])) for versions in by_name.values())
    return Shelf(tuple(newest), scopes_for(actor, subject.sides(thing)) if may_add else ())


def series_of(session: Session, subject_type: str, numbers: Sequence[int]) -> Mapping[int, Attached]:
    """The newest file of each of these things, whose files are versions of each other, with the older ones; read by all who
    read the thing.
    """
    rows = plain_rows(session, _SERIES, {"type": subject_type, "ids": list(numbers)}) if numbers else ()
    found: dict[int, list[Attached]] = {}
    for row in rows:
        found.setdefault(row.subject_id, []).append(_attached(row))
    return {number: replace(versions[0], older=tuple(versions[1:])) for number, versions in found.items()}


def _attached(row: Any) -> Attached:
    scope = Scope(row.side_id, bool(row.officers))
    values: Any = (row.id, row.at, row.uploaded_by_id, row.uploaded_by_name, row.file_name, row.size_bytes, scope)
    values += (row.version, row.sha256, row.file_state, row.said_with, row.subject_type, row.subject_id, row.stored_as)
    return Attached(*values)


def is_handed_out(session: Session, state: FileState) -> bool:
    """Whether a file in this state may be fetched: one that waits only where no scanner will ever look at it."""
    return state is FileState.CLEAN or (state is FileState.WAITING and not session.info.get(SCANS))


@dataclass(frozen=True)
class Named:
    """A version of a file as its address names it."""

    subject_type: str
    subject_id: int
    scope: str
    version: int
    name: str


def readable_file(session: Session, named: Named, *, actor: Actor) -> File:
    """One version of a file, if its thing may be read by `actor` and it is for them.

    Raises:
        Missing: no such file, or not for this person.
    """
    scope = Scope.named(named.scope)
    thing = load_contents(session, named.subject_type, named.subject_id, actor=actor)
    if scope is None or not scope.holds(actor, subject_named(named.subject_type).sides(thing)) or named.version > 10**6:
        raise Missing
    query = in_series(named.subject_type, named.subject_id, scope, named.name).where(File.version == named.version)
    file: File | None = session.scalars(query).one_or_none()
    if file is None:
        raise Missing
    return file


def in_series(subject_type: str, subject_id: int, scope: Scope, name: str | None) -> Any:
    """The versions of one file; without a name all files of that scope."""
    same: tuple[Any, ...] = (File.side_id.is_not_distinct_from(scope.side_id), File.officers == scope.officers)
    same += (File.name == name,) if name is not None else ()
    return select(File).where(File.subject_type == subject_type, File.subject_id == subject_id, *same)


def files_called(session: Session, subject_type: str, subject_id: int, called: Collection[tuple[str, int]]) -> list[File]:
    """The files on a thing that are for all its readers, by name and version; those that are not there are left out."""
    on = (File.subject_type == subject_type, File.subject_id == subject_id, File.side_id.is_(None), File.officers.is_(False))
    names = {name for name, _version in called}
    found = session.scalars(select(File).where(*on, File.name.in_(names)).order_by(File.id))
    return [file for file in found if (file.name, file.version) in called]


def octets_on(session: Session, subject_type: str, subject_id: int) -> int:
    """How much lies on one thing already."""
    total = select(func.sum(File.size_bytes)).where(File.subject_type == subject_type, File.subject_id == subject_id)
    return int(session.scalar(total) or 0)


def known_names(session: Session, names: Sequence[str]) -> set[str]:
    """Which of these names in the store belong to a file."""
    return set(session.scalars(select(File.stored_as).where(File.stored_as.in_(names))))


@dataclass(frozen=True)
class Checking:
    """How the checking of files stands: how many wait, since when, and the newest that are held back."""

    waiting: int
    since: dt.datetime | None
    trouble: str  # what the scanner said when it last could not look; empty where it can
    held: Sequence[File]


def checking(session: Session) -> Checking:
    """What the administrators' page shows of it."""
    waits = those_in(FileState.WAITING, File.state)
    count, since = session.execute(select(func.count(File.id), func.min(File.at)).where(waits)).one()
    failed = select(File.finding).where(waits, File.attempts > 0, File.finding != "").order_by(File.next_at.desc()).limit(1)
    held = select(File).where(File.state == FileState.QUARANTINED).order_by(File.id.desc()).limit(50)
    return Checking(count, since, session.scalar(failed) or "", session.scalars(held).all())
