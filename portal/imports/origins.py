"""The ledger of imported records: what a source's id became here, and where a thing of ours came from."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from portal.imports.models import ImportedRecord
from portal.imports.reading import Record
from portal.imports.text import safe_link
from portal.kernel import clock
from portal.kernel.errors import Invalid
from portal.kernel.text import N_, one_line

MOST_CHARACTERS = 300  # of an id
# Built once: asked for every record.
_ONE = select(ImportedRecord).where(
    ImportedRecord.source == bindparam("source"), ImportedRecord.source_id == bindparam("source_id")
)


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
    return session.scalars(_ONE, {"source": origin.source, "source_id": origin.source_id}).one_or_none()


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
    if subject.id is None:
        session.flush()
    if known is None:
        known = ImportedRecord(source=origin.source, source_id=origin.source_id)
        session.add(known)
    known.subject_type, known.subject_id = subject.__tablename__, subject.id
    known.content_hash, known.imported_at = content, clock.now()
    known.url, known.licence = origin.url, origin.licence
    return known


def _own_id(record: Record, fields: tuple[str, ...]) -> str:
    value = next((record[field] for field in fields if record.get(field) not in (None, "")), None)
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise Invalid(fields[0], N_("The record has no id of its own."))
    text = str(value)
    if len(text) > MOST_CHARACTERS or one_line(text) != text:
        raise Invalid(fields[0], N_("The id is too long or holds hidden characters."))
    return text
