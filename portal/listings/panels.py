"""What listings offer to the pages of lower features: the open ones of an organisation, those somebody follows."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from portal.kernel.policy import Actor
from portal.listings.queries import followed_by, open_listings_of
from portal.organisations.models import Organisation
from portal.web.panels import Panel


def open_listings(session: Session, actor: Actor, organisation: Organisation) -> Mapping[str, Any] | None:
    """The newest open listings of an organisation that its reader may read."""
    listings = open_listings_of(session, actor, organisation.id)
    return {"listings": listings, "organisation_id": organisation.id} if listings else None


def followed(session: Session, actor: Actor, _nothing: None) -> Mapping[str, Any] | None:
    """What this person follows."""
    return {"follows": followed_by(session, actor)}


ORGANISATION = Panel("listings/panel_organisation.html", open_listings)
SAVED = Panel("listings/panel_followed.html", followed)
