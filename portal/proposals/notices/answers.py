"""Whom facts about interests, proposals and their approvals concern: only people who may read them at that moment."""

from collections.abc import Iterable, Iterator

from sqlalchemy import select, union
from sqlalchemy.orm import Session, joinedload

from portal.approvals.events import ApprovalAsked
from portal.approvals.models import Approval
from portal.kernel.events import Event
from portal.kernel.notices import Concerned, Facts, Notice
from portal.kernel.policy import Role
from portal.kernel.text import N_
from portal.listings.events import ListingChanged, ListingFilled
from portal.organisations.queries import holders_of
from portal.proposals.events import (
    ApprovalReopened,
    InterestAnswered,
    InterestAsked,
    InterestBegun,
    InterestLapsed,
    InterestReceived,
    InterestReplied,
    InterestSent,
    InterestWithdrawn,
    ProposalAccepted,
    ProposalApproved,
    ProposalBegun,
    ProposalConditionsMet,
    ProposalDecided,
    ProposalExpired,
    ProposalLapsed,
    ProposalObjected,
    ProposalReturned,
    ProposalScreened,
    ProposalSubmitted,
    ProposalTakenUp,
    ProposalWithdrawn,
)
from portal.proposals.models import Interest, Proposal
from portal.proposals.states import STANDING, InterestState

_YOU_OWN = N_("because you own the listing")
_YOU_WROTE = N_("because you wrote it")
_YOUR_STAFF = N_("because you are a partnership officer of the author's organisation")
_YOUR_LISTING = N_("because you are a partnership officer of the listing's organisation")


def author(session: Session, event: Event) -> Iterable[Concerned]:
    """Whoever wrote it."""
    thing = _thing(session, event)
    return _but_actor(event, [Concerned(thing.author_id, _YOU_WROTE)] if thing else [])


def owner_once_sent(session: Session, event: Event) -> Iterable[Concerned]:
    """The listing's owner and co-owners, if it ever left the author's desk."""
    thing = _thing(session, event)
    sent = thing is not None and (thing.sent_at if isinstance(thing, Interest) else thing.submitted_at) is not None
    return _but_actor(event, [Concerned(number, _YOU_OWN) for number in thing.listing.owner_ids] if thing and sent else [])


def author_and_owner(session: Session, event: Event) -> Iterable[Concerned]:
    """The two people who talk to each other."""
    yield from author(session, event)
    yield from owner_once_sent(session, event)


def author_office(session: Session, event: Event) -> Iterable[Concerned]:
    """The partnership officers of the author's organisation."""
    thing = _thing(session, event)
    return _but_actor(event, _officers(session, thing.organisation_id, _YOUR_STAFF) if thing else [])


def author_and_office(session: Session, event: Event) -> Iterable[Concerned]:
    """The author and the author's office."""
    yield from author(session, event)
    yield from author_office(session, event)


def host_side(session: Session, event: Event) -> Iterable[Concerned]:
    """Owner and office of the listing's organisation, if the proposal ever reached them."""
    yield from owner_once_sent(session, event)
    thing = _thing(session, event)
    if isinstance(thing, Proposal) and thing.submitted_at is not None:
        yield from _but_actor(event, _officers(session, thing.host_id, _YOUR_LISTING))


def everybody(session: Session, event: Event) -> Iterable[Concerned]:
    """Both sides with their offices."""
    yield from author_and_office(session, event)
    yield from host_side(session, event)


def those_who_answer(session: Session, event: Event) -> Iterable[Concerned]:
    """Whoever has an interest or a proposal standing, or under way, when an open listing is changed or closes."""
    if not event.data.get("material", True):
        return
    interests = select(Interest.author_id).where(Interest.listing_id == event.subject_id, Interest._state.in_(_STANDING_INTEREST))
    proposals = select(Proposal.author_id).where(Proposal.listing_id == event.subject_id, Proposal._state.in_(STANDING))
    for account_id in session.scalars(union(interests, proposals)):
        yield Concerned(account_id, N_("because you are answering this listing"))


