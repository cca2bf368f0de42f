"""Reads over proposals and their versions."""

from sqlalchemy import ColumnElement, String, bindparam, cast, func, inspect, literal, select
from sqlalchemy.orm import Session, joinedload, load_only, undefer, undefer_group

from portal.accounts.models import User
from portal.accounts.ties import Tie
from portal.approvals.models import Approval
from portal.kernel.db import AnySelect
from portal.kernel.ids import reference
from portal.kernel.paging import Slice, cut, newest_first
from portal.kernel.policy import Actor, Role
from portal.kernel.prepared import Question
from portal.kernel.text import N_
from portal.listings.models import Listing
from portal.listings.policies import READ as READ_LISTING
from portal.listings.queries import OUTLINE
from portal.listings.states import Kind
from portal.organisations.models import Membership
from portal.organisations.queries import NAMED
from portal.organisations.states import MembershipState
from portal.proposals.inputs import Content
from portal.proposals.models import HeldDecision, PassedOn, Proposal, ProposalVersion
from portal.proposals.models.answers import DECISION
from portal.proposals.policies import AUTHOR, AUTHOR_OFFICER, HOST_OFFICER, LISTING_OWNER, SENT, TEAM, WRITABLE, sees_draft
from portal.proposals.states import STANDING, ProposalState, View
from portal.questionnaires.inputs import Questions
from portal.questionnaires.queries import questions_of

# What a proposal's page and rules need, in one statement; slots are few, and only one version comes with its text.
FULL = (
    undefer_group(DECISION),
    joinedload(Proposal.held).joinedload(HeldDecision.by).load_only(User.name),
    joinedload(Proposal.passed_on).joinedload(PassedOn.listing).load_only(*OUTLINE),
    joinedload(Proposal.listing).options(joinedload(Listing.owner).load_only(User.name), load_only(*OUTLINE)),
    joinedload(Proposal.author).load_only(User.name),
    joinedload(Proposal.host).load_only(*NAMED),
    joinedload(Proposal.organisation).load_only(*NAMED),
    joinedload(Proposal.current),
    joinedload(Proposal.questionnaire),
    undefer(Proposal.asked_of),
    undefer(Proposal.kept_by),
    joinedload(Proposal.approvals).joinedload(Approval.decided_by).load_only(User.name),
)
# What the rules of its steps need.
CORE = (
    joinedload(Proposal.listing, innerjoin=True).load_only(
        *(Listing.owner_id, Listing.organisation_id, Listing.co_owners, Listing.closes_at, Listing._state),
        *(Listing.kind, Listing.intake),
    ),
    undefer(Proposal.asked_of),
)
BRIEF = (
    joinedload(Proposal.listing).load_only(*OUTLINE),
    joinedload(Proposal.author).load_only(User.name),
    joinedload(Proposal.host).load_only(*NAMED),
    joinedload(Proposal.organisation).load_only(*NAMED),
)
BY_ID = select(Proposal).where(Proposal.id == bindparam("id"))
_REUSABLE = 30  # of one's own proposals: their text can be taken over
_VIEWS = {
    View.MINE: TEAM,
    View.RECEIVED: SENT & LISTING_OWNER,
    View.ORGANISATION: AUTHOR_OFFICER | (SENT & HOST_OFFICER),
}


def content_of(actor: Actor, proposal: Proposal) -> Content:
    """The text `actor` sees: authors what they write while they write, everybody else what was submitted last.

    `proposal` was loaded with `FULL`.
    """
    if proposal.current is None or shows_draft(actor, proposal):
        return proposal.written
    return Content.from_json(proposal.current.content)


def shows_draft(actor: Actor, proposal: Proposal) -> bool:
    """Whether `actor` is shown what is being written now."""
    return proposal.state in WRITABLE and sees_draft(actor, proposal)


def version_of(session: Session, proposal: Proposal, *numbers: int) -> list[ProposalVersion]:
    """The versions with these numbers, in rising order; those that do not exist are left out."""
    query = select(ProposalVersion).where(
        ProposalVersion.proposal_id == proposal.id, ProposalVersion.number.in_([n for n in numbers if 0 < n < 10**6])
    )
    return list(session.scalars(query.order_by(ProposalVersion.number)))


def last_submitted(session: Session, proposal: Proposal) -> Content | None:
    """What the version submitted last says."""
    stored = session.scalar(
        select(ProposalVersion.content).where(
            ProposalVersion.proposal_id == proposal.id, ProposalVersion.number == proposal.number
        )
    )
    return None if stored is None else Content.from_json(stored)


