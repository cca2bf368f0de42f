"""What annexes offer to a listing's page: that there is one, and the way to it for those who may read it."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from portal.annexes.policies import ITS_SIDE
from portal.kernel.policy import Actor
from portal.listings.models import Listing
from portal.listings.policies import OWNER
from portal.web.panels import Panel


def said_of_annex(_session: Session, actor: Actor, listing: Listing) -> Mapping[str, Any] | None:
    """Nothing where there is none and the reader cannot write one."""
    mine, inside = OWNER.holds(actor, listing) and not listing.source_note, ITS_SIDE.holds(actor, listing)
    if not (listing.has_annex or mine):
        return None
    return {"href": f"{listing.href}/annex" if inside else None, "there_is": listing.has_annex}


LISTING = Panel("annexes/panel_listing.html", said_of_annex)
