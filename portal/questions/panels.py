"""What questions offer to a listing's page: the way to them."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from portal.kernel.policy import Actor
from portal.listings.models import Listing
from portal.web.panels import Panel


def way_to_questions(_session: Session, _actor: Actor, listing: Listing) -> Mapping[str, Any] | None:
    """The address; nobody answers for what was taken over from a source."""
    return {"href": f"{listing.href}/questions"} if not listing.source_note else None


LISTING = Panel("questions/panel_listing.html", way_to_questions)
