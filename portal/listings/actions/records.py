"""What comes from public sources: listings taken over, and the terms of vocabularies."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.kernel.events import record
from portal.kernel.inputs import line
from portal.kernel.policy import SYSTEM_ACTOR
from portal.listings.actions.writing import begin, change, put
from portal.listings.events import ListingDrafted
from portal.listings.inputs import Written, source_address
from portal.listings.models import Field, Listing, Skill
from portal.listings.workflow import LISTING_FLOW
from portal.organisations.models import Organisation


def publish_imported(
    session: Session,
    written: Written,
    *,
    organisation: Organisation,
    owner_id: int,
    source_url: str = "",
    source_note: str = "",
) -> Listing:
    """A record of a public source as an open listing. `source_note` names source and licence; it is shown with the text.

    `organisation` may wait to be written itself.

    Raises:
        Invalid: one of the fields is not in the vocabulary, or the source's address is none.
    """
    listing = begin(session, written, organisation.id, owner_id)
    listing.organisation = organisation
    _credit(listing, source_url, source_note)
    session.add(listing)
    record(session, ListingDrafted(), actor=SYSTEM_ACTOR, subject=listing)
    LISTING_FLOW.perform(session, listing, "take_over", actor=SYSTEM_ACTOR)
    return listing


def renew_imported(session: Session, listing: Listing, written: Written, *, source_url: str = "", source_note: str = "") -> bool:
    """Bring a listing loaded in `FULL` to the state its source's record has now; returns whether anything differs now."""
    _credit(listing, source_url, source_note)
    return change(session, listing, written, SYSTEM_ACTOR)


def add_field(session: Session, scheme: str, code: str, label: str, *, parent: str = "") -> tuple[Field, bool]:
    """A term of a field vocabulary as it reads now; returns it and whether that changed anything."""
    return _add_term(
        session, Field, scheme, code, {"label": line("label", label), "parent": line("parent", parent, required=False)}
    )


def add_skill(session: Session, scheme: str, code: str, label: str, *, description: str = "") -> tuple[Skill, bool]:
    """A term of a skill vocabulary as it reads now; returns it and whether that changed anything."""
    return _add_term(session, Skill, scheme, code, {"label": line("label", label), "description": description})


def _credit(listing: Listing, url: str, note: str) -> None:
    put(listing, "source_url", source_address(url))
    put(listing, "source_note", line("source_note", note, most=300, required=False))


def _add_term(session: Session, model: Any, scheme: str, code: str, values: dict[str, str]) -> tuple[Any, bool]:
    term = session.scalars(select(model).where(model.scheme == scheme, model.code == code)).one_or_none()
    if term is None:
        term = model(scheme=line("scheme", scheme, most=40), code=line("code", code, most=200), **values)
        session.add(term)
        return term, True
    for name, value in values.items():
        if name != "label" or term.edited_at is None:  # what a person wrote stays
            put(term, name, value)
    return term, session.is_modified(term)
