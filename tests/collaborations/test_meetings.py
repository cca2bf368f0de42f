"""Meetings: who is invited and told, minutes in versions that the other side confirms, and what was agreed to do."""

import datetime as dt

import pytest

from portal import wiring
from portal.board.actions import Reminding
from portal.board.queries import dates_for
from portal.collaborations.actions import call_meeting, change_meeting, note_action, write_minutes
from portal.collaborations.inputs import ActionEntry, MinutesEntry
from portal.collaborations.queries import SOURCES, minutes_of
from portal.collaborations.states import ActionState, MeetingState
from portal.collaborations.workflow import MEETING_ACTION_FLOW, MEETING_FLOW
from portal.kernel import clock
from portal.kernel.errors import Forbidden, Invalid, Refused
from portal.kernel.inputs import Reason
from portal.kernel.subscribers import drain
from portal.notifications.models import Notification
from tests.build import a_member, a_person, actor_of, an_organisation
from tests.collaborations.make_meetings import a_meeting, an_action, entry
from tests.collaborations.make_people import a_guest, a_team_member


def waits(db, key, actor):
    source = next(source for source in SOURCES if source.key == key)
    return [row.id for row in db.execute(source.select(actor))]


def told(db, account_id):
    return [(one.subject_type, one.kind) for one in db.query(Notification).filter_by(account_id=account_id).order_by("id")]


def test_leads_and_members_call_meetings_and_only_those_who_take_part_are_invited(db, running):
    collaboration, host, _partner = running
    member, guest = a_team_member(db, collaboration), a_person(db)
    a_guest(db, collaboration, guest)
    meeting = call_meeting(db, collaboration, entry(invited=[str(host.id)]), actor=actor_of(db, member))
    assert {one.account_id for one in meeting.invited} == {host.id, member.id}
    with pytest.raises(Forbidden):
        call_meeting(db, collaboration, entry(), actor=actor_of(db, guest))
    with pytest.raises(Invalid, match="take part"):
        call_meeting(db, collaboration, entry(invited=[a_person(db).id]), actor=host)
    with pytest.raises(Forbidden):
        change_meeting(db, meeting, entry(), actor=actor_of(db, a_team_member(db, collaboration)))
    with pytest.raises(Invalid, match="web address"):
        entry(place="javascript://alert")


def test_a_guest_knows_of_the_meetings_alone_to_which_they_are_invited(db, running, client_of):
    collaboration, *_ = running
    guest = a_person(db)
    a_guest(db, collaboration, guest)
    open_to, closed_to = a_meeting(db, collaboration, invited=[guest.id]), a_meeting(db, collaboration, title="Without them")
    a_meeting(db, collaboration, MeetingState.HELD, title="Long ago")
    db.commit()
    client = client_of(guest)
    page = client.get(f"{collaboration.href}/meetings")
    assert [title in page.text for title in ("Steering group", "Without them", "Long ago")] == [True, False, False]
    assert [client.get(one.href).status_code for one in (open_to, closed_to)] == [200, 404]
    assert [client.submit(f"{one.href}/minutes", {"minutes": "x"}).status_code for one in (open_to, closed_to)] == [403, 404]


def test_invited_people_are_told_when_it_is_called_changed_and_cancelled_and_reminded_the_day_before(app, db, running):
    collaboration, host, partner = running
    start = clock.now().replace(hour=9, minute=0, second=0, microsecond=0)
    with clock.at(start):
        meeting = a_meeting(db, collaboration)
        change_meeting(db, meeting, entry(days=5, invited=[partner.id]), actor=host)
        assert {one.account_id for one in meeting.invited} == {host.id, partner.id}
        assert waits(db, "meeting.attend", partner) == [meeting.id]
        db.commit()
        drain(app.extensions["database"], wiring.SUBSCRIBERS)
        mine = [fact for kind, fact in told(db, partner.id) if kind == "meeting"]
        assert mine == ["meeting.called", "meeting.changed"]
    remind = Reminding(wiring.SOURCES, wiring.LEADS, wiring.actor_for)
    for days, reminded in ((1, []), (4, ["reminder.near"])):
        with clock.at(start + dt.timedelta(days=days)):
            remind(db)
            db.commit()
            drain(app.extensions["database"], wiring.SUBSCRIBERS)
            assert [fact for kind, fact in told(db, partner.id) if kind == "meeting"][2:] == reminded
    MEETING_FLOW.perform(db, meeting, "cancel", actor=host, given=Reason("Everybody is ill."))
    db.commit()
    drain(app.extensions["database"], wiring.SUBSCRIBERS)
    assert told(db, partner.id)[-1] == ("meeting", "meeting.moved")
    assert waits(db, "meeting.attend", partner) == []


def test_a_meeting_stands_once_in_the_calendar_however_far_away_it_is(db, running):
    collaboration, _host, partner = running
    for days in (3, 40):
        meeting = a_meeting(db, collaboration, **{"days": days})
        tasks = [] if days > 14 else waits(db, "meeting.attend", partner)
        later = [one for one in dates_for(db, partner, ()) if one.href == meeting.href]
        assert (len(tasks), [one.when for one in later]) == ((1, []) if days == 3 else (0, [meeting.starts_at]))


