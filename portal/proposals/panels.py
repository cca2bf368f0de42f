"""What proposals offer to a listing's page: the way to answer it, and for its own side what has arrived."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from portal.kernel.policy import Actor
from portal.kernel.text import N_
from portal.listings.models import Listing
from portal.listings.policies import OFFICER, OWNER
from portal.listings.states import Intake
from portal.proposals.queries import Standing, counts_on, standing_of
from portal.proposals.states import WITH_PROPOSAL, InterestState, View
from portal.proposals.workflow.eligibility import first_obstacle, listing_is_open, proposal_conditions
from portal.web.panels import Panel


@dataclass(frozen=True)
class Button:
    """One way to go on: a label to be translated and an address."""

    label: str
    href: str


def answer(session: Session, actor: Actor, listing: Listing) -> Mapping[str, Any] | None:
    """How this person answers the listing, goes on with their answer, or why they cannot."""
    if OWNER.holds(actor, listing):
        return None
    standing = standing_of(session, actor, listing)
    buttons = [*_begun(standing, listing, actor), *_to_begin(standing, listing, actor)]
    return {"buttons": buttons, "note": _note(standing, listing, actor), "state": standing.interest_state}


def received(session: Session, actor: Actor, listing: Listing) -> Mapping[str, Any] | None:
    """For the listing's own side: how many interests and proposals it has got, with the way to them."""
    if not (OWNER | OFFICER).holds(actor, listing) or listing.published_at is None:
        return None
    view = View.RECEIVED if OWNER.holds(actor, listing) else View.ORGANISATION
    return {
        "counts": counts_on(session, listing),
        "query": f"?view={view.value}&listing={listing.id}",
        "held": f"{listing.href}/decisions",
    }


def _begun(standing: Standing, listing: Listing, actor: Actor) -> list[Button]:
    """The way back to what this person has already."""
    if standing.proposal_href:
        return [Button(N_("Open your proposal"), standing.proposal_href)]
    if standing.interest_href is None or standing.interest_state is InterestState.WITHDRAWN:
        return []
    if standing.interest_state is InterestState.DRAFT:
        return [] if listing_is_open(listing) else [Button(N_("Finish your interest"), f"{listing.href}/interest")]
    opened = Button(N_("Open your interest"), standing.interest_href)
    return [*_proposing(standing, listing, actor, N_("Start the proposal")), opened]


def _to_begin(standing: Standing, listing: Listing, actor: Actor) -> list[Button]:
    """The ways in for somebody who has nothing yet. Visitors are led through sign-in."""
    begun = standing.proposal_href or (standing.interest_href and standing.interest_state is not InterestState.WITHDRAWN)
    if begun or listing_is_open(listing):
        return []
    interest = Button(N_("Show your interest"), f"{listing.href}/interest")
    return [*_proposing(standing, listing, actor, N_("Start a proposal")), interest]


def _proposing(standing: Standing, listing: Listing, actor: Actor, label: str) -> list[Button]:
    conditions = proposal_conditions(actor, listing, invited=standing.invited)
    if not actor.is_person:
        direct = listing.intake is Intake.PROPOSAL and listing.kind in WITH_PROPOSAL
    else:
        direct = first_obstacle(conditions) is None
    return [Button(label, f"{listing.href}/propose")] if direct else []


def _note(standing: Standing, listing: Listing, actor: Actor) -> str | None:
    """Why there is no button, or not the one somebody might look for."""
    if closed := listing_is_open(listing):
        return closed
    if not actor.is_person or standing.proposal_href or listing.kind not in WITH_PROPOSAL:
        return None
    return first_obstacle(proposal_conditions(actor, listing, invited=standing.invited))


LISTING = (Panel("proposals/panel_answer.html", answer), Panel("proposals/panel_received.html", received))
