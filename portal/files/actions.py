"""Adding and removing files, and sweeping out what a crash left behind."""

import time
from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete, func, inspect, select
from sqlalchemy.orm import Session

from portal.files.accepted import content_type_of
from portal.files.events import (
    FileAdded,
    FileRemoved,
    FileSentToCheck,
    OfficersFileAdded,
    OfficersFileRemoved,
    SideFileAdded,
    SideFileRemoved,
)
from portal.files.inputs import Upload
from portal.files.models import File
from portal.files.policies import RECHECK
from portal.files.queries import Named, in_series, known_names, octets_on, readable_file
from portal.files.states import FileState
from portal.files.store import Kept, Store
from portal.kernel import clock
from portal.kernel.errors import Forbidden, Invalid
from portal.kernel.events import Fact, record
from portal.kernel.policy import Actor, require
from portal.kernel.scopes import Scope
from portal.kernel.subjects import load_for_writing, load_subject, subject_named
from portal.kernel.text import N_

MOST_PER_THING = 200_000_000  # octets
ORPHAN_SECONDS = 24 * 3600.0
_SWEEP_EVERY = 3600.0
_AT_ONCE = 500


def add_file(session: Session, subject_type: str, subject_id: int, upload: Upload, kept: Kept, *, actor: Actor) -> File:
    """Put a file whose bytes lie in the store on a thing, for all its readers or for one side.

    Raises:
        Missing: no such thing, or not for this person.
        Forbidden: the thing takes no files from this person.
        Invalid: the bytes are not what the name says, the thing is full, or the side is not the actor's own.
    """
    scope: Scope = upload.scope
    thing = load_for_writing(session, subject_type, subject_id, actor=actor, scope=scope)
    file = keep_file(session, thing, upload, kept, actor=actor)
    record(session, _added(file), actor=actor, subject=thing, organisation_id=file.side_id)
    return file


def keep_file(session: Session, thing: Any, upload: Upload, kept: Kept, *, actor: Actor) -> File:
    """Put a file on a thing whose feature has asked whether that may be, and says itself what happened.

    Raises:
        Invalid: the bytes are not what the name says, or the thing is full.
    """
    scope: Scope = upload.scope
    content_type = content_type_of(upload.name, kept.path)
    if octets_on(session, thing.__tablename__, thing.id) + kept.size_bytes > MOST_PER_THING:
        raise Invalid("file", N_("There is no room for this file: all files here together may have 200 MB."))
    file = File(
        subject_type=thing.__tablename__,
        subject_id=thing.id,
        side_id=scope.side_id,
        officers=scope.officers,
        name=upload.name,
        version=_next_version(session, thing, upload),
        said_with=upload.said_with,
        stored_as=kept.stored_as,
        sha256=kept.sha256,
        size_bytes=kept.size_bytes,
        content_type=content_type,
        uploaded_by_id=actor.id,
        at=clock.now(),
        next_at=clock.now(),
    )
    session.add(file)
    session.flush()
    return file


def copy_files(session: Session, files: Iterable[File], subject_type: str, subject_id: int) -> None:
    """Put the same bytes on another thing too, whatever becomes of the first; their feature says what happened."""
    alike = [column.key for column in inspect(File).column_attrs if column.key not in ("id", "subject_type", "subject_id")]
    for file in files:
        values = {name: getattr(file, name) for name in alike}
        session.add(File(subject_type=subject_type, subject_id=subject_id, **values))


def remove_file(session: Session, named: Named, *, actor: Actor) -> File:
    """Take a version of a file off its thing; the caller discards the bytes after the commit.

    Raises:
        Missing: no such file, or not for this person.
        Forbidden: somebody else added it, the thing is one to which nobody adds files by hand, or it keeps all its versions.
    """
    file = readable_file(session, named, actor=actor)
    subject = subject_named(file.subject_type)
    if subject.write is None:
        raise Forbidden(N_("This file belongs to a text. Take it out where the text is written."))
    if subject.series:
        raise Forbidden(N_("Its versions stay. The whole of it can be removed where it is shown."))
    if file.uploaded_by_id != actor.id:
        raise Forbidden(N_("Only the person who added a file may remove it."))
    thing = load_subject(session, file.subject_type, file.subject_id, actor=actor)
    session.delete(file)
    record(session, _removed(file), actor=actor, subject=thing, organisation_id=file.side_id)
    return file


def discard_all(session: Session, subject_type: str, subject_id: int) -> None:
    """Take all files off a thing that is removed itself, which tells of it; their bytes are swept out within the hour."""
    session.execute(delete(File).where(File.subject_type == subject_type, File.subject_id == subject_id))


def check_again(session: Session, file: File, *, actor: Actor) -> None:
    """Let the scanner look once more at a file that was held back, after a false alarm was mended in it.

    Raises:
        Forbidden: `actor` does not run the portal, or the file is not held back.
    """
    require(RECHECK, actor, file)
    record(session, FileSentToCheck(), actor=actor, subject=file)
    file.state, file.next_at, file.attempts, file.finding = FileState.WAITING, clock.now(), 0, ""


def _next_version(session: Session, thing: Any, upload: Upload) -> int:
    """Whoever adds to the same thing at the same time waits for this transaction."""
    model: Any = type(thing)
    session.execute(select(model.id).where(model.id == thing.id).with_for_update())
    name = None if subject_named(thing.__tablename__).series else upload.name
    versions = in_series(thing.__tablename__, thing.id, upload.scope, name).with_only_columns(func.max(File.version))
    return (session.scalar(versions) or 0) + 1


def _added(file: File) -> Fact:
    if file.officers:
        return OfficersFileAdded(file.id)
    return FileAdded(file.id) if file.side_id is None else SideFileAdded(file.id)


def _removed(file: File) -> Fact:
    if file.officers:
        return OfficersFileRemoved(file.id)
    return FileRemoved(file.id) if file.side_id is None else SideFileRemoved(file.id)


class Sweeper:
    """Removes, once an hour, bytes that belong to no file: a crash between writing them and the commit leaves some."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._next = 0.0

    def __call__(self, session: Session) -> int:
        """How many were removed."""
        if time.monotonic() < self._next:
            return 0
        self._next = time.monotonic() + _SWEEP_EVERY
        old = self._store.older_than(ORPHAN_SECONDS)
        orphans = [
            name
            for start in range(0, len(old), _AT_ONCE)
            for name in set(old[start : start + _AT_ONCE]) - known_names(session, old[start : start + _AT_ONCE])
        ]
        for name in orphans:
            self._store.discard(name)
        return len(orphans)