def test_minutes_are_confirmed_by_the_lead_of_the_side_that_did_not_write_them(db, running):
    collaboration, host, partner = running
    planned = a_meeting(db, collaboration)
    with pytest.raises(Refused, match="still to come"):
        write_minutes(db, planned, MinutesEntry("We meet."), actor=host)
    meeting = a_meeting(db, collaboration, MeetingState.HELD)
    assert (waits(db, "meeting.confirm", host), waits(db, "meeting.confirm", partner)) == ([], [meeting.id])
    with pytest.raises(Forbidden):
        MEETING_FLOW.perform(db, meeting, "confirm", actor=host)
    write_minutes(db, meeting, MinutesEntry("We met, and the pump ran."), actor=partner)
    assert (waits(db, "meeting.confirm", host), waits(db, "meeting.confirm", partner)) == ([meeting.id], [])
    with pytest.raises(Forbidden):
        MEETING_FLOW.perform(db, meeting, "confirm", actor=partner)
    MEETING_FLOW.perform(db, meeting, "confirm", actor=host)
    assert [one.text for one in minutes_of(db, meeting)] == ["We met, and the pump ran.", "We met."]
    with pytest.raises(Refused, match="confirmed"):
        write_minutes(db, meeting, MinutesEntry("Not so."), actor=partner)


def test_whoever_called_it_is_asked_for_the_minutes_once_it_has_begun(db, running):
    collaboration, host, partner = running
    meeting = a_meeting(db, collaboration)
    assert waits(db, "meeting.write", host) == []
    with clock.at(meeting.starts_at):
        assert (waits(db, "meeting.write", host), waits(db, "meeting.write", partner)) == ([meeting.id], [])
        write_minutes(db, meeting, MinutesEntry("We met."), actor=host)
        assert waits(db, "meeting.write", host) == []


def test_what_was_agreed_waits_for_its_owner_until_it_is_done_or_dropped(db, running):
    collaboration, host, partner = running
    member, guest = a_team_member(db, collaboration), a_person(db)
    a_guest(db, collaboration, guest)
    meeting = a_meeting(db, collaboration, MeetingState.HELD)
    with pytest.raises(Invalid, match="lead or a member"):
        note_action(db, meeting, ActionEntry("Come along", guest.id, clock.today()), actor=host)
    action = an_action(db, meeting, owner=member)
    mine = actor_of(db, member)
    assert (waits(db, "meeting_action.settle", mine), waits(db, "meeting_action.settle", partner)) == ([action.id], [])
    with pytest.raises(Forbidden):
        MEETING_ACTION_FLOW.perform(db, action, "drop", actor=actor_of(db, guest), given=Reason("No."))
    MEETING_ACTION_FLOW.perform(db, action, "drop", actor=partner, given=Reason("The data came by themselves."))
    assert (action.state, action.note, waits(db, "meeting_action.settle", mine)) == (ActionState.DROPPED, action.note, [])
    MEETING_ACTION_FLOW.perform(db, action, "reopen", actor=mine)
    assert (action.state, action.note, action.settled_by_id) == (ActionState.OPEN, "", None)
    with pytest.raises(Refused, match="next meeting"):
        MEETING_FLOW.perform(db, meeting, "confirm", actor=partner)
        an_action(db, meeting)


def test_a_meeting_goes_its_way_on_the_pages(db, running, client_of, count_statements):
    collaboration, _, partner_actor = running
    href, day = collaboration.href, (clock.today() - dt.timedelta(days=1)).isoformat()
    people = (collaboration.host_lead, collaboration.partner_lead, a_member(db, an_organisation(db)))
    db.commit()
    host, partner, stranger = (client_of(person) for person in people)

    answer = host.submit(f"{href}/meetings/new", {"kind": "steering", "title": "Kept", "at": "late", "zone": "Mars"})
    assert (answer.status_code, "Kept" in answer.text, "Choose one of the time zones." in answer.text) == (422, True, True)
    form = {"kind": "steering", "title": "First <b>round</b>", "on": day, "at": "10:00", "zone": "Europe/Brussels"}
    form |= {
        "lasts_minutes": "90",
        "place": "https://example.org/call",
        "agenda": "- **Budget**",
        "invited": [str(partner_actor.id)],
    }
    assert host.submit(f"{href}/meetings/new", form).status_code == 303
    at = "/meetings/1"
    page = partner.get(at)
    assert ("First &lt;b&gt;round" in page.text, "<strong>Budget</strong>" in page.text, "10:00" in page.text) == (True,) * 3
    assert host.submit(f"{at}/minutes", {"minutes": "We **met**.", "decisions": "- Go on"}).status_code == 303
    agreed = {"title": "Send the data", "owner": str(partner_actor.id), "due_on": clock.today().isoformat()}
    assert host.submit(f"{at}/actions/new", agreed).status_code == 303
    assert "Do what was agreed:" in partner.get("/work").text
    assert partner.submit("/meeting-actions/1/steps/done", {"from": "work"}).headers["Location"].endswith("/work")
    assert partner.submit(f"{at}/steps/confirm").status_code == 303
    assert "Confirmed by" in host.get(at).text
    assert [stranger.get(path).status_code for path in (at, f"{href}/meetings", f"{at}/minutes")] == [404] * 3
    with count_statements() as one:
        host.get(f"{href}/meetings")
    for _ in range(2):
        host.submit(f"{href}/meetings/new", form)
    with count_statements() as three:
        host.get(f"{href}/meetings")
    with count_statements() as shown:
        host.get(at)
    assert len(one) == len(three) <= 6
    assert len(shown) <= 6
