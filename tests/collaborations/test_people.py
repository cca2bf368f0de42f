"""Who takes part beside the leads: members of each side, guests up to a last day, and a lead who follows another."""

import datetime as dt

import pytest
from sqlalchemy import select

from portal import wiring
from portal.collaborations.actions import (
    agree_to_change,
    draft_change,
    end_parts_due,
    invite_guest,
    move_last_day,
    name_member,
    propose_successor,
)
from portal.collaborations.inputs import Assessment, ChangeWish, LastDay, NewGuest, NewMember, Succession
from portal.collaborations.models import Collaboration, Participant
from portal.collaborations.policies import SEES
from portal.collaborations.queries import LED, SOURCES, collaborations_of
from portal.collaborations.states import ChangeKind, ChangeState, CollaborationState, HandOverState, PartState, Stand
from portal.collaborations.workflow import CHANGE_FLOW, COLLABORATION_FLOW, HAND_OVER_FLOW, PARTICIPANT_FLOW
from portal.kernel import clock
from portal.kernel.errors import Forbidden, Invalid, Refused
from portal.kernel.inputs import Reason
from portal.kernel.policy import Role
from portal.kernel.scopes import Scope
from portal.kernel.subjects import subject_named
from portal.kernel.subscribers import drain
from portal.notifications.models import Notification
from portal.organisations.models import Organisation
from portal.organisations.queries import membership_of
from portal.organisations.workflow import MEMBERSHIP_FLOW
from portal.threads.actions import post_message
from tests.build import a_collaboration, a_member, a_person, actor_of, an_organisation, facts, join, walk
from tests.collaborations.make import a_change
from tests.collaborations.make_people import a_guest, a_hand_over, invited


@pytest.fixture
def running(db):
    collaboration = a_collaboration(db)
    walk(db, COLLABORATION_FLOW, collaboration, CollaborationState.ACTIVE, by=actor_of(db, collaboration.host_lead))
    return collaboration


def colleague(db, collaboration, *roles, of="host_id"):
    return a_member(db, db.get_one(Organisation, getattr(collaboration, of)), *roles)


def sees(db, collaboration, person):
    listed = db.scalars(collaborations_of(actor_of(db, person), None)).all()
    held = SEES.holds(actor_of(db, person), collaboration)
    assert held is (collaboration in listed)
    return held


def waits(db, key, person):
    source = next(source for source in SOURCES if source.key == key)
    return [row.id for row in db.execute(source.select(actor_of(db, person)))]


def test_a_member_sees_the_work_as_long_as_they_belong_to_their_side(db, running):
    member, lead = colleague(db, running), actor_of(db, running.host_lead)
    assert not sees(db, running, member)
    name_member(db, running, NewMember("Runs the pilot", email=member.email), actor=lead)
    assert sees(db, running, member)
    assert member.id in subject_named("collaboration").people(running)

    membership = membership_of(db, member.id, running.host_id)
    MEMBERSHIP_FLOW.perform(db, membership, "leave", actor=actor_of(db, member))
    assert not sees(db, running, member)
    assert [part.state for part in db.query(Participant)] == [PartState.ENDED]


def test_each_side_names_its_own_and_nobody_twice(db, running):
    theirs, lead = colleague(db, running, of="organisation_id"), actor_of(db, running.host_lead)
    with pytest.raises(Invalid, match="Nobody of your organisation"):
        name_member(db, running, NewMember("Spy", email=theirs.email), actor=lead)
    with pytest.raises(Forbidden):
        name_member(db, running, NewMember("Spy", name="Me"), actor=actor_of(db, theirs))
    officer = actor_of(db, colleague(db, running, Role.OFFICER, of="organisation_id"))
    entry = NewMember("Measures", email=theirs.email)
    assert name_member(db, running, entry, actor=officer).side_id == running.organisation_id
    with pytest.raises(Invalid, match="take part already"):
        name_member(db, running, entry, actor=officer)
    with pytest.raises(Invalid):
        NewMember("Nobody")


