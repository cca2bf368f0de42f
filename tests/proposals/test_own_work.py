"""Nobody approves what they wrote, whatever office they come to afterwards."""

import pytest
from sqlalchemy import select

from portal.accounts.models import User
from portal.approvals.actions import approve_each
from portal.approvals.models import Approval
from portal.approvals.states import ApprovalState, Side
from portal.approvals.workflow import APPROVAL_FLOW, Consent
from portal.kernel.errors import Refused
from portal.kernel.inputs import Reason
from portal.kernel.policy import Role
from portal.organisations.models import Membership, Organisation
from portal.proposals.actions import change_right, save_content
from portal.proposals.inputs import RightGiven
from portal.proposals.queries import approvals_waiting, proposal_numbered
from portal.proposals.states import ProposalState, Right
from portal.proposals.workflow import PROPOSAL_FLOW
from tests import build
from tests.proposals.make import a_co_author


@pytest.fixture
def written(session):
    """A draft that a colleague of its author wrote on, and one who only read it; both become officers of their organisation."""
    draft = build.a_proposal(session)
    house = session.get_one(Organisation, draft.organisation_id)
    editor, reader = (build.a_member(session, house) for _ in range(2))
    found = a_co_author(session, draft, editor)
    a_co_author(session, draft, reader, Right.VIEW)
    proposal = proposal_numbered(session, draft.id)
    text = build.content(summary="Written by a colleague.")
    save_content(session, proposal, text, actor=build.actor_of(session, editor), version=proposal.version)
    author = build.actor_of(session, session.get_one(User, draft.author_id))
    change_right(session, found, RightGiven("view"), actor=author)  # afterwards they only read along
    for account in (editor, reader):
        seat = session.scalars(select(Membership).where(Membership.account_id == account.id)).one()
        seat.roles = ["member", str(Role.OFFICER.value)]
    session.flush()
    return proposal, author, editor, reader


def in_approval(session, proposal, author):
    owner = build.actor_of(session, session.get_one(User, proposal.listing.owner_id))
    PROPOSAL_FLOW.perform(session, proposal, "submit", actor=author)
    for action in ("take_up", "accept"):
        given = build.GIVEN["Acceptance"] if action == "accept" else None
        PROPOSAL_FLOW.perform(session, proposal, action, actor=owner, given=given)
    slots = session.scalars(select(Approval).where(Approval.subject_id == proposal.id, Approval.side == Side.PARTNER))
    return slots.one()


def test_an_editor_who_becomes_an_officer_decides_nothing_they_wrote(database, session, written):
    proposal, author, editor, reader = written
    slot = in_approval(session, proposal, author)
    assert proposal.state is ProposalState.IN_APPROVAL
    mine, other = (build.actor_of(session, account) for account in (editor, reader))

    for action, given in (("approve", Consent()), ("return", Reason("I know a better text."))):
        with pytest.raises(Refused, match="You wrote on this yourself"):
            APPROVAL_FLOW.perform(session, slot, action, actor=mine, given=given)
    [outcome] = approve_each(session, [(slot.id, slot.version)], actor=mine)
    assert ("wrote on this" in str(outcome.why), slot.state) == (True, ApprovalState.OPEN)
    blocked = [(one.action, one.allowed) for one in APPROVAL_FLOW.offered(mine, slot, session=session)]
    assert blocked == [("approve", False), ("return", False)]
    asked = [[one.slot.id for one in approvals_waiting(session, who, None).rows] for who in (mine, other)]
    assert asked == [[], [slot.id]]
    APPROVAL_FLOW.perform(session, slot, "approve", actor=other, given=Consent())
    assert slot.decided_by_id == reader.id
