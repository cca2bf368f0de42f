"""What the search may know of organisations: verified ones for everybody, others for their own members."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from portal.kernel.events import Event
from portal.kernel.ids import row_id
from portal.kernel.policy import VISITOR, Actor
from portal.kernel.text import N_
from portal.organisations.models import Organisation
from portal.organisations.policies import FOUND, VERIFIED, reader_tokens
from portal.organisations.states import OrganisationKind, OrganisationState
from portal.search.engine.documents import Document
from portal.search.sources import Facet, Findable, Mark
from portal.search.telling import labels_of, themselves, unmarked
from portal.web.filters import country
from portal.web.words import gettext as _

EXCERPT = 200  # characters of a description that a result shows
_TEXTS = (undefer(Organisation.names), undefer(Organisation.units))
_STANDS = Organisation._state != OrganisationState.MERGED


def documents(session: Session, ids: Sequence[int]) -> list[Document]:
    """Those of `ids` that somebody may find."""
    found = session.scalars(select(Organisation).where(Organisation.id.in_(ids), _STANDS).options(*_TEXTS))
    return [_document(organisation) for organisation in found]


def all_ids(session: Session) -> Iterable[int]:
    """Every organisation that somebody may find."""
    return session.scalars(select(Organisation.id).where(_STANDS).order_by(Organisation.id)).all()


def rows(session: Session, actor: Actor, ids: Sequence[int], mark: Mark) -> list[Mapping[str, Any]]:
    """The organisations found, as far as `actor` may find them at this moment, in the order they were found in."""
    found = {each.id: each for each in session.scalars(select(Organisation).where(Organisation.id.in_(ids)))}
    known = (found[number] for number in ids if number in found)
    return [_row(each, mark) for each in known if FOUND.holds(actor, each)]


def touched(_session: Session, events: Sequence[Event]) -> set[int]:
    """The organisations that changed."""
    return {event.subject_id for event in events if event.subject_type == "organisation" and event.subject_id}


def verified_names(session: Session, values: Sequence[str]) -> Mapping[str, str]:
    """For facets that hold numbers of organisations: what those are called that everybody may know of."""
    numbers = [number for value in values if (number := row_id(value)) is not None]
    query = select(Organisation.id, Organisation.name).where(Organisation.id.in_(numbers), VERIFIED.where(VISITOR))
    return {str(number): name for number, name in session.execute(query)} if numbers else {}


def _document(organisation: Organisation) -> Document:
    units = [text for unit in organisation.units for text in (unit["name"], *unit.get("parts", ()))]
    return Document(
        id=organisation.id,
        type="organisation",
        kind=str(organisation.kind.value),
        organisation_id=organisation.id,
        organisation=" ".join((organisation.short_name, *(each["name"] for each in organisation.names))),
        fields=(organisation.sector,) if organisation.sector else (),
        reference=organisation.short_name,
        title=organisation.name,
        summary=" ".join((organisation.sector, organisation.city)),
        text="\n".join((unmarked(organisation.about), *units)),
        readers=reader_tokens(organisation),
        state=str(organisation.state.value),
        published_at=int(organisation.created_at.timestamp()),
        place=organisation.city,
        mode=organisation.country_code,
        language="en",
    )


def _row(organisation: Organisation, mark: Mark) -> Mapping[str, Any]:
    lies_in = country(organisation.country_code) if organisation.country_code else ""
    return {
        "number": organisation.id,
        "kind": "organisation",
        "kind_label": " · ".join(filter(None, (_(organisation.kind.label), organisation.sector))),
        "title": mark(organisation.name, 0, organisation.id),
        "href": organisation.href,
        "summary": mark(unmarked(organisation.about), EXCERPT, organisation.id),
        "closes": "" if organisation.is_verified else _(organisation.state.label),
        "place": ", ".join(filter(None, (organisation.city, lies_in))),
    }


def _countries(_session: Session, values: Sequence[str]) -> Mapping[str, str]:
    return {value: country(value) for value in values}


FINDABLE_ORGANISATIONS = Findable(
    name="organisations",
    label=N_("Organisations"),
    documents=documents,
    all_ids=all_ids,
    rows=rows,
    touched=touched,
    nothing=N_("No organisation uses all of these words. An organisation is found here once it has been checked."),
    facets=(
        Facet("kind", N_("Kind"), "kind", labels_of(OrganisationKind)),
        Facet("country", N_("Country"), "mode", _countries),
        Facet("place", N_("Place"), "place", themselves),
        Facet("sector", N_("Sector"), "field", themselves),
    ),
    sorts=(("newest", N_("Newest here")),),
    suggested=True,
    whole=(N_("All organisations by name"), "/organisations"),
)
