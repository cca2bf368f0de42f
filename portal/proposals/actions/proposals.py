"""Beginning a proposal and saving what is written in it."""

from dataclasses import replace

from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.kernel import clock
from portal.kernel.db import add_unique
from portal.kernel.errors import Invalid, Missing, Refused, Stale
from portal.kernel.events import record
from portal.kernel.policy import Actor, require
from portal.kernel.text import N_, Words
from portal.kernel.units import CURRENCIES
from portal.listings.models import Listing
from portal.organisations.models import Organisation
from portal.proposals.actions.interests import begin_interest
from portal.proposals.actions.reusing import text_reused
from portal.proposals.events import ProposalBegun, ProposalEdited
from portal.proposals.inputs import MOST_INTEREST, MOST_SUMMARY, MOST_TITLE, Content, InterestText, Partner
from portal.proposals.models import Interest, Proposal
from portal.proposals.policies import WRITABLE, WRITER
from portal.proposals.queries import compute_offer, own_interest, own_proposal
from portal.proposals.states import InterestState
from portal.proposals.workflow.eligibility import first_obstacle, proposal_conditions
from portal.proposals.workflow.partners import reopen_confirmations


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
    content = _first_text(session, listing, invited, actor)
    if reuse is not None:
        content = text_reused(session, reuse, host=host, currency=content.currency, actor=actor)
    organisation = session.get_one(Organisation, _organisation_for(actor, organisation_id))
    if not content.partners:
        content = replace(content, partners=[Partner(organisation.name[:160]), Partner(host.name[:160])])
    proposal = Proposal.answering(
        listing,
        interest_id=invited.id if invited else None,
        host=host,
        organisation=organisation,
        author=session.get_one(User, actor.id),
        currency=content.currency,
        created_at=clock.now(),
    )
    _write(proposal, content)
    if not add_unique(session, proposal):  # the same button was pressed twice at once: the other one is the proposal
        if standing := own_proposal(session, listing.id, actor.id):
            return standing
        raise Missing
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
    content = Content.from_json(proposal.draft)
    if first_obstacle(proposal_conditions(actor, listing, invited=invited)):
        text = InterestText((content.summary or content.title)[:MOST_INTEREST], content.team[:MOST_INTEREST])
        interest = before or begin_interest(session, listing, text, actor=actor)
        return f"{listing.href}/interest" if interest.state is InterestState.DRAFT else interest.href
    begun = begin_proposal(session, listing, actor=actor, organisation_id=proposal.organisation_id)
    _write(begun, replace(content, currency=begun.currency))
    return f"{begun.href}/edit/summary"


def save_content(session: Session, proposal: Proposal, content: Content, *, actor: Actor, version: int) -> None:
    """Replace the draft. Saving the same text twice is one save.

    Args:
        version: of the proposal, as it was when the person began to change this text.

    Raises:
        Forbidden: `actor` neither is the author nor may write with them.
        Refused: it is no draft, and nobody asked for changes.
        Stale: somebody saved in between; nothing was overwritten.
        Invalid: it names a compute offer that `actor` cannot read.
    """
    require(WRITER, actor, proposal)
    require_writable(proposal)
    if content.to_json() == proposal.draft:
        return
    if proposal.version != version:
        raise Stale
    _require_offer(session, content.compute_listing, before=proposal.draft.get("compute_listing"), actor=actor)
    _write(proposal, content)
    session.flush()
    reopen_confirmations(session, proposal)
    record(session, ProposalEdited(), actor=actor, subject=proposal)


def require_writable(proposal: Proposal) -> None:
    """Go on only with a draft, or where changes are asked for.

    Raises:
        Refused: neither is so; the sentence says how the proposal stands.
    """
    if proposal.state not in WRITABLE:
        raise Refused(
            N_("This cannot be changed now: it is “%(state)s”. Proposals are changed as drafts, or when changes are asked for."),
            state=Words(proposal.state.label),
        )


def _write(proposal: Proposal, content: Content) -> None:
    """The columns that lists show follow the draft only until the other side has a version of its own."""
    proposal.draft, proposal.edited_at = content.to_json(), clock.now()
    if not proposal.number:
        proposal.title = content.title
        proposal.asked_minor, proposal.own_minor = content.asked_minor, content.own_minor


def _first_text(session: Session, listing: Listing, invited: Interest | None, actor: Actor) -> Content:
    currency = listing.currency if listing.currency in CURRENCIES else CURRENCIES[0]
    if earlier := own_proposal(session, listing.id, actor.id, standing=False):
        return replace(Content.from_json(earlier.draft), currency=currency)
    title = listing.title[:MOST_TITLE].strip()
    if invited is None:
        return Content(title=title, currency=currency)
    fits = len(invited.motivation) <= MOST_SUMMARY
    return Content(
        title=title,
        summary=invited.motivation if fits else "",
        approach="" if fits else invited.motivation,
        team=invited.experience,
        currency=currency,
    )


def _require_offer(session: Session, number: int | None, *, before: int | None, actor: Actor) -> None:
    if number not in (None, before) and compute_offer(session, actor, number) is None:
        raise Invalid("compute_listing", N_("There is no compute offer with this reference that you can read."))


def _organisation_for(actor: Actor, wanted: int | None) -> int:
    if wanted is None and len(actor.organisations) == 1:
        return next(iter(actor.organisations))
    if wanted not in actor.organisations:
        raise Invalid("organisation_id", N_("Choose the organisation that makes the proposal."))
    return wanted
