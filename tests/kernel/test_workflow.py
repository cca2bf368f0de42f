"""The engine, on the portal's own tables."""

import pytest

from portal.kernel.errors import Forbidden, Missing, Refused
from portal.kernel.policy import VISITOR
from portal.proposals.inputs import Answer
from portal.proposals.states import ProposalState
from portal.proposals.workflow import PROPOSAL_FLOW
from tests.build import a_proposal, actor_of, facts


def test_submit_without_a_budget_is_refused_with_the_reason(session):
    proposal = a_proposal(session, lines=())
    before = facts(session, proposal)

    with pytest.raises(Refused, match="Add a budget"):
        PROPOSAL_FLOW.perform(session, proposal, "submit", actor=actor_of(session, proposal.author))

    assert proposal.state is ProposalState.DRAFT
    assert facts(session, proposal) == before


def test_perform_by_a_stranger_is_forbidden(session):
    proposal = a_proposal(session)

    with pytest.raises(Forbidden):
        PROPOSAL_FLOW.perform(session, proposal, "submit", actor=VISITOR)

    assert proposal.state is ProposalState.DRAFT


def test_perform_of_an_unknown_action_finds_nothing(session):
    with pytest.raises(Missing):
        PROPOSAL_FLOW.perform(session, a_proposal(session), "explode", actor=VISITOR)


def test_state_has_no_setter(session):
    with pytest.raises(AttributeError):
        a_proposal(session).state = ProposalState.ACCEPTED


def test_decided_twice_is_refused_and_recorded_once(session):
    proposal = a_proposal(session, state=ProposalState.IN_APPROVAL)
    owner = actor_of(session, proposal.listing.owner)

    with pytest.raises(Refused, match="not possible any more"):
        PROPOSAL_FLOW.perform(session, proposal, "accept", actor=owner, given=Answer())

    assert facts(session, proposal).count("proposal.decided") == 1
