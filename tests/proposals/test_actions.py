"""Beginning, saving and sending; what follows from approvals and from time."""

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from portal.approvals.models import Approval
from portal.approvals.states import ApprovalState
from portal.approvals.workflow import APPROVAL_FLOW, Consent
from portal.kernel import clock
from portal.kernel.errors import Forbidden, Invalid, Refused, Stale
from portal.kernel.inputs import Reason
from portal.kernel.policy import Role
from portal.listings.states import Intake, Kind, ListingState
from portal.listings.workflow import LISTING_FLOW
from portal.proposals.actions import begin_interest, begin_proposal, lapse_due, save_content, send_interest
from portal.proposals.inputs import Content, InterestText
from portal.proposals.models import Interest, Proposal
from portal.proposals.states import InterestState, ProposalState
from portal.proposals.workflow import INTEREST_FLOW, PROPOSAL_FLOW
from tests.build import (
    a_listing,
    a_member,
    a_person,
    a_proposal,
    actor_of,
    an_interest,
    an_organisation,
    content,
    facts,
    join,
)

TEXT = InterestText("It fits our work.", "Two projects.", declared=True)


@pytest.fixture
def member(session):
    return actor_of(session, a_member(session, an_organisation(session)))


def test_interest_sent_twice_is_one_interest_with_the_first_text(session, member):
    listing = a_listing(session)

    first = send_interest(session, listing, TEXT, actor=member)
    again = send_interest(session, listing, InterestText("Other words.", declared=True), actor=member)

    assert again is first
    assert (first.state, first.motivation) == (InterestState.SENT, "It fits our work.")
    assert facts(session, first) == ["interest.begun", "interest.sent", "interest.received"]
    assert session.scalar(select(func.count()).select_from(Interest)) == 1


def test_interest_is_kept_as_a_draft_that_nobody_was_promised_an_answer_to(session, member):
    listing = a_listing(session)

    begin_interest(session, listing, InterestText("Half a thought"), actor=member)
    interest = begin_interest(session, listing, InterestText("A whole one"), actor=member)

    assert (interest.state, interest.motivation, interest.reply_due_at) == (InterestState.DRAFT, "A whole one", None)
    assert facts(session, interest) == ["interest.begun"]


@pytest.mark.parametrize(
    ("text", "field"), [(InterestText("", declared=True), "motivation"), (InterestText("Words"), "declared")]
)
def test_interest_is_sent_only_with_a_motivation_and_the_declaration(session, member, text, field):
    with pytest.raises(Invalid) as caught:
        send_interest(session, a_listing(session), text, actor=member)

    assert caught.value.field == field


def test_interest_needs_no_organisation(session):
    student = actor_of(session, a_person(session))

    assert send_interest(session, a_listing(session), TEXT, actor=student).organisation_id is None


def test_nobody_answers_a_closed_listing_or_their_own(session, member):
    closed = a_listing(session, state=ListingState.CLOSED)
    past = a_listing(session)
    past.closes_at = clock.now() - dt.timedelta(minutes=1)
    own = a_listing(session)
    owner = actor_of(session, own.owner)

    for listing, actor, why in ((closed, member, "closed"), (past, member, "closed"), (own, owner, "your own")):
        with pytest.raises(Refused, match=why):
            send_interest(session, listing, TEXT, actor=actor)
        with pytest.raises(Refused, match=why):
            begin_proposal(session, listing, actor=actor)


def test_a_withdrawn_interest_can_be_written_again(session, member):
    listing = a_listing(session)
    interest = send_interest(session, listing, TEXT, actor=member)
    INTEREST_FLOW.perform(session, interest, "withdraw", actor=member)

    again = send_interest(session, listing, InterestText("Better words.", declared=True), actor=member)

    assert again is interest
    assert (again.state, again.motivation) == (InterestState.SENT, "Better words.")


def test_proposal_begun_twice_is_one_proposal(session, member):
    listing = a_listing(session)

    first = begin_proposal(session, listing, actor=member)

    assert begin_proposal(session, listing, actor=member) is first
    assert facts(session, first) == ["proposal.begun"]
    assert session.scalar(select(func.count()).select_from(Proposal)) == 1


def test_proposal_takes_over_what_was_written_in_the_interest(session, member):
    listing = a_listing(session, intake=Intake.INTEREST)
    author = session.get_one(type(listing.owner), member.id)
    with pytest.raises(Refused, match="ask for an expression of interest first"):
        begin_proposal(session, listing, actor=member)
    interest = an_interest(session, listing, author, state=InterestState.INVITED)

    proposal = begin_proposal(session, listing, actor=member)

    assert proposal.interest_id == interest.id
    assert proposal.written.summary == interest.motivation
    assert proposal.currency == listing.currency


def test_a_long_motivation_is_carried_over_whole(session, member):
    listing = a_listing(session, intake=Intake.INTEREST)
    interest = an_interest(session, listing, session.get_one(type(listing.owner), member.id), state=InterestState.INVITED)
    interest.motivation = "x" * 4000

    text = Content.from_json(begin_proposal(session, listing, actor=member).draft)

    assert (text.summary, text.approach) == ("", interest.motivation)


def test_a_new_proposal_begins_with_the_text_of_the_one_that_came_to_nothing(session, member):
    listing = a_listing(session)
    first = begin_proposal(session, listing, actor=member)
    save_content(session, first, content(summary="Kept."), actor=member, version=first.version)
    PROPOSAL_FLOW.perform(session, first, "withdraw", actor=member)

    second = begin_proposal(session, listing, actor=member)

    assert second is not first
    assert second.written.summary == "Kept."