def test_a_guest_takes_part_up_to_the_last_day_and_ends_by_the_clock(db, running):
    person = a_member(db, an_organisation(db))
    guest = a_guest(db, running, person, days=3)
    assert sees(db, running, person)
    with clock.at(clock.now() + dt.timedelta(days=3)):
        assert sees(db, running, person)
        assert end_parts_due(db) == 0
    with clock.at(clock.now() + dt.timedelta(days=4)):
        assert not sees(db, running, person)  # before the clock's own step, too
        assert [end_parts_due(db), end_parts_due(db)] == [1, 0]
    assert (guest.state, facts(db, guest)[-1]) == (PartState.ENDED, "participant.moved")
    assert db.get_one(Collaboration, running.id).team == {}


def test_a_lead_lets_a_guest_stay_longer_and_ends_their_part(db, running):
    person = a_person(db)
    guest = a_guest(db, running, person)
    later = LastDay(clock.today() + dt.timedelta(days=90))
    with pytest.raises(Forbidden):
        move_last_day(db, guest, later, actor=actor_of(db, person))
    move_last_day(db, guest, later, actor=actor_of(db, running.partner_lead))
    with clock.at(clock.now() + dt.timedelta(days=89)):
        assert sees(db, running, person)
    with pytest.raises(Invalid, match="still to come"):
        LastDay(clock.today() - dt.timedelta(days=1))
    PARTICIPANT_FLOW.perform(db, guest, "end", actor=actor_of(db, running.partner_lead))
    assert not sees(db, running, person)


def test_nobody_of_the_two_sides_is_a_guest_and_a_guest_who_joins_one_is_none_any_more(db, running):
    member = colleague(db, running)
    wish = NewGuest(member.email, "Reads along", "Curious.", clock.today())
    guest = invite_guest(db, running, wish, actor=actor_of(db, running.partner_lead))
    with pytest.raises(Refused, match="one of the two sides"):
        PARTICIPANT_FLOW.perform(db, guest, "accept", actor=actor_of(db, member))
    person = a_person(db)
    a_guest(db, running, person)
    join(db, person, db.get_one(Organisation, running.host_id), Role.MEMBER)
    assert not sees(db, running, person)


def test_an_invitation_waits_for_its_address_alone_and_lapses(db, running):
    person, other = a_person(db), a_person(db)
    guest = invited(db, running, person.email)
    assert [waits(db, "participant.invited", each) for each in (person, other)] == [[guest.id], []]
    with pytest.raises(Forbidden):
        PARTICIPANT_FLOW.perform(db, guest, "accept", actor=actor_of(db, other))
    with clock.at(clock.now() + dt.timedelta(days=15)):
        assert waits(db, "participant.invited", person) == []
        with pytest.raises(Refused, match="expired"):
            PARTICIPANT_FLOW.perform(db, guest, "accept", actor=actor_of(db, person))
        assert end_parts_due(db) == 1
    assert guest.state is PartState.EXPIRED


def test_the_lead_passes_to_a_colleague_with_everything_that_waits(db, running):
    before, successor = running.host_lead, colleague(db, running)
    change = a_hand_over(db, running, successor)
    asked = a_change(db, running, ChangeState.SUBMITTED)
    assert (running.host_lead_id, waits(db, "hand_over.answer", successor)) == (before.id, [change.id])
    assert sees(db, running, before)

    HAND_OVER_FLOW.perform(db, change, "accept", actor=actor_of(db, successor))

    assert (running.host_lead_id, running.host_lead.name, change.from_id) == (successor.id, successor.name, before.id)
    assert [sees(db, running, person) for person in (before, successor)] == [False, True]
    assert [row.id for row in db.execute(LED.select(successor.id))] == [running.id]
    assert db.execute(LED.select(before.id)).all() == []
    assert asked.asked_by_id == before.id  # and their yes stays theirs
    assert Stand.HOST_LEAD not in asked.missing


