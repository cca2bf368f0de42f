"""Reads over files."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.files.models import File, address_of
from portal.kernel.db import plain_rows
from portal.kernel.errors import Missing
from portal.kernel.policy import Actor
from portal.kernel.subjects import load_contents

FILES = (
    select(
        *(File.id, File.at, File.uploaded_by_id, User.name.label("uploaded_by_name"), File.name.label("file_name")),
        *(File.size_bytes, File.side_id),
    )
    .join(User, User.id == File.uploaded_by_id)
    .where(
        File.subject_type == bindparam("type"),
        File.subject_id == bindparam("id"),
        or_(File.side_id.is_(None), File.side_id.in_(bindparam("sides", expanding=True))),
    )
    .order_by(File.id.desc())
)


@dataclass(frozen=True, slots=True)
class Attached:
    """One file as pages show it."""

    id: int
    at: dt.datetime
    uploaded_by_id: int
    uploaded_by_name: str
    name: str
    size_bytes: int
    side_id: int | None

    @property
    def href(self) -> str:
        return address_of(self.id, self.name)


def files_for(session: Session, actor: Actor, subject_type: str, subject_id: int) -> list[Attached]:
    """The files on a thing, newest first, with who added them: those for everybody and those of the actor's own
    organisations. Whether the thing may be read is for the caller, who has loaded it.
    """
    rows = plain_rows(session, FILES, {"type": subject_type, "id": subject_id, "sides": sorted(actor.organisations)})
    return [attached(row) for row in rows]


def attached(row: Any) -> Attached:
    """A row of `FILES`."""
    who = (row.uploaded_by_id, row.uploaded_by_name)
    return Attached(row.id, row.at, *who, row.file_name, row.size_bytes, row.side_id)


def readable_file(session: Session, number: int, *, actor: Actor) -> File:
    """One file, if its thing may be read by `actor` and it is not kept to an organisation that is not theirs.

    Raises:
        Missing: no such file, or not for this person.
    """
    file = session.get(File, number) if 0 < number < 2**31 else None
    if file is None or (file.side_id is not None and file.side_id not in actor.organisations):
        raise Missing
    load_contents(session, file.subject_type, file.subject_id, actor=actor)
    return file


def octets_on(session: Session, subject_type: str, subject_id: int) -> int:
    """How much lies on one thing already."""
    total = select(func.sum(File.size_bytes)).where(File.subject_type == subject_type, File.subject_id == subject_id)
    return int(session.scalar(total) or 0)


def known_names(session: Session, names: Sequence[str]) -> set[str]:
    """Which of these names in the store belong to a file."""
    return set(session.scalars(select(File.stored_as).where(File.stored_as.in_(names))))