def test_a_proposal_is_made_by_an_organisation_one_belongs_to(session, member):
    listing = a_listing(session)
    alone = actor_of(session, a_person(session))
    with pytest.raises(Refused, match="made by an organisation"):
        begin_proposal(session, listing, actor=alone)
    two = a_member(session, an_organisation(session))
    second = an_organisation(session)
    join(session, two, second)
    actor = actor_of(session, two)

    for wrong in (None, listing.organisation_id, 999):
        with pytest.raises(Invalid, match="Choose the organisation"):
            begin_proposal(session, listing, actor=actor, organisation_id=wrong)
    assert begin_proposal(session, listing, actor=actor, organisation_id=second.id).organisation_id == second.id


def test_internships_are_answered_with_an_interest_only(session, member):
    with pytest.raises(Refused, match="expression of interest only"):
        begin_proposal(session, a_listing(session, kind=Kind.INTERNSHIP), actor=member)


def test_save_refuses_what_was_changed_in_between_and_takes_the_same_text_twice(session, member):
    proposal = begin_proposal(session, a_listing(session), actor=member)
    seen = proposal.version

    save_content(session, proposal, content(), actor=member, version=seen)
    save_content(session, proposal, content(), actor=member, version=seen)
    with pytest.raises(Stale):
        save_content(session, proposal, content(summary="Other"), actor=member, version=seen)

    assert facts(session, proposal) == ["proposal.begun", "proposal.edited"]
    assert proposal.written == content()


def test_save_is_the_authors_and_ends_with_submission(session):
    proposal = a_proposal(session, state=ProposalState.SUBMITTED)
    author = actor_of(session, proposal.author)
    colleague = actor_of(session, a_member(session, proposal.organisation, Role.OFFICER))

    with pytest.raises(Forbidden):
        save_content(session, proposal, content(), actor=colleague, version=proposal.version)
    with pytest.raises(Refused, match="cannot be changed now"):
        save_content(session, proposal, content(summary="Other"), actor=author, version=proposal.version)


def test_lists_show_the_submitted_title_and_sums_while_the_next_draft_is_written(session):
    proposal = a_proposal(session, state=ProposalState.REVISION_REQUESTED)
    author = actor_of(session, proposal.author)
    changed = replace(content(), title="Other title", lines=[replace(content().lines[0], amount_minor=1)])

    save_content(session, proposal, changed, actor=author, version=proposal.version)
    assert (proposal.title, proposal.asked_minor) == ("Edge-side early warning", 8_000_000)

    PROPOSAL_FLOW.perform(session, proposal, "submit", actor=author)
    assert (proposal.title, proposal.asked_minor) == ("Other title", 1)


def officers(session, proposal):
    slots = session.scalars(select(Approval).where(Approval.subject_id == proposal.id).order_by(Approval.id)).all()
    organisations = {proposal.host_id: proposal.host, proposal.organisation_id: proposal.organisation}
    return [(slot, actor_of(session, a_member(session, organisations[slot.organisation_id], Role.OFFICER))) for slot in slots]


def test_the_last_approval_accepts_the_proposal(session):
    proposal = a_proposal(session, state=ProposalState.IN_APPROVAL)
    (first, host), (second, partner) = officers(session, proposal)

    APPROVAL_FLOW.perform(session, first, "approve", actor=host, given=Consent())
    assert proposal.state is ProposalState.IN_APPROVAL
    APPROVAL_FLOW.perform(session, second, "approve", actor=partner, given=Consent("Well done."))

    assert proposal.state is ProposalState.ACCEPTED
    assert facts(session, proposal)[-3:] == ["proposal.approved", "proposal.approved", "proposal.accepted"]


def test_one_officers_no_sends_it_back_and_leaves_what_was_given(session):
    proposal = a_proposal(session, state=ProposalState.IN_APPROVAL)
    (first, host), (second, partner) = officers(session, proposal)

    APPROVAL_FLOW.perform(session, first, "approve", actor=host, given=Consent())
    APPROVAL_FLOW.perform(session, second, "return", actor=partner, given=Reason("Overheads."))

    assert proposal.state is ProposalState.REVISION_REQUESTED
    assert (first.state, second.state) == (ApprovalState.APPROVED, ApprovalState.RETURNED)


def test_silence_lapses_after_the_promised_day_and_is_no_answer(session):
    begun = clock.now()
    with clock.at(begun):
        interest = an_interest(session, a_listing(session), a_person(session))
        answered = an_interest(session, a_listing(session), a_person(session), state=InterestState.DECLINED)
    with clock.at(interest.reply_due_at):
        assert lapse_due(session) == 0
    with clock.at(interest.reply_due_at + dt.timedelta(days=1)):
        assert lapse_due(session) == 1
        assert lapse_due(session) == 0
    assert (interest.state, answered.state) == (InterestState.LAPSED, InterestState.DECLINED)
    owner = actor_of(session, interest.listing.owner)
    INTEREST_FLOW.perform(session, interest, "invite", actor=owner)
    assert interest.state is InterestState.INVITED


def test_drafts_expire_with_their_listing_and_what_was_submitted_does_not(session):
    listing, other = a_listing(session), a_listing(session)
    draft, sent = a_proposal(session, listing), a_proposal(session, other, state=ProposalState.SUBMITTED)
    assert lapse_due(session) == 0
    for one in (listing, other):
        LISTING_FLOW.perform(session, one, "close", actor=actor_of(session, one.owner))

    assert lapse_due(session) == 1
    assert (draft.state, sent.state) == (ProposalState.EXPIRED, ProposalState.SUBMITTED)
    assert facts(session, draft)[-1] == "proposal.expired"
