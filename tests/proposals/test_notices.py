"""Who is told: those a fact concerns, for a reason they can check, and nobody who may not read the thing."""

import pytest
from sqlalchemy import select

from portal import wiring
from portal.accounts.models import User
from portal.approvals.models import Approval
from portal.approvals.workflow import APPROVAL_FLOW, Consent
from portal.kernel.events import Event
from portal.kernel.inputs import Reason
from portal.kernel.policy import Role
from portal.kernel.subjects import load_subject
from portal.organisations.models import Membership, Organisation
from portal.organisations.workflow import MEMBERSHIP_FLOW
from portal.proposals.actions import begin_interest, begin_proposal, save_content
from portal.proposals.inputs import Acceptance, Answer, InterestText
from portal.proposals.notices import LIAISON, NOTICES
from portal.proposals.states import InterestState
from portal.proposals.workflow import INTEREST_FLOW, PROPOSAL_FLOW
from tests.build import a_listing, a_member, actor_of, an_interest, an_organisation, content

TOLD = (*NOTICES, *LIAISON)
KINDS = {notice.fact.kind for notice in TOLD}


@pytest.fixture
def cast(session):
    """Names by account id, and the people: an officer on each side, and colleagues who are nobody's business."""
    listing = a_listing(session)
    host, partner = session.get_one(Organisation, listing.organisation_id), an_organisation(session)
    people = {
        "owner": session.get_one(User, listing.owner_id),
        "author": a_member(session, partner),
        "host officer": a_member(session, host, Role.OFFICER),
        "partner officer": a_member(session, partner, Role.OFFICER),
        "host member": a_member(session, host, Role.ADMINISTRATOR),
        "colleague": a_member(session, partner, Role.ADMINISTRATOR),
    }
    return listing, people


def told(session, people, event):
    """Who is told of one event, by name; each of them may read its subject at this moment."""
    names = {account.id: name for name, account in people.items()}
    found = []
    for concerned in [one for notice in TOLD if notice.fact.kind == event.kind for one in notice.concerned(session, event)]:
        assert concerned.why.startswith("because")
        assert load_subject(
            session, event.subject_type, event.subject_id, actor=actor_of(session, people[names[concerned.account_id]])
        )
        assert concerned.account_id != event.actor_id or event.kind == "approval.asked"
        found.append(names[concerned.account_id])
    return sorted(found)


def news(session, people, since=0):
    """What was told of each fact of ours, oldest first."""
    events = session.scalars(select(Event).where(Event.id > since).order_by(Event.id)).all()
    return [(event.kind, told(session, people, event)) for event in events if event.kind in KINDS]


def test_every_notice_is_delivered_by_the_portal():
    assert {*NOTICES, *LIAISON} <= set(wiring.NOTICES)


def test_an_interest_concerns_the_owner_and_its_author(session, cast):
    listing, people = cast
    actor = actor_of(session, people["author"])
    interest = begin_interest(session, listing, InterestText("Half"), actor=actor)
    INTEREST_FLOW.perform(session, interest, "send", actor=actor)
    INTEREST_FLOW.perform(session, interest, "invite", actor=actor_of(session, people["owner"]), given=Answer("Do."))

    assert news(session, people) == [
        ("interest.begun", ["partner officer"]),
        ("interest.sent", ["owner", "partner officer"]),
        ("interest.received", ["author"]),
        ("interest.answered", ["author"]),
    ]


def test_silence_is_told_to_both(session, cast):
    listing, people = cast
    an_interest(session, listing, people["author"], state=InterestState.LAPSED)

    assert news(session, people)[-1] == ("interest.lapsed", ["author", "owner"])


def test_what_never_left_the_desk_is_nobodys_news(session, cast):
    listing, people = cast
    actor = actor_of(session, people["author"])
    interest = begin_interest(session, listing, InterestText("Half"), actor=actor)
    INTEREST_FLOW.perform(session, interest, "withdraw", actor=actor)
    proposal = begin_proposal(session, listing, actor=actor)
    PROPOSAL_FLOW.perform(session, proposal, "withdraw", actor=actor)

    assert news(session, people) == [
        ("interest.begun", ["partner officer"]),
        ("interest.withdrawn", []),
        ("proposal.begun", ["partner officer"]),
        ("proposal.withdrawn", []),
    ]


