"""The ledger of imported records: what a source's id became here, and where a thing of ours came from."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Session

from portal.imports.models import ImportedRecord
from portal.imports.reading import Record
from portal.imports.text import safe_link
from portal.kernel import clock
from portal.kernel.errors import Invalid
from portal.kernel.gathering import when_written
from portal.kernel.text import N_, one_line

MOST_CHARACTERS = 300  # of an id
# Built once: asked for every record.
_ONE = select(ImportedRecord).where(
    ImportedRecord.source == bindparam("source"), ImportedRecord.source_id == bindparam("source_id")
)
_MANY = select(ImportedRecord).where(
    ImportedRecord.source == bindparam("source"), ImportedRecord.source_id.in_(bindparam("ids", expanding=True))
)
_AHEAD = "origins looked up ahead"


@dataclass(frozen=True)
class Origin:
    """Whose record it is: the source's short name, its own id there, its page and its licence."""

    source: str
    source_id: str
    url: str = ""
    licence: str = ""


def origin_of(record: Record, source: str, *fields: str) -> Origin:
    """Source: its `source` field or else `source`. Id: the first of `fields` (`id`) that holds something.

    Raises:
        Invalid: no field holds an id, or the id holds what no id should.
    """
    named = record.get("source")
    return Origin(
        source=one_line(named)[:60] if isinstance(named, str) and named.strip() else source,
        source_id=_own_id(record, fields or ("id",)),
        url=safe_link(record.get("url")),
        licence=one_line(str(record.get("licence") or ""))[:60],
    )


def content_hash(record: Record) -> str:
    """SHA-256 over the record as the source gave it, whatever the order of its keys."""
    return hashlib.sha256(json.dumps(record, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def imported(session: Session, origin: Origin) -> ImportedRecord | None:
    """What the record became at an earlier import."""
    ahead: dict[tuple[str, str], ImportedRecord | None] = session.info.get(_AHEAD, {})
    key = (origin.source, origin.source_id)
    if key in ahead:
        return ahead[key]
    return session.scalars(_ONE, {"source": origin.source, "source_id": origin.source_id}).one_or_none()


@contextmanager
def looked_up(session: Session, origins: Iterable[Origin]) -> Iterator[None]:
    """Ask for all these origins at once; inside the block `imported` knows the answers."""
    ahead: dict[tuple[str, str], ImportedRecord | None] = {(each.source, each.source_id): None for each in origins}
    for source in {source for source, _ in ahead}:
        ids = [own_id for name, own_id in ahead if name == source]
        for known in session.scalars(_MANY, {"source": source, "ids": ids}):
            ahead[known.source, known.source_id] = known
    session.info[_AHEAD] = ahead
    try:
        yield
    finally:
        del session.info[_AHEAD]


def origins_of(session: Session, subject_type: str, ids: Iterable[int]) -> Sequence[ImportedRecord]:
    """The records that things of one table came from, to show source and licence beside them."""
    return session.scalars(
        select(ImportedRecord)
        .where(ImportedRecord.subject_type == subject_type, ImportedRecord.subject_id.in_(list(ids)))
        .order_by(ImportedRecord.id)
    ).all()


def remember(session: Session, known: ImportedRecord | None, origin: Origin, subject: Any, *, content: str) -> ImportedRecord:
    """Note that `subject` (a mapped object) now stands as the record with the hash `content` has it.

    `known` is what `imported` said of the origin before.
    """
    kept = known or ImportedRecord(source=origin.source, source_id=origin.source_id)
    kept.subject_type = subject.__tablename__
    kept.content_hash, kept.imported_at = content, clock.now()
    kept.url, kept.licence = origin.url, origin.licence

    def write() -> None:
        kept.subject_id = subject.id
        session.add(kept)

    when_written(session, subject, write)
    return kept


def forget(session: Session, subject: Any) -> None:
    """The thing is about to go: its record, imported again, becomes another one."""
    mine = ImportedRecord.subject_type == subject.__tablename__, ImportedRecord.subject_id == subject.id
    session.execute(delete(ImportedRecord).where(*mine))


def _own_id(record: Record, fields: tuple[str, ...]) -> str:
    value = next((record[field] for field in fields if record.get(field) not in (None, "")), None)
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise Invalid(fields[0], N_("The record has no id of its own."))
    text = str(value)
    if len(text) > MOST_CHARACTERS or one_line(text) != text:
        raise Invalid(fields[0], N_("The id is too long or holds hidden characters."))
    return text
