"""The history of a collaboration tells everybody inside of what they may read, and nobody of more."""

import datetime as dt
import html

from portal.collaborations.actions import review_risk
from portal.collaborations.inputs import Assessed
from portal.collaborations.queries import parts_told
from portal.collaborations.states import ActionState, CollaborationState, MeetingState, ReportState, RiskState
from portal.collaborations.workflow import COLLABORATION_FLOW
from portal.kernel import clock
from tests.build import a_collaboration, a_person, actor_of, walk
from tests.collaborations.make import a_report
from tests.collaborations.make_meetings import a_meeting, an_action
from tests.collaborations.make_people import a_guest, a_team_member
from tests.collaborations.make_risks import a_risk


def told(client, collaboration):
    return html.unescape(client.get(f"{collaboration.href}/history").text)


def test_meetings_risks_and_reports_are_told_in_readable_words(db, running, client_of):
    collaboration, host, partner = running
    name, other = host.name, partner.name
    meeting = a_meeting(db, collaboration, MeetingState.CONFIRMED, title="Kick-off <b>")
    an_action(db, a_meeting(db, collaboration, MeetingState.HELD), ActionState.DONE)
    risk = a_risk(db, collaboration)
    review_risk(db, risk, Assessed(5, 4, clock.today() + dt.timedelta(days=7), "Twice this week."), actor=host)
    a_risk(db, collaboration, RiskState.OCCURRED, title="The lab floods")
    a_report(db, collaboration, ReportState.SUBMITTED)
    db.commit()

    page = told(client_of(collaboration.host_lead), collaboration)

    for sentence in (
        f"{name} called the meeting “Kick-off <b>”",
        f"{name} wrote version 1 of the minutes of “{meeting.title}”",
        f"{other} set the meeting “Kick-off <b>” to: Minutes confirmed",
        f"{name} noted what was agreed: “Send the data”",
        f"{other} set “Send the data” to: Done",
        f"{name} raised the risk “The pump fails”",
        f"{name} assessed the risk “The pump fails”: from 9 to 20",
        f"{other} set the risk “The lab floods” to: Occurred",
        f"{other} scheduled reports of “{collaboration.title}”",
        f"{other} set a report to: Submitted",
    ):
        assert sentence in page, sentence
    assert "Kick-off <b>" not in client_of(collaboration.host_lead).get(f"{collaboration.href}/history").text


def test_members_read_of_meetings_and_risks_but_of_no_report_and_guests_of_nothing(db, running, client_of, count_statements):
    collaboration, host, _partner = running
    guest, member = a_person(db), a_team_member(db, collaboration)
    a_guest(db, collaboration, guest)
    a_meeting(db, collaboration, MeetingState.HELD, title="Kick-off")
    a_risk(db, collaboration)
    a_report(db, collaboration, ReportState.SUBMITTED)
    db.commit()

    page, lead = told(client_of(member), collaboration), client_of(collaboration.host_lead)

    assert "called the meeting “Kick-off”" in page and "raised the risk “The pump fails”" in page
    assert "report" not in page.partition('id="history"')[2].partition("</section>")[0]
    assert client_of(guest).get(f"{collaboration.href}/history").status_code == 404
    db.expire_all()
    assert parts_told(db, actor_of(db, guest), collaboration) == {}
    for number in range(2):
        a_meeting(db, collaboration, title=f"Meeting {number}")
        a_risk(db, collaboration, title=f"Risk {number}")
    db.commit()
    with count_statements() as asked:
        assert "Risk 1" in told(lead, collaboration)
    assert len(asked) <= 6


def test_a_guest_who_is_invited_to_one_meeting_is_told_of_no_other(database, session):
    collaboration = a_collaboration(session)
    walk(session, COLLABORATION_FLOW, collaboration, CollaborationState.ACTIVE, by=actor_of(session, collaboration.host_lead))
    guest = a_person(session)
    a_guest(session, collaboration, guest)
    session.expire_all()
    one = a_meeting(session, collaboration, title="With the tunnel", invited=[guest.id])
    a_meeting(session, collaboration, title="Without them")
    a_risk(session, collaboration)

    assert parts_told(session, actor_of(session, guest), collaboration) == {("meeting", one.id): "With the tunnel"}
