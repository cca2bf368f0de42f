"""What goes over with the lead, what is left of a part that ended, and what a member reads."""

import datetime as dt

import pytest

from portal.board.queries import dates_for
from portal.collaborations.actions import name_member
from portal.collaborations.inputs import HandIn, NewMember
from portal.collaborations.queries import SOURCES
from portal.collaborations.states import CollaborationState, MeetingState, RiskState
from portal.collaborations.workflow import COLLABORATION_FLOW, DELIVERABLE_FLOW, HAND_OVER_FLOW, PARTICIPANT_FLOW
from portal.kernel import clock
from portal.kernel.policy import Role
from portal.organisations.models import Organisation
from tests.build import a_collaboration, a_member, a_person, actor_of, walk
from tests.collaborations.make_meetings import a_meeting, an_action
from tests.collaborations.make_people import a_guest, a_hand_over, a_team_member
from tests.collaborations.make_risks import a_risk


@pytest.fixture
def running(db):
    collaboration = a_collaboration(db)
    walk(db, COLLABORATION_FLOW, collaboration, CollaborationState.ACTIVE, by=actor_of(db, collaboration.host_lead))
    return collaboration


def colleague(session, collaboration):
    return a_member(session, session.get_one(Organisation, collaboration.host_id))


def waits(session, key, person):
    source = next(source for source in SOURCES if source.key == key)
    return [row.id for row in session.execute(source.select(actor_of(session, person)))]


def test_what_the_lead_holds_by_name_goes_over_and_what_is_settled_stays(db, running):
    before, successor, other = running.host_lead, colleague(db, running), running.partner_lead
    host, partner = actor_of(db, before), actor_of(db, other)
    deliverable = running.deliverables[0]
    DELIVERABLE_FLOW.perform(db, deliverable, "hand_in", actor=partner, given=HandIn("Here."))
    DELIVERABLE_FLOW.perform(db, deliverable, "take_up", actor=host)
    mine, over, theirs = (
        a_risk(db, running, state, owner=owner.id)
        for state, owner in ((RiskState.OPEN, before), (RiskState.OCCURRED, before), (RiskState.OPEN, other))
    )
    action = an_action(db, a_meeting(db, running, MeetingState.HELD), owner=before)

    HAND_OVER_FLOW.perform(db, a_hand_over(db, running, successor), "accept", actor=actor_of(db, successor))

    db.expire_all()
    assert (deliverable.reviewer_id, mine.owner_id, action.owner_id) == (successor.id,) * 3
    assert (over.owner_id, theirs.owner_id) == (before.id, other.id)
    assert [waits(db, "meeting_action.settle", one) for one in (before, successor)] == [[], [action.id]]


def test_whoever_takes_no_part_any_more_reads_nothing_of_it_on_my_work(db, running):
    member, lead = colleague(db, running), actor_of(db, running.host_lead)
    part = name_member(db, running, NewMember("Data", email=member.email), actor=lead)
    db.expire(running, ["marks"])
    soon, later = (a_risk(db, running, owner=member.id, review_on=clock.today() + dt.timedelta(days=days)) for days in (3, 40))
    an_action(db, a_meeting(db, running, MeetingState.HELD), owner=member)
    keys = ("risk.review", "meeting_action.settle")
    dated = f"risk-{later.id}"
    assert [len(waits(db, key, member)) for key in keys] == [1, 1]
    assert dated in {one.key for one in dates_for(db, actor_of(db, member), ())}

    PARTICIPANT_FLOW.perform(db, part, "end", actor=lead)

    assert [waits(db, key, member) for key in keys] == [[], []]
    assert dated not in {one.key for one in dates_for(db, actor_of(db, member), ())}
    assert soon.owner_id == member.id


# The table of who reads what of common work: the plan and its documents all who take part, money the leads and the offices.
READ = {
    "": ("lead", "officer", "member", "guest"),
    "/plan": ("lead", "officer", "member", "guest"),
    "/documents": ("lead", "officer", "member", "guest"),
    "/meetings": ("lead", "officer", "member", "guest"),
    "/people": ("lead", "officer", "member"),
    "/risks": ("lead", "officer", "member"),
    "/history": ("lead", "officer", "member"),
    "/reports": ("lead", "officer"),
    "/money": ("lead", "officer"),
    "/changes": ("lead", "officer"),
    "/health": ("lead", "officer"),
    "/set-up": ("lead", "officer"),
}


def test_each_page_of_common_work_is_read_as_the_table_says(db, running, client_of):
    side = db.get_one(Organisation, running.organisation_id)
    people = {
        "lead": running.partner_lead,
        "officer": a_member(db, side, Role.OFFICER),
        "member": a_team_member(db, running),
        "guest": a_person(db),
        "colleague": a_member(db, side),
        "administrator": a_person(db, admin=True),
    }
    a_guest(db, running, people["guest"])
    at = running.href
    db.commit()
    clients = {name: client_of(person) for name, person in people.items()}

    found = {place: tuple(n for n, client in clients.items() if client.get(f"{at}{place}").status_code == 200) for place in READ}

    assert found == READ