def test_nobody_takes_the_lead_by_themselves(db, running):
    successor, officer = colleague(db, running), colleague(db, running, Role.OFFICER)
    wish = Succession(successor.email, "They are ill.")
    with pytest.raises(Forbidden):
        propose_successor(db, running, Succession(successor.email, "Mine."), actor=actor_of(db, successor))
    with pytest.raises(Refused, match="Only the lead"):
        propose_successor(db, running, wish, actor=actor_of(db, officer))
    membership = membership_of(db, running.host_lead_id, running.host_id)
    MEMBERSHIP_FLOW.perform(db, membership, "leave", actor=actor_of(db, running.host_lead))
    change = propose_successor(db, running, wish, actor=actor_of(db, officer))
    for actor in (officer, running.partner_lead):
        with pytest.raises(Forbidden):
            HAND_OVER_FLOW.perform(db, change, "accept", actor=actor_of(db, actor))
    HAND_OVER_FLOW.perform(db, change, "accept", actor=actor_of(db, successor))
    assert running.host_lead_id == successor.id


def test_whoever_stood_for_one_side_never_leads_the_other(db, running):
    lead = actor_of(db, running.host_lead)
    both = a_member(db, db.get_one(Organisation, running.organisation_id))
    for email in (both.email, running.partner_lead.email):
        with pytest.raises(Invalid):
            propose_successor(db, running, Succession(email, "Theirs."), actor=lead)
    join(db, both, db.get_one(Organisation, running.host_id), Role.MEMBER)
    with pytest.raises(Invalid, match="the other side"):
        propose_successor(db, running, Succession(both.email, "Both."), actor=lead)


def test_one_successor_is_asked_at_a_time_and_may_decline(db, running):
    first, second = colleague(db, running), colleague(db, running)
    change = a_hand_over(db, running, first)
    with pytest.raises(Refused, match="asked already"):
        a_hand_over(db, running, second)
    HAND_OVER_FLOW.perform(db, change, "decline", actor=actor_of(db, first), given=Reason("I leave, too."))
    assert (change.state, a_hand_over(db, running, second).state) == (HandOverState.DECLINED, HandOverState.PROPOSED)


def test_a_key_person_is_agreed_by_both_leads(db, running):
    host, partner = actor_of(db, running.host_lead), actor_of(db, running.partner_lead)
    member = name_member(db, running, NewMember("Builds the rig", name="Kim Lund"), actor=host)
    with pytest.raises(Invalid):
        draft_change(db, running, ChangeWish(ChangeKind.PEOPLE, "Who?", person=member.id + 9), actor=host)
    change = draft_change(db, running, ChangeWish(ChangeKind.PEOPLE, "Nobody else can.", person=member.id), actor=host)
    CHANGE_FLOW.perform(db, change, "submit", actor=host)
    CHANGE_FLOW.perform(db, change, "assess", actor=partner, given=Assessment("As we thought."))
    assert not member.is_key
    agree_to_change(db, change, Stand.PARTNER_LEAD, actor=partner)
    assert member.is_key


