"""What listings offer to the pages of lower features."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from portal.kernel.policy import Actor
from portal.listings.queries import open_listings_of
from portal.organisations.models import Organisation
from portal.web.panels import Panel


def open_listings(session: Session, actor: Actor, organisation: Organisation) -> Mapping[str, Any] | None:
    """The newest open listings of an organisation that its reader may read."""
    listings = open_listings_of(session, actor, organisation.id)
    return {"listings": listings, "organisation_id": organisation.id} if listings else None


ORGANISATION = Panel("listings/panel_organisation.html", open_listings)
