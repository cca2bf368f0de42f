"""Co-owners share a listing with all that hangs on it; the responsible person is shown only once they agree."""

import pytest
from sqlalchemy import select

from portal.kernel.errors import Forbidden, Invalid, Refused
from portal.kernel.events import Event
from portal.kernel.policy import Role
from portal.listings.actions import answer_for, hand_over, name_co_owner, name_responsible, remove_co_owner
from portal.listings.inputs import Colleague, Heir, NamedResponsible
from portal.listings.models import Responsible
from portal.listings.policies import EDIT, READ
from portal.listings.queries import SOURCES
from portal.listings.states import ListingState
from portal.organisations.queries import membership_of
from portal.organisations.workflow import MEMBERSHIP_FLOW
from portal.proposals import policies as proposals
from portal.proposals.notices.answers import owner_once_sent
from portal.proposals.states import ProposalState
from portal.proposals.workflow import PROPOSAL_FLOW
from tests.build import GIVEN, a_listing, a_member, a_proposal, actor_of, an_interest, an_organisation, facts

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def host(session):
    return an_organisation(session)


@pytest.fixture
def owner(session, host):
    return a_member(session, host, Role.POSTER, name="Olga Owner")


@pytest.fixture
def colleague(session, host):
    return a_member(session, host, Role.POSTER, name="Cora Colleague")


def share(session, listing, owner, colleague):
    name_co_owner(session, listing, Colleague(colleague.email), actor=actor_of(session, owner))


def test_a_co_owner_edits_reads_answers_and_decides(session, host, owner, colleague):
    draft = a_listing(session, owner, host, state=ListingState.DRAFT)
    proposal = a_proposal(session, state=ProposalState.IN_REVIEW, listing=a_listing(session, owner, host))
    assert not READ.holds(actor_of(session, colleague), draft)

    for listing in (draft, proposal.listing):
        share(session, listing, owner, colleague)

    actor = actor_of(session, colleague)
    assert READ.holds(actor, draft)
    assert EDIT.holds(actor, draft)
    assert proposals.READ_TEXT.holds(actor, proposal)
    PROPOSAL_FLOW.perform(session, proposal, "decline", actor=actor, given=GIVEN["Decline"])
    assert proposal.state is ProposalState.DECLINED


def test_co_owners_are_told_the_same_as_the_owner(session, host, owner, colleague):
    proposal = a_proposal(session, state=ProposalState.IN_REVIEW, listing=a_listing(session, owner, host))
    share(session, proposal.listing, owner, colleague)
    sent = session.scalars(select(Event).where(Event.kind == "proposal.submitted")).one()

    assert {each.account_id for each in owner_once_sent(session, sent)} == {owner.id, colleague.id}


def test_only_posters_of_the_organisation_who_stand_on_no_other_side_become_co_owners(session, host, owner):
    listing = a_listing(session, owner, host)
    member, stranger = a_member(session, host), a_member(session, an_organisation(session), Role.POSTER)
    answering = a_member(session, host, Role.POSTER)
    an_interest(session, listing, answering)

    for person in (member, stranger, owner):
        with pytest.raises(Invalid):
            share(session, listing, owner, person)
    with pytest.raises(Refused, match="answered this listing"):
        share(session, listing, owner, answering)
    with pytest.raises(Forbidden):
        share(session, listing, member, answering)


def test_leaving_the_organisation_ends_it_and_coming_back_does_not_bring_it_back(session, host, owner, colleague):
    listing = a_listing(session, owner, host, state=ListingState.DRAFT)
    share(session, listing, owner, colleague)
    name_responsible(session, listing, NamedResponsible(address=colleague.email), actor=actor_of(session, owner))
    membership = membership_of(session, colleague.id, host.id)

    MEMBERSHIP_FLOW.perform(session, membership, "leave", actor=actor_of(session, colleague))

    assert listing.owner_ids == (owner.id,)
    assert session.get(Responsible, listing.id) is None
    assert facts(session, listing)[-2:] == ["listing.co_owner_removed", "listing.responsible_declined"]


def test_handing_over_leaves_the_listing_with_one_owner(session, host, owner, colleague):
    listing = a_listing(session, owner, host)
    with pytest.raises(Invalid):
        hand_over(session, listing, Heir(colleague.id), actor=actor_of(session, owner))
    share(session, listing, owner, colleague)
    with pytest.raises(Forbidden):
        hand_over(session, listing, Heir(colleague.id), actor=actor_of(session, colleague))

    hand_over(session, listing, Heir(colleague.id), actor=actor_of(session, owner))

    assert listing.owner_ids == (colleague.id, owner.id)
    with pytest.raises(Forbidden):
        remove_co_owner(session, listing, colleague.id, actor=actor_of(session, owner))
    remove_co_owner(session, listing, owner.id, actor=actor_of(session, owner))
    assert listing.owner_ids == (colleague.id,)


def test_whoever_accepts_a_proposal_as_co_owner_cannot_approve_it(session, host, owner, colleague):
    officer, partner = a_member(session, host, Role.OFFICER, Role.POSTER), an_organisation(session)
    proposal = a_proposal(session, a_listing(session, owner, host), a_member(session, partner), state=ProposalState.IN_REVIEW)
    a_member(session, partner, Role.OFFICER)
    share(session, proposal.listing, owner, officer)

    with pytest.raises(Refused, match="partnership officer"):
        PROPOSAL_FLOW.perform(session, proposal, "accept", actor=actor_of(session, officer), given=GIVEN["Acceptance"])
    a_member(session, host, Role.OFFICER)
    PROPOSAL_FLOW.perform(session, proposal, "accept", actor=actor_of(session, officer), given=GIVEN["Acceptance"])

    session.refresh(proposal, ["approvals"])
    assert {slot.counterpart_id for slot in proposal.approvals} == {officer.id}


def test_a_colleague_is_shown_as_responsible_once_they_agree(session, host, owner, colleague):
    listing = a_listing(session, owner, host, state=ListingState.DRAFT)
    name_responsible(session, listing, NamedResponsible(address=colleague.email), actor=actor_of(session, owner))
    named, mine = session.get(Responsible, listing.id), actor_of(session, colleague)
    waits = next(source for source in SOURCES if source.key == "listing.responsible").select

    assert named.agreed_at is None
    assert [row.id for row in session.execute(waits(mine))] == [listing.id]
    answer_for(session, listing.id, agrees=True, actor=mine)
    assert named.agreed_at is not None
    assert session.execute(waits(mine)).all() == []
