"""What must be true before somebody writes an answer to a listing; shown to them first, and asked again when they send."""

from dataclasses import dataclass

from portal.kernel import clock
from portal.kernel.policy import Actor
from portal.kernel.text import N_
from portal.listings.models import Listing
from portal.listings.states import Intake, ListingState
from portal.proposals.states import WITH_PROPOSAL


@dataclass(frozen=True)
class Condition:
    """One thing that must be true: what it is, whether it is, and what to do where it is not."""

    says: str
    met: bool
    why: str


def listing_is_open(listing: Listing) -> str | None:
    """The reason why a listing takes no answers now, or None."""
    if listing.state is ListingState.ANNOUNCED:
        return N_("The listing is announced. It takes answers from the day it opens.")
    if not listing.is_open or (listing.closes_at is not None and listing.closes_at <= clock.now()):
        return N_("The listing is closed and takes no more answers.")
    return None


def interest_conditions(actor: Actor, listing: Listing) -> tuple[Condition, ...]:
    """What an expression of interest in `listing` takes."""
    closed = listing_is_open(listing)
    return (
        Condition(N_("The listing is open"), closed is None, closed or ""),
        Condition(N_("It is somebody else's listing"), actor.id not in listing.owner_ids, N_("This is your own listing.")),
    )


def proposal_conditions(actor: Actor, listing: Listing, *, invited: bool) -> tuple[Condition, ...]:
    """What a proposal for `listing` takes; `invited` says whether an expression of interest was answered with yes."""
    return (
        *interest_conditions(actor, listing),
        Condition(
            N_("It is answered with a proposal"),
            listing.kind in WITH_PROPOSAL,
            N_("Internships and training are answered with an expression of interest only."),
        ),
        Condition(
            N_("You belong to an organisation"),
            bool(actor.seats),
            N_("A proposal is made by an organisation. Join yours first, then come back."),
        ),
        Condition(
            N_("You were invited, or no invitation is needed"),
            invited or listing.intake is Intake.PROPOSAL,
            N_("They ask for an expression of interest first. Send one; when they invite you, you can propose."),
        ),
    )


def first_obstacle(conditions: tuple[Condition, ...]) -> str | None:
    """The first thing in the way, as a sentence, or None."""
    return next((condition.why for condition in conditions if not condition.met), None)