def test_a_proposal_is_told_to_whose_turn_it_is(session, cast):
    listing, people = cast
    actors = {name: actor_of(session, account) for name, account in people.items()}
    proposal = begin_proposal(session, listing, actor=actors["author"])
    save_content(session, proposal, content(), actor=actors["author"], version=proposal.version)
    PROPOSAL_FLOW.perform(session, proposal, "submit", actor=actors["author"])
    PROPOSAL_FLOW.perform(session, proposal, "take_up", actor=actors["owner"])
    PROPOSAL_FLOW.perform(session, proposal, "accept", actor=actors["owner"], given=Acceptance())
    host, partner = session.scalars(select(Approval).order_by(Approval.id)).all()
    APPROVAL_FLOW.perform(session, host, "approve", actor=actors["host officer"], given=Consent())
    APPROVAL_FLOW.perform(session, partner, "approve", actor=actors["partner officer"], given=Consent())

    everybody = ["author", "host officer", "owner", "partner officer"]
    assert [(kind, who) for kind, who in news(session, people) if kind != "proposal.approved"] == [
        ("proposal.begun", ["partner officer"]),
        ("proposal.submitted", ["owner", "partner officer"]),
        ("proposal.taken_up", ["author"]),
        ("proposal.decided", ["author", "partner officer"]),
        ("approval.asked", ["host officer"]),
        ("approval.asked", ["partner officer"]),
        ("proposal.accepted", everybody),
    ]
    assert [who for kind, who in news(session, people) if kind == "proposal.approved"] == [["author", "owner"]] * 2


def test_an_officers_no_is_told_to_author_and_owner(session, cast):
    listing, people = cast
    actors = {name: actor_of(session, account) for name, account in people.items()}
    proposal = begin_proposal(session, listing, actor=actors["author"])
    save_content(session, proposal, content(), actor=actors["author"], version=proposal.version)
    PROPOSAL_FLOW.perform(session, proposal, "submit", actor=actors["author"])
    PROPOSAL_FLOW.perform(session, proposal, "take_up", actor=actors["owner"])
    PROPOSAL_FLOW.perform(session, proposal, "accept", actor=actors["owner"], given=Acceptance())
    host = session.scalars(select(Approval).order_by(Approval.id)).first()
    APPROVAL_FLOW.perform(session, host, "return", actor=actors["host officer"], given=Reason("No."))
    PROPOSAL_FLOW.perform(session, proposal, "withdraw", actor=actors["author"])

    assert news(session, people)[-2:] == [
        ("proposal.returned", ["author", "owner"]),
        ("proposal.withdrawn", ["host officer", "owner"]),
    ]


def test_officers_who_left_or_are_barred_are_not_asked(session, cast):
    listing, people = cast
    actors = {name: actor_of(session, account) for name, account in people.items()}
    second = a_member(session, session.get_one(Organisation, listing.organisation_id), Role.OFFICER)
    owner = session.scalars(select(Membership).where(Membership.account_id == people["owner"].id)).one()
    owner.roles = [*owner.roles, "officer"]
    proposal = begin_proposal(session, listing, actor=actors["author"])
    save_content(session, proposal, content(), actor=actors["author"], version=proposal.version)
    PROPOSAL_FLOW.perform(session, proposal, "submit", actor=actors["author"])
    PROPOSAL_FLOW.perform(session, proposal, "take_up", actor=actor_of(session, people["owner"]))
    PROPOSAL_FLOW.perform(session, proposal, "accept", actor=actor_of(session, people["owner"]), given=Acceptance())
    left = session.scalars(select(Membership).where(Membership.account_id == people["host officer"].id)).one()
    MEMBERSHIP_FLOW.perform(session, left, "leave", actor=actors["host officer"])

    asked = [event for event in session.scalars(select(Event).order_by(Event.id)) if event.kind == "approval.asked"]
    assert told(session, people | {"second officer": second}, asked[0]) == ["second officer"]