def own_questions(session: Session, proposal: Proposal) -> Questions:
    """The own questions of the proposal's listing; asks the database only where they were not loaded with the proposal."""
    if "questionnaire" in inspect(proposal).unloaded:
        return questions_of(session, proposal.listing_id)
    return proposal.questionnaire.questions if proposal.questionnaire else Questions()


def compute_offer(session: Session, actor: Actor, number: int | None) -> Listing | None:
    """The compute offer with this number, if `actor` may read it."""
    if number is None:
        return None
    query = select(Listing).where(Listing.id == number, Listing.kind == Kind.COMPUTE, READ_LISTING.where(actor))
    return session.scalars(query.options(load_only(Listing.kind, Listing.title))).one_or_none()


def own_proposal(session: Session, listing_id: int, account_id: int | None, *, standing: bool = True) -> Proposal | None:
    """This person's proposal for a listing: the one that stands, else (`standing` off) the last that came to nothing."""
    states = STANDING if standing else tuple(state for state in ProposalState if state not in STANDING)
    query = select(Proposal).where(
        Proposal.listing_id == listing_id, Proposal.author_id == account_id, Proposal._state.in_(states)
    )
    return session.scalars(query.options(*BRIEF).order_by(Proposal.id.desc()).limit(1)).one_or_none()


def own_titles(session: Session, actor: Actor) -> dict[int, str]:
    """What this person called the proposals they began last, by number."""
    written = select(Proposal.id, Proposal.title).where(AUTHOR.where(actor)).order_by(Proposal.id.desc()).limit(_REUSABLE)
    return {row.id: f"{reference('PR', row.id)} {row.title}" for row in session.execute(written)}


_OFFICERS = Question(
    select(Membership.organisation_id, Membership.account_id).where(
        Membership.organisation_id.in_((bindparam("host"), bindparam("partner"))),
        Membership._state == MembershipState.ACTIVE,
        cast(Membership.roles, String).like(f'%"{Role.OFFICER}"%'),
        Membership.account_id.not_in((bindparam("author"), bindparam("owner"))),
    )
)


def officers_missing(session: Session, proposal: Proposal, *, accepting: int | None) -> bool:
    """Whether the two sides lack officers to approve: one each, not the same person, neither its author nor `accepting` it."""
    pools: dict[int, set[int]] = {proposal.host_id: set(), proposal.organisation_id: set()}
    sides = {"host": proposal.host_id, "partner": proposal.organisation_id}
    for officer in _OFFICERS.rows(session, **sides, author=proposal.author_id, owner=accepting):
        pools[officer.organisation_id].add(officer.account_id)
    host, partner = pools[proposal.host_id], pools[proposal.organisation_id]
    return not host or not partner or len(host | partner) < 2


def proposals_for(
    session: Session,
    actor: Actor,
    view: View,
    *,
    state: ProposalState | None = None,
    listing_id: int | None = None,
    after: str | None = None,
) -> Slice[Proposal]:
    """One page of the proposals this person sees in `view`, newest first."""
    wanted: list[ColumnElement[bool]] = [_VIEWS[view].where(actor)]
    if state is not None:
        wanted.append(Proposal._state == state)
    if listing_id is not None:
        wanted.append(Proposal.listing_id == listing_id)
    query = newest_first(select(Proposal).where(*wanted).options(*BRIEF), Proposal.id, after)
    return cut(session.scalars(query).all(), "id")


def figures(session: Session) -> dict[ProposalState, int]:
    """How many proposals stand where; for the portal's public figures."""
    counted = select(Proposal._state.label("state"), func.count().label("n")).group_by(Proposal._state)
    return {row.state: row.n for row in session.execute(counted)}


def undecided_of(account_id: int) -> AnySelect:
    """The proposals of this person that are neither drafts nor decided."""
    pending = [state for state in STANDING if state not in (ProposalState.DRAFT, ProposalState.ACCEPTED)]
    query = select(Proposal.id, Proposal.title.label("title"), literal("").label("detail"))
    return query.where(Proposal.author_id == account_id, Proposal._state.in_(pending))


UNDECIDED = Tie(
    "proposal",
    N_("It is not decided yet: withdraw it, or wait for the decision."),
    lambda number, _detail: f"/proposals/{reference('PR', number)}",
    undecided_of,
)
