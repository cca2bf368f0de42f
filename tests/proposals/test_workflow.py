"""How an interest is answered and a proposal decided: guards, versions, slots."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from portal.approvals.models import Approval
from portal.approvals.states import ApprovalState
from portal.approvals.workflow import APPROVAL_FLOW, Consent
from portal.kernel.errors import Forbidden, Refused
from portal.kernel.inputs import Reason
from portal.kernel.policy import SYSTEM_ACTOR, Role
from portal.listings.states import ListingState
from portal.listings.workflow import LISTING_FLOW
from portal.organisations.models import Membership, Organisation
from portal.organisations.workflow import MEMBERSHIP_FLOW
from portal.proposals.actions import save_content
from portal.proposals.inputs import Acceptance, Content, Decline, fingerprint
from portal.proposals.models import ProposalVersion
from portal.proposals.states import DeclineCode, InterestState, ProposalState
from portal.proposals.workflow import INTEREST_FLOW, PROPOSAL_FLOW
from tests.build import a_listing, a_member, a_person, a_proposal, actor_of, an_interest, an_organisation, content, facts, join

S = ProposalState


def author_of(session, proposal):
    return actor_of(session, proposal.author)


def owner_of(session, proposal):
    return actor_of(session, proposal.listing.owner)


def slots_of(session, proposal):
    return session.scalars(select(Approval).where(Approval.subject_id == proposal.id).order_by(Approval.id)).all()


def versions_of(session, proposal):
    query = select(ProposalVersion).where(ProposalVersion.proposal_id == proposal.id).order_by(ProposalVersion.number)
    return session.scalars(query).all()


@pytest.mark.parametrize(
    ("missing", "why"),
    [({"summary": ""}, "summary"), ({"packages": [], "deliverables": []}, "work package"), ({"lines": []}, "budget")],
)
def test_submit_is_refused_with_what_is_missing(session, missing, why):
    proposal = a_proposal(session, **missing)
    before = facts(session)

    with pytest.raises(Refused, match=why):
        PROPOSAL_FLOW.perform(session, proposal, "submit", actor=author_of(session, proposal))

    assert (proposal.state, proposal.number, facts(session)) == (S.DRAFT, 0, before)


def test_submit_needs_an_open_listing_the_first_time_only(session):
    draft, revised = a_proposal(session), a_proposal(session, state=S.REVISION_REQUESTED)
    for proposal in (draft, revised):
        LISTING_FLOW.perform(session, proposal.listing, "close", actor=owner_of(session, proposal))

    with pytest.raises(Refused, match="closed"):
        PROPOSAL_FLOW.perform(session, draft, "submit", actor=author_of(session, draft))
    author = author_of(session, revised)
    save_content(session, revised, content(summary="As asked."), actor=author, version=revised.version)
    PROPOSAL_FLOW.perform(session, revised, "submit", actor=author)

    assert revised.listing.state is ListingState.CLOSED
    assert (revised.state, revised.number) == (S.SUBMITTED, 2)


def test_submit_is_refused_to_somebody_who_left_the_organisation(session):
    proposal = a_proposal(session)
    membership = session.scalars(select(Membership).where(Membership.account_id == proposal.author_id)).one()
    MEMBERSHIP_FLOW.perform(session, membership, "leave", actor=author_of(session, proposal))

    with pytest.raises(Refused, match="no longer belong"):
        PROPOSAL_FLOW.perform(session, proposal, "submit", actor=author_of(session, proposal))


def test_a_revision_must_change_something(session):
    proposal = a_proposal(session, state=S.REVISION_REQUESTED)

    with pytest.raises(Refused, match="still the version they have"):
        PROPOSAL_FLOW.perform(session, proposal, "submit", actor=author_of(session, proposal))


def test_versions_stay_as_they_were_submitted(session):
    proposal = a_proposal(session, state=S.REVISION_REQUESTED)
    author = author_of(session, proposal)
    first = versions_of(session, proposal)[0]
    kept, hashed = dict(first.content), first.sha256

    save_content(session, proposal, content(summary="Second."), actor=author, version=proposal.version)
    PROPOSAL_FLOW.perform(session, proposal, "submit", actor=author)
    session.expire_all()

    one, two = versions_of(session, proposal)
    assert (one.content, one.sha256) == (kept, hashed)
    assert [version.number for version in (one, two)] == [1, 2]
    for version in (one, two):
        assert fingerprint(version.content) == version.sha256
    assert Content.from_json(two.content).summary == "Second."


def test_a_decision_keeps_its_reason_and_nobody_decides_their_own(session):
    proposal = a_proposal(session, state=S.IN_REVIEW)
    refusal = Decline(DeclineCode.BUDGET, "Too dear.")
    with pytest.raises(Forbidden):
        PROPOSAL_FLOW.perform(session, proposal, "decline", actor=author_of(session, proposal), given=refusal)

    PROPOSAL_FLOW.perform(session, proposal, "decline", actor=owner_of(session, proposal), given=refusal)

    assert (proposal.decision_note, proposal.decline_code) == ("Too dear.", DeclineCode.BUDGET)
    assert proposal.decided_at is not None


def test_an_owner_who_is_the_author_cannot_accept(session):
    proposal = a_proposal(session, state=S.IN_REVIEW)
    proposal.listing.owner_id = proposal.author_id

    with pytest.raises(Refused, match="your own proposal"):
        PROPOSAL_FLOW.perform(session, proposal, "accept", actor=author_of(session, proposal), given=Acceptance())


@pytest.mark.parametrize("side", ["host", "partner"])
def test_accept_waits_until_each_side_has_an_officer(session, side):
    listing = a_listing(session)
    university = an_organisation(session)
    a_member(session, university if side == "host" else listing.organisation, Role.OFFICER)
    proposal = a_proposal(session, listing, a_member(session, university), state=S.IN_REVIEW)

    with pytest.raises(Refused, match="partnership officer"):
        PROPOSAL_FLOW.perform(session, proposal, "accept", actor=owner_of(session, proposal), given=Acceptance())


def test_the_author_and_the_owner_do_not_count_as_officers(session):
    listing = a_listing(session)
    university = an_organisation(session)
    author = a_member(session, university, Role.OFFICER)
    a_member(session, listing.organisation, Role.OFFICER)
    proposal = a_proposal(session, listing, author, state=S.IN_REVIEW)

    with pytest.raises(Refused, match="partnership officer"):
        PROPOSAL_FLOW.perform(session, proposal, "accept", actor=owner_of(session, proposal), given=Acceptance())


def test_one_officer_of_both_sides_is_not_enough(session):
    listing = a_listing(session)
    university = an_organisation(session)
    both = a_member(session, university, Role.OFFICER)
    join(session, both, listing.organisation, Role.OFFICER)
    proposal = a_proposal(session, listing, a_member(session, university), state=S.IN_REVIEW)
    with pytest.raises(Refused, match="partnership officer"):
        PROPOSAL_FLOW.perform(session, proposal, "accept", actor=owner_of(session, proposal), given=Acceptance())

    a_member(session, university, Role.OFFICER)
    PROPOSAL_FLOW.perform(session, proposal, "accept", actor=owner_of(session, proposal), given=Acceptance())

    first, second = slots_of(session, proposal)
    APPROVAL_FLOW.perform(session, first, "approve", actor=actor_of(session, both), given=Consent())
    with pytest.raises(Refused, match="already decided for the other side"):
        APPROVAL_FLOW.perform(session, second, "approve", actor=actor_of(session, both), given=Consent())
    with pytest.raises(Refused, match="already decided for the other side"):
        APPROVAL_FLOW.perform(session, second, "return", actor=actor_of(session, both), given=Reason("No."))
    assert proposal.state is S.IN_APPROVAL


@pytest.mark.parametrize("barred", ["author", "owner"])
def test_nobody_approves_what_they_wrote_or_accepted(session, barred):
    proposal = a_proposal(session, state=S.IN_APPROVAL)
    person = proposal.author if barred == "author" else proposal.listing.owner
    organisations = {proposal.host_id: proposal.host, proposal.organisation_id: proposal.organisation}
    for slot in slots_of(session, proposal):
        if slot.organisation_id not in actor_of(session, person).organisations:
            join(session, person, organisations[slot.organisation_id], Role.OFFICER)
        membership = session.scalars(
            select(Membership).where(Membership.account_id == person.id, Membership.organisation_id == slot.organisation_id)
        ).one()
        membership.roles = ["member", "officer"]
        session.flush()
        with pytest.raises(Forbidden):
            APPROVAL_FLOW.perform(session, slot, "approve", actor=actor_of(session, person), given=Consent())


def test_each_version_is_approved_anew(session):
    proposal = a_proposal(session, state=S.IN_APPROVAL)
    first = slots_of(session, proposal)
    officer = actor_of(session, a_member(session, proposal.host, Role.OFFICER))
    APPROVAL_FLOW.perform(session, first[0], "return", actor=officer, given=Reason("Dates."))
    author = author_of(session, proposal)
    save_content(session, proposal, replace(content(), summary="New dates."), actor=author, version=proposal.version)
    PROPOSAL_FLOW.perform(session, proposal, "submit", actor=author)
    PROPOSAL_FLOW.perform(session, proposal, "take_up", actor=owner_of(session, proposal))
    PROPOSAL_FLOW.perform(session, proposal, "accept", actor=owner_of(session, proposal), given=Acceptance())

    assert [(slot.number, slot.state) for slot in slots_of(session, proposal)] == [
        (1, ApprovalState.RETURNED),
        (1, ApprovalState.VOID),
        (2, ApprovalState.OPEN),
        (2, ApprovalState.OPEN),
    ]
    with pytest.raises(Refused):
        APPROVAL_FLOW.perform(session, first[1], "approve", actor=officer_of(session, first[1]), given=Consent())


def officer_of(session, slot):
    return actor_of(session, a_member(session, session.get_one(Organisation, slot.organisation_id), Role.OFFICER))


def test_withdrawing_voids_the_approvals(session):
    proposal = a_proposal(session, state=S.IN_APPROVAL)

    PROPOSAL_FLOW.perform(session, proposal, "withdraw", actor=author_of(session, proposal))

    assert {slot.state for slot in slots_of(session, proposal)} == {ApprovalState.VOID}


@pytest.mark.parametrize("action", ["complete", "return", "expire"])
def test_only_the_portal_completes_returns_and_expires(session, action):
    proposal = a_proposal(session, state=S.DRAFT if action == "expire" else S.IN_APPROVAL)

    for actor in (author_of(session, proposal), owner_of(session, proposal)):
        with pytest.raises(Forbidden):
            PROPOSAL_FLOW.perform(session, proposal, action, actor=actor)
    PROPOSAL_FLOW.perform(session, proposal, action, actor=SYSTEM_ACTOR)


def test_an_unsent_interest_can_be_given_up(session):
    interest = an_interest(session, a_listing(session), a_person(session), state=InterestState.DRAFT)

    INTEREST_FLOW.perform(session, interest, "withdraw", actor=actor_of(session, interest.author))

    assert (interest.state, interest.sent_at) == (InterestState.WITHDRAWN, None)
