"""Beginning a proposal."""

from dataclasses import replace

from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.kernel import clock
from portal.kernel.db import add_unique
from portal.kernel.errors import Invalid, Missing, Refused
from portal.kernel.events import record
from portal.kernel.policy import Actor
from portal.kernel.text import N_
from portal.kernel.units import CURRENCIES
from portal.listings.models import Listing
from portal.organisations.models import Organisation
from portal.proposals.actions.files import take_files_along
from portal.proposals.actions.interests import begin_interest
from portal.proposals.actions.reusing import text_reused
from portal.proposals.actions.saving import write
from portal.proposals.events import ProposalBegun
from portal.proposals.inputs import MOST_INTEREST, MOST_SUMMARY, MOST_TITLE, Content, InterestText
from portal.proposals.inputs.houses import House
from portal.proposals.models import Interest, Proposal
from portal.proposals.queries import own_interest, own_proposal
from portal.proposals.states import InterestState
from portal.proposals.workflow.eligibility import first_obstacle, proposal_conditions


def begin_proposal(
    session: Session, listing: Listing, *, actor: Actor, organisation_id: int | None = None, reuse: int | None = None
) -> Proposal:
    """The proposal this person makes for `listing`: the one that stands already, or a new draft.

    A new draft takes over the text of an earlier one that came to nothing, else that of the interest they were invited on.

    Args:
        organisation_id: for which of their organisations; may be left out by people who have one only.
        reuse: the number of a proposal of their own whose text it takes over instead.

    Raises:
        Refused: the listing is closed, wants an interest first, or the person belongs to no organisation.
        Invalid: the person belongs to several organisations and chose none of them, or `reuse` is no proposal of theirs.
    """
    if standing := own_proposal(session, listing.id, actor.id):
        return standing
    interest = own_interest(session, listing, actor.id)
    invited = interest if interest and interest.state is InterestState.INVITED else None
    if obstacle := first_obstacle(proposal_conditions(actor, listing, invited=invited is not None)):
        raise Refused(obstacle)
    host = session.get_one(Organisation, listing.organisation_id)
    content, source = _first_text(session, listing, invited, actor)
    if reuse is not None:
        content, source = text_reused(session, reuse, host=host, currency=content.currency, actor=actor), reuse
    organisation = session.get_one(Organisation, _organisation_for(actor, organisation_id))
    if not content.partners:
        content = replace(content, partners=[House(each.id, each.name).row for each in (organisation, host)])
    proposal = Proposal.answering(
        listing,
        interest_id=invited.id if invited else None,
        host=host,
        organisation=organisation,
        author=session.get_one(User, actor.id),
        currency=content.currency,
        created_at=clock.now(),
    )
    write(proposal, replace(content, files=()))
    if not add_unique(session, proposal):  # the same button was pressed twice at once: the other one is the proposal
        if standing := own_proposal(session, listing.id, actor.id):
            return standing
        raise Missing
    if source is not None and content.files:
        take_files_along(session, source, proposal, content)
    record(session, ProposalBegun(), actor=actor, subject=proposal)
    return proposal


def carry_proposal(session: Session, proposal: Proposal, listing: Listing, *, actor: Actor) -> str:
    """Begin an answer to the listing its author was sent on to, with the same text; returns the address where it goes on.

    Where that listing asks for an interest first, it is one. What is there already stays as it is.

    Raises:
        Refused: the listing takes no answers any more.
    """
    if standing := own_proposal(session, listing.id, actor.id):
        return standing.href
    before = own_interest(session, listing, actor.id)
    invited = before is not None and before.state is InterestState.INVITED
    content = proposal.written
    if first_obstacle(proposal_conditions(actor, listing, invited=invited)):
        text = InterestText((content.summary or content.title)[:MOST_INTEREST], content.team[:MOST_INTEREST])
        interest = before or begin_interest(session, listing, text, actor=actor)
        return f"{listing.href}/interest" if interest.state is InterestState.DRAFT else interest.href
    begun = begin_proposal(session, listing, actor=actor, organisation_id=proposal.organisation_id, reuse=proposal.id)
    return f"{begun.href}/edit/summary"


def _first_text(session: Session, listing: Listing, invited: Interest | None, actor: Actor) -> tuple[Content, int | None]:
    currency = listing.currency if listing.currency in CURRENCIES else CURRENCIES[0]
    if earlier := own_proposal(session, listing.id, actor.id, standing=False):
        return replace(earlier.written, currency=currency), earlier.id
    title = listing.title[:MOST_TITLE].strip()
    if invited is None:
        return Content(title=title, currency=currency), None
    fits = len(invited.motivation) <= MOST_SUMMARY
    first = Content(
        title=title,
        summary=invited.motivation if fits else "",
        approach="" if fits else invited.motivation,
        team=invited.experience,
        currency=currency,
    )
    return first, None


def _organisation_for(actor: Actor, wanted: int | None) -> int:
    if wanted is None and len(actor.organisations) == 1:
        return next(iter(actor.organisations))
    if wanted not in actor.organisations:
        raise Invalid("organisation_id", N_("Choose the organisation that makes the proposal."))
    return wanted