def approvers(session: Session, event: Event) -> Iterable[Concerned]:
    """The officers who may fill a slot: those of its organisation who neither wrote nor accepted the version."""
    slot = session.get(Approval, event.subject_id)
    if slot is None:
        return
    barred = (slot.requester_id, slot.counterpart_id)
    for concerned in _officers(session, slot.organisation_id, N_("because you are a partnership officer of your side")):
        if concerned.account_id not in barred:
            yield concerned


def _thing(session: Session, event: Event) -> Interest | Proposal | None:
    if event.subject_type == "interest":
        return session.scalars(
            select(Interest).where(Interest.id == event.subject_id).options(joinedload(Interest.listing))
        ).one_or_none()
    return session.scalars(
        select(Proposal).where(Proposal.id == event.subject_id).options(joinedload(Proposal.listing))
    ).one_or_none()


def _officers(session: Session, organisation_id: int | None, why: str) -> list[Concerned]:
    if organisation_id is None:
        return []
    return [Concerned(account_id, why) for account_id in holders_of(session, organisation_id, Role.OFFICER)]


def _but_actor(event: Event, concerned: Iterable[Concerned]) -> Iterator[Concerned]:
    """Nobody is told of what they did themselves."""
    return (person for person in concerned if person.account_id != event.actor_id)


def _receipt(interest: Interest) -> Facts:
    return (
        (N_("Reference"), interest.reference),
        (N_("Listing"), interest.listing.title),
        (N_("Sent"), interest.sent_at),
        (N_("Answer promised by"), interest.reply_due_at),
        (N_("Declared to hold nothing confidential"), interest.declared_at),
    )


_INTEREST, _PROPOSAL = N_("Open the expression of interest"), N_("Open the proposal")
_NOTHING = N_("You need do nothing now.")

_OVER = (InterestState.REDIRECTED, InterestState.DECLINED, InterestState.WITHDRAWN)
_STANDING_INTEREST = tuple(state for state in InterestState if state not in _OVER)

