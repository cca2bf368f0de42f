"""Vocabularies that listings are sorted by: fields of research, and skills."""

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from portal.imports.origins import Origin, content_hash, imported, origin_of, remember
from portal.imports.reading import Record, text_in
from portal.imports.report import Outcome
from portal.imports.running import Importer
from portal.imports.terms import Terms
from portal.imports.text import to_line, to_markdown
from portal.listings.actions import add_field, add_skill


def fields_importer(_terms: Terms) -> Importer:
    """The importer of field vocabularies: OECD, ERC panels, EuroSciVoc, OpenAlex and others of that shape."""
    return _importer("fields", ("code",), _field)


def skills_importer(_terms: Terms) -> Importer:
    """The importer of skill vocabularies: ESCO, O*NET and others of that shape."""
    return _importer("skills", ("uri", "code", "label"), _skill)


def _field(session: Session, record: Record, origin: Origin) -> tuple[Any, bool]:
    label = to_line(text_in(record, "label"))
    return add_field(session, origin.source, origin.source_id, label, parent=text_in(record, "parent"))


def _skill(session: Session, record: Record, origin: Origin) -> tuple[Any, bool]:
    label, description = to_line(text_in(record, "label")), to_markdown(text_in(record, "description"))
    return add_skill(session, origin.source, origin.source_id, label, description=description)


def _importer(name: str, ids: tuple[str, ...], add: Callable[[Session, Record, Origin], tuple[Any, bool]]) -> Importer:
    def origin(record: Record) -> Origin:
        return origin_of({**record, "source": record.get("scheme")}, name, *ids)

    def upsert(session: Session, record: Record, own: Origin) -> Outcome:
        content, known = content_hash(record), imported(session, own)
        if known and known.content_hash == content:
            return Outcome.UNCHANGED
        term, changed = add(session, record, own)
        remember(session, known, own, term, content=content)
        if known is None:
            return Outcome.CREATED
        return Outcome.UPDATED if changed else Outcome.UNCHANGED

    return Importer(name, origin, upsert)
