"""Listings kept as templates, and begun from them."""

import dataclasses
from typing import Any

from sqlalchemy.orm import Session

from portal.kernel import clock
from portal.kernel.db import add_unique
from portal.kernel.errors import Invalid, Missing
from portal.kernel.events import record
from portal.kernel.policy import Actor, require
from portal.kernel.states import Labelled
from portal.kernel.text import N_
from portal.listings.actions.writing import draft_listing, repeatable
from portal.listings.events import ListingTemplateRemoved, ListingTemplateSaved
from portal.listings.inputs import TemplateName, written
from portal.listings.models import Listing, ListingTemplate
from portal.listings.policies import COPY
from portal.listings.queries import template_numbered
from portal.organisations.models import Organisation


def save_template(session: Session, listing: Listing, given: TemplateName, *, actor: Actor) -> ListingTemplate:
    """Keep what a listing loaded in `FULL` says, to begin others of its organisation with.

    Raises:
        Forbidden: `actor` may not read it, not post for its organisation, or it was taken over from a source.
        Invalid: another template has this name.
    """
    require(COPY, actor, listing)
    made = ListingTemplate(
        organisation_id=listing.organisation_id,
        kind=listing.kind,
        name=given.name,
        text={name: _stored(value) for name, value in repeatable(listing).items()},
        made_by_id=actor.id,
        made_at=clock.now(),
    )
    if not add_unique(session, made):
        raise Invalid("name", N_("There is a template of this name. Choose another, or remove it first."))
    record(session, ListingTemplateSaved(), actor=actor, subject=session.get_one(Organisation, listing.organisation_id))
    return made


def begin_from_template(session: Session, number: int, *, actor: Actor, form_key: str | None = None) -> Listing:
    """A new draft that says what the template says.

    Raises:
        Missing: there is no such template for `actor`.
        Invalid: it says something that no listing may say any more.
    """
    template = _template(session, number, actor)
    text = written(template.kind, **template.text)
    return draft_listing(session, text, organisation_id=template.organisation_id, actor=actor, form_key=form_key)


def remove_template(session: Session, number: int, *, actor: Actor) -> None:
    """Nobody begins with it any more; listings that were begun with it stay.

    Raises:
        Missing: there is no such template for `actor`.
    """
    template = _template(session, number, actor)
    session.delete(template)
    record(session, ListingTemplateRemoved(), actor=actor, subject=session.get_one(Organisation, template.organisation_id))


def _template(session: Session, number: int, actor: Actor) -> ListingTemplate:
    template = template_numbered(session, actor, number)
    if template is None:
        raise Missing
    return template


def _stored(value: Any) -> Any:
    """As JSON holds it; inputs read it back."""
    if isinstance(value, Labelled):
        return value.value
    if isinstance(value, list | tuple):
        return [dataclasses.asdict(each) if dataclasses.is_dataclass(each) else each for each in value]  # type: ignore[arg-type]
    return value
