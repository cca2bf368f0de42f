"""Minutes with which the other side does not agree: it says why, and whoever wrote them answers with a new version."""

import html

import pytest

from portal import wiring
from portal.board.queries import awaited_by
from portal.collaborations.actions import call_meeting, write_minutes
from portal.collaborations.inputs import MinutesEntry
from portal.collaborations.queries import SOURCES, minutes_of
from portal.collaborations.states import MeetingState
from portal.collaborations.workflow import MEETING_FLOW
from portal.kernel.errors import Forbidden, Refused
from portal.kernel.inputs import Reason
from portal.kernel.subscribers import drain
from portal.notifications.models import Notification
from tests.build import a_person, actor_of
from tests.collaborations.make_meetings import a_meeting, an_action, entry
from tests.collaborations.make_people import a_guest, a_team_member

WRONG = Reason("The pump <b>never</b> ran.")


def waits(session, key, actor):
    source = next(source for source in SOURCES if source.key == key)
    return [row.id for row in session.execute(source.select(actor))]


def told(session, actor):
    return [(one.kind, one.holder) for one in awaited_by(session, actor) if one.kind.startswith("minutes")]


def test_the_other_lead_objects_and_a_new_version_answers(db, running):
    collaboration, host, partner = running
    meeting = a_meeting(db, collaboration, MeetingState.HELD)
    assert (told(db, host), told(db, partner)) == ([("minutes", partner.name)], [])
    with pytest.raises(Forbidden):
        MEETING_FLOW.perform(db, meeting, "object", actor=host, given=WRONG)

    MEETING_FLOW.perform(db, meeting, "object", actor=partner, given=WRONG)

    assert (waits(db, "meeting.answer", host), waits(db, "meeting.answer", partner)) == ([meeting.id], [])
    assert (waits(db, "meeting.confirm", host), waits(db, "meeting.confirm", partner)) == ([], [])
    assert (told(db, host), told(db, partner)) == ([], [("minutes_answer", host.name)])
    with pytest.raises(Refused, match="Write a new version"):
        MEETING_FLOW.perform(db, meeting, "answer", actor=host)
    an_action(db, meeting)  # what was agreed can still be noted
    write_minutes(db, meeting, MinutesEntry("We met; the pump was off."), actor=host)
    assert (meeting.state, waits(db, "meeting.answer", host)) == (MeetingState.HELD, [])
    assert waits(db, "meeting.confirm", partner) == [meeting.id]
    new, old = minutes_of(db, meeting)
    assert (old.objection, old.objected_by_id, new.objection, new.objected_at) == (WRONG.text, partner.id, "", None)
    MEETING_FLOW.perform(db, meeting, "confirm", actor=partner)
    with pytest.raises(Refused):
        MEETING_FLOW.perform(db, meeting, "object", actor=partner, given=WRONG)


def test_who_objected_may_confirm_after_all_or_write_what_was_so(db, running):
    collaboration, host, partner = running
    meeting, other = (a_meeting(db, collaboration, MeetingState.OBJECTED) for _ in range(2))

    MEETING_FLOW.perform(db, meeting, "confirm", actor=partner)
    write_minutes(db, other, MinutesEntry("It never ran."), actor=partner)

    assert (meeting.state, minutes_of(db, meeting)[0].objection != "") == (MeetingState.CONFIRMED, True)
    assert (other.state, waits(db, "meeting.confirm", host), waits(db, "meeting.confirm", partner)) == (
        MeetingState.HELD,
        [other.id],
        [],
    )
    MEETING_FLOW.perform(db, other, "object", actor=host, given=Reason("It did."))  # and back again
    assert waits(db, "meeting.answer", partner) == [other.id]


def test_a_member_who_wrote_them_is_asked_as_well_as_the_lead_of_their_side(db, running):
    collaboration, host, partner = running
    member = a_team_member(db, collaboration)
    author = actor_of(db, member)
    meeting = call_meeting(db, collaboration, entry(days=-1, invited=[member.id]), actor=author)
    write_minutes(db, meeting, MinutesEntry("We met."), actor=author)
    with pytest.raises(Forbidden):
        MEETING_FLOW.perform(db, meeting, "object", actor=partner, given=WRONG)
    MEETING_FLOW.perform(db, meeting, "object", actor=host, given=WRONG)

    assert [waits(db, "meeting.answer", one) for one in (author, partner, host)] == [[meeting.id], [meeting.id], []]


def test_an_objection_is_told_to_those_who_answer_it_and_read_by_those_inside(app, db, running, client_of):
    collaboration, host, partner = running
    guest, stranger = a_person(db), a_person(db)
    a_guest(db, collaboration, guest)
    db.expire(collaboration, ["marks"])
    meeting = a_meeting(db, collaboration, MeetingState.HELD, invited=[host.id, partner.id, guest.id])
    at, title, history_at = meeting.href, meeting.title, f"{collaboration.href}/history"
    people = (collaboration.host_lead, collaboration.partner_lead, guest, stranger)
    db.commit()
    drain(app.extensions["database"], wiring.SUBSCRIBERS)
    leader, other, visiting, outside = (client_of(person) for person in people)

    assert "Object to the minutes" not in leader.get(at).text
    assert other.submit(f"{at}/steps/object", {"text": " "}).status_code == 422
    assert other.submit(f"{at}/steps/object", {"text": WRONG.text}).status_code == 303
    assert [one.submit(f"{at}/steps/object", {"text": "x"}).status_code for one in (leader, visiting, outside)] == [403, 403, 404]
    drain(app.extensions["database"], wiring.SUBSCRIBERS)
    db.expire_all()
    assert [one.account_id for one in db.query(Notification).filter_by(kind="meeting.moved")] == [host.id]
    db.commit()
    page = leader.get(at).text
    assert "The pump &lt;b&gt;never&lt;/b&gt; ran." in page and "objected" in page
    assert "Answer the objection to the minutes of" in leader.get("/work").text
    assert "Answer the objection</button>" not in page
    assert leader.submit(f"{at}/steps/answer").status_code == 409
    assert leader.submit(f"{at}/minutes", {"minutes": "We met; it was off."}).status_code == 303
    assert "The pump &lt;b&gt;never" in leader.get(at).text  # below the earlier version
    history = html.unescape(leader.get(history_at).text)
    assert f"{partner.name} set the meeting “{title}” to: Minutes objected to" in history
    assert f"{host.name} wrote version 2 of the minutes of “{title}”" in history


def test_the_page_of_minutes_that_are_objected_to_asks_the_database_no_more(db, running, client_of, count_statements):
    collaboration, *_ = running
    meeting = a_meeting(db, collaboration, MeetingState.OBJECTED)
    db.commit()
    client = client_of(collaboration.host_lead)
    with count_statements() as asked:
        client.get(meeting.href)
    assert len(asked) <= 6