def test_pages_show_each_as_much_as_they_may_see(db, running, client_of, count_statements):
    guest, member, stranger = a_person(db), colleague(db, running), a_person(db)
    lead = actor_of(db, running.host_lead)
    name_member(db, running, NewMember("Runs the pilot", email=member.email), actor=lead)
    a_guest(db, running, guest)
    post_message(db, "collaboration", running.id, "Said to all", actor=lead)
    post_message(db, "collaboration", running.id, "Kept among us", actor=lead, scope=Scope(running.host_id))
    href, money = running.href, "Asked from the host"
    everybody = (running.host_lead, member, guest, stranger)
    db.commit()
    people = [client_of(person) for person in everybody]
    pages = [client.get(href) for client in people]
    assert [page.status_code for page in pages] == [200, 200, 200, 404]
    assert [money in page.text for page in pages[:3]] == [True, False, False]
    assert ["Kept among us" in page.text for page in pages[:3]] == [True, True, False]
    assert all("Said to all" in page.text for page in pages[:3])
    for place, codes in (("people", [200, 200, 404]), ("history", [200, 200, 404]), ("changes", [200, 404, 404])):
        assert [client.get(f"{href}/{place}").status_code for client in people[:3]] == codes
    assert people[2].submit(f"/threads/collaboration/{running.id}", {"text": "Hello", "scope": "all"}).status_code == 303
    assert (
        people[2].submit(f"/threads/collaboration/{running.id}", {"text": "Hm", "scope": f"side{running.host_id}"}).status_code
        == 422
    )
    with count_statements() as one:
        people[0].get(f"{href}/people")
    for name in ("A", "B"):
        assert people[0].submit(f"{href}/people/new", {"name": name, "role": "Helps", "email": ""}).status_code == 303
    with count_statements() as three:
        people[0].get(f"{href}/people")
    assert len(one) == len(three) <= 6


def test_a_guest_and_a_successor_come_by_the_pages(db, running, client_of):
    guest, successor = a_person(db), colleague(db, running)
    href, lead, email = running.href, running.host_lead, guest.email
    db.commit()
    host = client_of(lead)
    wish = {"email": email, "role": "Runs the tunnel", "reason": "Only <b>they</b>", "last_on": ""}
    refused = host.submit(f"{href}/guests/new", wish)
    assert (refused.status_code, "Only &lt;b&gt;they" in refused.text) == (422, True)
    day = (clock.today() + dt.timedelta(days=9)).isoformat()
    assert host.submit(f"{href}/guests/new", wish | {"last_on": day}).status_code == 303
    assert host.submit(f"{href}/guests/new", wish | {"last_on": day}).status_code == 422
    visitor, at = client_of(guest), "/participants/1"
    assert [visitor.get(place).status_code for place in (at, href, f"{at}/last-day")] == [200, 404, 403]
    assert visitor.submit(f"{at}/last-day", {"last_on": day}).status_code == 403
    assert visitor.submit(f"{at}/steps/accept").status_code == 303
    assert visitor.get(href).status_code == 200
    assert visitor.submit(f"{at}/steps/leave").headers["Location"] == "/work"
    assert [visitor.get(at).status_code, visitor.get(href).status_code] == [404, 404]

    assert host.submit(f"{href}/hand-over", {"email": "nobody@example.org", "text": "Go"}).status_code == 422
    assert host.submit(f"{href}/hand-over", {"email": successor.email, "text": "Go"}).status_code == 303
    takes, at = client_of(successor), "/hand-overs/1"
    assert [takes.get(at).status_code, visitor.get(at).status_code] == [200, 404]
    assert takes.submit(f"{at}/steps/accept").status_code == 303
    assert [takes.get(href).status_code, host.get(href).status_code] == [200, 404]


def test_both_sides_and_those_it_is_about_are_told(app, db, running):
    guest, successor = a_person(db), colleague(db, running)
    leads = [running.host_lead_id, running.partner_lead_id]
    part, change = invited(db, running, guest.email), a_hand_over(db, running, successor)
    PARTICIPANT_FLOW.perform(db, part, "accept", actor=actor_of(db, guest))
    HAND_OVER_FLOW.perform(db, change, "accept", actor=actor_of(db, successor))
    db.commit()
    drain(app.extensions["database"], wiring.SUBSCRIBERS)

    def told(kind):
        rows = select(Notification.account_id).where(Notification.kind == kind).order_by(Notification.account_id)
        return set(db.scalars(rows))

    answering = {successor.id, leads[1]}  # who leads when the log is read
    assert told("participant.invited") == {guest.id} | answering
    assert told("participant.moved") == answering
    assert told("hand_over.proposed") == {successor.id}
    assert leads[1] in told("hand_over.moved")
    assert leads[0] not in told("hand_over.moved")  # they read nothing of it any more
