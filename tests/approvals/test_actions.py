"""Opening slots, setting them aside, filling several at once."""

import pytest
from sqlalchemy import select

from portal.approvals.actions import Slots, approve_each, open_slots, void_slots
from portal.approvals.models import Approval
from portal.approvals.queries import all_given
from portal.approvals.states import ApprovalState, Side
from portal.approvals.workflow import APPROVAL_FLOW, Consent
from portal.kernel.events import record
from portal.kernel.policy import SYSTEM_ACTOR, Role
from tests.build import a_member, a_person, actor_of, an_organisation, facts


@pytest.fixture
def sides(session):
    """A requester, a counterpart, an organisation on each side and one officer of each."""
    host, partner = an_organisation(session), an_organisation(session)
    people = (a_person(session), a_person(session))
    officers = tuple(actor_of(session, a_member(session, side, Role.OFFICER)) for side in (host, partner))
    return (host, partner), people, officers


def opened(session, sides, *, subject_id=873, number=1):
    (host, partner), (author, owner), _officers = sides
    about = Slots("thing", subject_id, number, {Side.HOST: host.id, Side.PARTNER: partner.id}, author.id, owner.id)
    host_slot, *others = open_slots(session, about)
    record(session, host_slot.fact, actor=SYSTEM_ACTOR, subject=session.get_one(Approval, host_slot.id), also=others)
    query = select(Approval).where(Approval.subject_id == subject_id, Approval.number == number).order_by(Approval.id)
    return session.scalars(query).all()


def test_a_slot_opens_for_each_side_with_a_date(session, sides):
    host, partner = opened(session, sides)

    assert (host.side, partner.side) == (Side.HOST, Side.PARTNER)
    assert host.due_at > host.asked_at
    assert facts(session, host) == ["approval.asked"]


def test_all_are_given_when_each_slot_of_the_version_is_approved(session, sides):
    _, _, (host_officer, partner_officer) = sides
    host, partner = opened(session, sides)
    assert not all_given(session, "thing", 873, 1)

    APPROVAL_FLOW.perform(session, host, "approve", actor=host_officer, given=Consent())
    assert not all_given(session, "thing", 873, 1)
    APPROVAL_FLOW.perform(session, partner, "approve", actor=partner_officer, given=Consent())

    assert all_given(session, "thing", 873, 1)
    assert not all_given(session, "thing", 873, 2)


def test_void_sets_aside_what_is_open_or_given(session, sides):
    _, _, (host_officer, _) = sides
    host, partner = opened(session, sides)
    other = opened(session, sides, subject_id=874)
    APPROVAL_FLOW.perform(session, host, "approve", actor=host_officer, given=Consent())

    void_slots(session, "thing", 873)

    assert {host.state, partner.state} == {ApprovalState.VOID}
    assert {slot.state for slot in other} == {ApprovalState.OPEN}


def test_several_are_approved_each_for_itself(session, sides):
    _, _, (host_officer, _) = sides
    first, foreign = opened(session, sides)
    stale, _ = opened(session, sides, subject_id=874)
    done, _ = opened(session, sides, subject_id=875)
    APPROVAL_FLOW.perform(session, done, "approve", actor=host_officer, given=Consent())
    picked = [
        (first.id, first.version),
        (foreign.id, foreign.version),
        (stale.id, stale.version + 1),
        (done.id, done.version),
        (9999, 1),
    ]

    outcomes = approve_each(session, picked, actor=host_officer)

    assert [outcome.why is None for outcome in outcomes] == [True, False, False, False, False]
    assert [slot.state for slot in (first, foreign, stale, done)] == [
        ApprovalState.APPROVED,
        ApprovalState.OPEN,
        ApprovalState.OPEN,
        ApprovalState.APPROVED,
    ]
    assert facts(session, first) == ["approval.asked", "approval.given"]
    assert outcomes[1].slot is None  # another side's slot is not there at all
