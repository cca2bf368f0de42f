"""What questionnaires offer to a listing's page: the way to the questions, for its owners."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from portal.kernel.policy import Actor
from portal.listings.models import Listing
from portal.listings.policies import OWNER
from portal.questionnaires.actions import WITH_PROPOSAL
from portal.web.panels import Panel


def way_to_questions(_session: Session, actor: Actor, listing: Listing) -> Mapping[str, Any] | None:
    """Nothing for others, and where nobody can propose."""
    if listing.kind not in WITH_PROPOSAL or listing.source_note or not OWNER.holds(actor, listing):
        return None
    return {"href": f"{listing.href}/questionnaire"}


LISTING = Panel("questionnaires/panel_listing.html", way_to_questions)
