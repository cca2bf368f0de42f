"""Writing and sending an expression of interest."""

from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.kernel import clock
from portal.kernel.db import add_unique
from portal.kernel.errors import Invalid, Missing, Refused
from portal.kernel.events import record
from portal.kernel.policy import Actor
from portal.kernel.text import N_
from portal.listings.models import Listing
from portal.organisations.models import Organisation
from portal.proposals.events import InterestBegun
from portal.proposals.inputs import InterestText
from portal.proposals.models import Interest
from portal.proposals.queries import own_interest
from portal.proposals.states import InterestState
from portal.proposals.workflow import INTEREST_FLOW
from portal.proposals.workflow.eligibility import first_obstacle, interest_conditions


def begin_interest(session: Session, listing: Listing, text: InterestText, *, actor: Actor) -> Interest:
    """Keep `text` as the draft of the one interest `actor` has in `listing`; what was sent already stays as it is.

    Raises:
        Refused: the listing takes no answers, or not this person's.
    """
    interest = own_interest(session, listing, actor.id, lock=True) or _new_interest(session, listing, actor)
    if interest.state is InterestState.WITHDRAWN:
        INTEREST_FLOW.perform(session, interest, "resume", actor=actor)
    if interest.state is InterestState.DRAFT:
        interest.motivation, interest.experience = text.motivation, text.experience
        session.flush()
    return interest


def send_interest(session: Session, listing: Listing, text: InterestText, *, actor: Actor) -> Interest:
    """Write and send in one go. Sent twice it is the same interest, with the text that came first.

    Raises:
        Invalid: the motivation is missing, or the declaration that nothing in it is confidential.
        Refused: the listing takes no answers, or not this person's.
    """
    interest = begin_interest(session, listing, text, actor=actor)
    if interest.state is not InterestState.DRAFT:
        return interest
    if not text.motivation:
        raise Invalid("motivation", N_("Fill this in."))
    if not text.declared:
        raise Invalid(
            "declared", N_("Confirm that nothing here is confidential. Take out what is: no agreement protects it yet.")
        )
    interest.declared_at = clock.now()
    INTEREST_FLOW.perform(session, interest, "send", actor=actor)
    return interest


def carry_over(session: Session, interest: Interest, listing: Listing, *, actor: Actor) -> Interest:
    """Begin an interest in the listing its author was sent on to, with the same text; one that is there already stays as it is.

    Raises:
        Refused: the listing takes no answers any more.
    """
    standing = own_interest(session, listing, actor.id, lock=True)
    text = InterestText(interest.motivation, interest.experience)
    return standing or begin_interest(session, listing, text, actor=actor)


def _new_interest(session: Session, listing: Listing, actor: Actor) -> Interest:
    if obstacle := first_obstacle(interest_conditions(actor, listing)):
        raise Refused(obstacle)
    organisation_id = actor.seats[0].organisation_id if actor.seats else None
    interest = Interest(
        listing=listing,
        host=session.get_one(Organisation, listing.organisation_id),
        organisation=session.get_one(Organisation, organisation_id) if organisation_id else None,
        author=session.get_one(User, actor.id),
        created_at=clock.now(),
    )
    if not add_unique(session, interest):  # the same form arrived twice at once: the other one is the interest
        found = own_interest(session, listing, actor.id, lock=True)
        if found is None:
            raise Missing
        return found
    record(session, InterestBegun(), actor=actor, subject=interest)
    return interest