NOTICES = (
    Notice(
        ListingFilled,
        those_who_answer,
        N_("“%(title)s” is full"),
        N_(
            "All its places are filled. You need do nothing: if one becomes free, whoever answers for it still has what you sent."
        ),
        N_("Open the listing"),
    ),
    Notice(
        ListingChanged,
        those_who_answer,
        N_("“%(title)s” was changed"),
        N_("Read what changed before you go on: its page shows old and new beside each other. Otherwise you need do nothing."),
        N_("Open the listing"),
    ),
    Notice(
        InterestSent,
        owner_once_sent,
        N_("Somebody is interested in “%(title)s”"),
        N_("It is your turn: answer by the date that was promised. Invite, ask, pass on, or decline with a reason."),
        _INTEREST,
    ),
    Notice(
        InterestReceived,
        author,
        N_("We have your interest in “%(title)s”"),
        N_("This is your receipt. You need do nothing now; if the date passes in silence, both sides are told."),
        _INTEREST,
        facts=_receipt,
    ),
    Notice(
        InterestAsked,
        author,
        N_("A question about your interest in “%(title)s”"),
        N_("It is your turn: answer it, so that they can decide."),
        _INTEREST,
    ),
    Notice(
        InterestReplied,
        owner_once_sent,
        N_("Your question about the interest in “%(title)s” is answered"),
        N_("It is your turn: read the answer and decide."),
        _INTEREST,
    ),
    Notice(
        InterestAnswered,
        author,
        N_("Your interest in “%(title)s”: %(outcome)s"),
        N_("If you are invited, start the proposal; if you were passed on, see where to. Otherwise you need do nothing now."),
        _INTEREST,
    ),
    Notice(InterestWithdrawn, owner_once_sent, N_("An interest in “%(title)s” was withdrawn"), _NOTHING, _INTEREST, mail=False),
    Notice(
        InterestLapsed,
        author_and_owner,
        N_("The interest in “%(title)s” was not answered in time"),
        N_("The listing's owner can still invite or decline. Until then it counts as unanswered, not as refused."),
        _INTEREST,
    ),
    Notice(
        ProposalSubmitted,
        owner_once_sent,
        N_("“%(title)s” was submitted, version %(number)s"),
        N_("It is your turn: decide by the date that was promised. Accept, ask for changes, or decline with a reason."),
        _PROPOSAL,
    ),
    Notice(ProposalTakenUp, author, N_("“%(title)s” is being reviewed"), _NOTHING, _PROPOSAL, mail=False),
    Notice(
        ProposalScreened,
        author_and_office,
        N_("“%(title)s” was screened: %(outcome)s"),
        N_("Read why. What is not complete can be completed and submitted again; nothing was said of its merit."),
        _PROPOSAL,
    ),
    Notice(
        ProposalDecided,
        author_and_office,
        N_("“%(title)s”: %(outcome)s"),
        N_("Read the decision. Where changes are asked for or conditions set, it is the author's turn; the page says the rest."),
        _PROPOSAL,
    ),
    Notice(
        ProposalObjected,
        owner_once_sent,
        N_("The author of “%(title)s” objects to its conditions"),
        N_("It is your turn: read why, and decide again by the date that was promised."),
        _PROPOSAL,
    ),
    Notice(ProposalConditionsMet, owner_once_sent, N_("All conditions of “%(title)s” are confirmed"), _NOTHING, _PROPOSAL),
    Notice(
        ProposalLapsed,
        author_and_owner,
        N_("The time of “%(title)s” on the reserve list is over"),
        N_("You need do nothing. Nothing was decided about its merit; a new proposal can begin with its text."),
        _PROPOSAL,
    ),
    Notice(
        ApprovalAsked,
        approvers,
        N_("%(title)s waits for your approval"),
        N_("It is your turn: approve this version, or send it back with a reason. Silence never counts as approval."),
        _PROPOSAL,
    ),
    Notice(
        ApprovalReopened,
        author_and_owner,
        N_("“%(title)s”: one side has to approve again"),
        N_("You need do nothing. Version %(number)s changed what it had approved; the page says which parts."),
        _PROPOSAL,
        mail=False,
    ),
    Notice(ProposalApproved, author_and_owner, N_("“%(title)s”: one side has approved"), _NOTHING, _PROPOSAL, mail=False),
    Notice(
        ProposalReturned,
        author_and_owner,
        N_("“%(title)s” was sent back in approval"),
        N_("It is the author's turn: read the officer's reason, change the proposal and submit it again."),
        _PROPOSAL,
    ),
    Notice(
        ProposalAccepted,
        everybody,
        N_("“%(title)s” is accepted by both sides"),
        N_("The collaboration is open. Its leads check the plan and start the work."),
        _PROPOSAL,
    ),
    Notice(ProposalWithdrawn, host_side, N_("“%(title)s” was withdrawn"), _NOTHING, _PROPOSAL),
    Notice(
        ProposalExpired,
        author,
        N_("“%(title)s” expired: its listing closed before it was submitted"),
        N_("You need do nothing. The text stays yours, and a new proposal can begin with it."),
        _PROPOSAL,
    ),
)

# For the partnership office of those who write: what its staff answers. A topic of its own, so that it can be turned off alone.
LIAISON = (
    Notice(InterestBegun, author_office, N_("An interest in “%(title)s” is being written"), _NOTHING, _INTEREST, mail=False),
    Notice(InterestSent, author_office, N_("%(actor)s sent an interest in “%(title)s”"), _NOTHING, _INTEREST),
    Notice(ProposalBegun, author_office, N_("“%(title)s” is being written"), _NOTHING, _PROPOSAL, mail=False),
    Notice(ProposalSubmitted, author_office, N_("%(actor)s submitted “%(title)s”, version %(number)s"), _NOTHING, _PROPOSAL),
)
