import datetime as dt

import pytest

from portal.accounts.models import User
from portal.board.inputs import Sought
from portal.board.queries import choices_for, lanes_of, table_of, tickets_of
from portal.board.states import LANES, STATES, Stage, What
from portal.collaborations.states import CollaborationState
from portal.kernel import clock
from portal.kernel.paging import PAGE
from portal.kernel.policy import Role
from portal.proposals.states import STANDING, InterestState, ProposalState
from portal.proposals.workflow import PROPOSAL_FLOW
from tests.board.make import many_proposals
from tests.build import a_collaboration, a_listing, a_member, a_person, a_proposal, actor_of, an_interest, an_organisation


def days_ago(number):
    return clock.at(clock.now() - dt.timedelta(days=number))


@pytest.fixture
def office(session):
    """An organisation, one of its listings, and its officer."""
    listing = a_listing(session)
    officer = a_member(session, listing.organisation, Role.OFFICER)
    return listing, actor_of(session, officer)


def titles(session, actor, **filters):
    return {entry.reference for entry in table_of(session, actor, Sought(**filters), {}, None).rows}


def test_every_state_is_in_one_lane_or_over():
    placed = [(what, state) for what, states in LANES.values() for state in states]
    over = {
        What.INTEREST: (InterestState.DRAFT, InterestState.REDIRECTED, InterestState.DECLINED, InterestState.WITHDRAWN),
        What.PROPOSAL: (ProposalState.ACCEPTED, *(state for state in ProposalState if state not in STANDING)),
        What.COLLABORATION: (),
    }

    assert len(placed) == len(set(placed))
    for what, states in STATES.items():
        assert {state for kind, state in placed if kind is what} | set(over[what]) == set(states)


def test_each_thing_stands_in_the_lane_of_its_stage(database, session, office):
    listing, actor = office
    interest = an_interest(session, listing, a_person(session))
    written, reviewed = (
        a_proposal(session, listing, state=state) for state in (ProposalState.SUBMITTED, ProposalState.IN_REVIEW)
    )
    work = a_collaboration(session, listing)

    shown = tickets_of(session, actor, Sought(), {})

    assert {stage: [entry.id for entry in lane] for stage, lane in shown.items()} == {
        Stage.LISTING: [interest.id],
        Stage.PROPOSAL: [written.id],
        Stage.REVIEW: [reviewed.id],
        Stage.AGREEMENT: [work.id] if work.state is CollaborationState.PLANNED else [],
        Stage.COLLABORATION: [work.id] if work.state is CollaborationState.ACTIVE else [],
        Stage.OUTCOMES: [],
    }


def test_others_and_what_is_not_sent_yet_stay_off_the_board(session, office):
    listing, actor = office
    a_proposal(session, listing, state=ProposalState.DRAFT)
    an_interest(session, listing, a_person(session), state=InterestState.DRAFT)
    stranger = actor_of(session, a_member(session, an_organisation(session), Role.OFFICER))
    a_proposal(session, listing, state=ProposalState.SUBMITTED)

    assert len(titles(session, actor)) == 1
    assert titles(session, stranger) == set()


def test_days_are_counted_in_the_present_state_and_the_slow_lane_is_named(session, office):
    listing, actor = office
    with days_ago(40):
        old = a_proposal(session, listing, state=ProposalState.SUBMITTED)
    with days_ago(2):
        a_proposal(session, listing, state=ProposalState.IN_REVIEW)

    lanes = lanes_of(session, actor, Sought())

    assert lanes.bottleneck.stage is Stage.PROPOSAL
    assert (lanes.bottleneck.median_days, lanes.bottleneck.overdue) == (40, 1)
    assert tickets_of(session, actor, Sought(), lanes.usual)[Stage.PROPOSAL][0].days == 40
    assert titles(session, actor, overdue=True) == {old.reference}


def test_a_step_begins_the_days_anew(session, office):
    listing, actor = office
    with days_ago(40):
        proposal = a_proposal(session, listing, state=ProposalState.SUBMITTED)
    PROPOSAL_FLOW.perform(session, proposal, "take_up", actor=actor_of(session, session.get_one(User, listing.owner_id)))

    assert [entry.days for entry in tickets_of(session, actor, Sought(), {})[Stage.REVIEW]] == [0]


def test_whoever_has_to_answer_is_named(session, office):
    listing, actor = office
    interest = an_interest(session, listing, a_person(session), state=InterestState.ASKED)
    named = session.get_one(User, interest.author_id).name

    assert [entry.person for entry in tickets_of(session, actor, Sought(), {})[Stage.LISTING]] == [named]


def test_longer_than_usual_is_marked_and_late_is_marked_as_late(session, office):
    listing, actor = office
    for days in (4, 5, 6, 12, 40):
        with days_ago(days):
            a_proposal(session, listing, state=ProposalState.SUBMITTED)

    usual = lanes_of(session, actor, Sought()).usual

    assert [(e.days, e.tone) for e in table_of(session, actor, Sought(), usual, None).rows] == [
        (40, "bad"),
        (12, "turn"),
        (6, ""),
        (5, ""),
        (4, ""),
    ]


def test_filters_leave_what_fits_and_offer_what_is_there(session, office):
    listing, actor = office
    first, second = (a_proposal(session, listing, state=ProposalState.SUBMITTED) for _ in range(2))
    interest = an_interest(session, listing, a_person(session))
    elsewhere = second.organisation_id

    assert titles(session, actor, state="interest.sent") == {interest.reference}
    assert titles(session, actor, counterpart=elsewhere) == {second.reference}
    assert titles(session, actor, person=listing.owner_id) == {first.reference, second.reference, interest.reference}
    assert titles(session, actor, person=first.author_id) == set()
    choices = choices_for(session, actor)
    assert [number for number, _ in choices.person] == [str(listing.owner_id)]
    assert {number for number, _ in choices.counterpart} == {str(first.organisation_id), str(elsewhere)}


def test_pages_of_the_table_follow_one_another_without_gap(session):
    proposal = many_proposals(session, 2 * PAGE)
    actor = actor_of(session, a_member(session, proposal.host, Role.OFFICER))
    seen, after = [], None
    for _ in range(3):
        page = table_of(session, actor, Sought(), {}, after)
        seen += [entry.id for entry in page.rows]
        after = page.after

    assert after is None
    assert len(seen) == len(set(seen)) == 2 * PAGE + 1
