"""Moving a report: by either lead long before its day, by both once it is due; dates, notices and history follow."""

import datetime as dt
import html

import pytest

from portal import wiring
from portal.board.queries import awaited_by, dates_for
from portal.collaborations.actions import (
    agree_to_day,
    let_reports_fall_due,
    move_report,
    refuse_day,
    schedule_reports,
    write_report,
)
from portal.collaborations.inputs import NewDate, ReportSchedule, ReportText
from portal.collaborations.queries import SOURCES, days_of
from portal.collaborations.states import ReportKind, ReportState
from portal.collaborations.workflow import HAND_OVER_FLOW, REPORT_FLOW
from portal.kernel import clock
from portal.kernel.errors import Forbidden, Invalid, Refused
from portal.kernel.inputs import Reason
from portal.kernel.policy import Role
from portal.kernel.subscribers import drain
from portal.notifications.models import Notification
from portal.organisations.models import Organisation
from tests.build import a_member, actor_of
from tests.collaborations.make_people import a_hand_over, a_team_member


def in_days(number):
    return clock.today() + dt.timedelta(days=number)


def owed(session, collaboration, days, actor, kind=ReportKind.PROGRESS):
    [report] = schedule_reports(session, collaboration, ReportSchedule(kind, in_days(days)), actor=actor)
    let_reports_fall_due(session)
    return report


def wanted(days, why="The winter was long."):
    return NewDate(in_days(days), why)


def waits_for(session, actor):
    source = next(source for source in SOURCES if source.key == "report.day")
    return [row.id for row in session.execute(source.select(actor))]


def test_either_lead_moves_a_report_long_before_its_day_and_every_date_follows(db, running):
    collaboration, host, partner = running
    report = owed(db, collaboration, 100, host)

    assert move_report(db, report, wanted(140), actor=partner)
    assert move_report(db, report, wanted(20), actor=host)

    assert [(one.from_on, one.to_on, one.by_id, one.is_agreed) for one in days_of(db, report)] == [
        (in_days(140), in_days(20), host.id, True),
        (in_days(100), in_days(140), partner.id, True),
    ]
    let_reports_fall_due(db)
    assert (report.due_on, report.state) == (in_days(20), ReportState.DUE)
    assert [one.due_on for one in awaited_by(db, host) if one.kind == "report"] == [in_days(20)]


def test_once_it_is_due_the_other_lead_has_to_agree(db, running):
    collaboration, host, partner = running
    report = owed(db, collaboration, 20, host)
    assert report.state is ReportState.DUE

    assert not move_report(db, report, wanted(90), actor=partner)

    assert (report.due_on, waits_for(db, host), waits_for(db, partner)) == (in_days(20), [report.id], [])
    assert ("report_day", collaboration.host_lead.name) in {(one.kind, one.holder) for one in awaited_by(db, partner)}
    with pytest.raises(Forbidden):
        agree_to_day(db, report, actor=partner)
    with pytest.raises(Refused, match="already"):
        move_report(db, report, wanted(50), actor=host)
    assert not move_report(db, report, wanted(91), actor=partner)  # asked anew: the wish is replaced
    agree_to_day(db, report, actor=host)
    assert (report.due_on, report.state, waits_for(db, host)) == (in_days(91), ReportState.SCHEDULED, [])
    [kept] = days_of(db, report)
    assert (kept.to_on, kept.by_id, kept.answered_by_id, kept.reason) == (
        in_days(91),
        partner.id,
        host.id,
        "The winter was long.",
    )
    assert [one.when for one in dates_for(db, partner, ()) if one.key == f"report-{report.id}"] == [in_days(91)]
    with pytest.raises(Refused, match="Nobody asks"):
        agree_to_day(db, report, actor=host)


def test_a_day_that_is_refused_stays_and_why_is_read(db, running):
    collaboration, host, partner = running
    report = owed(db, collaboration, 10, host)
    write_report(db, report, ReportText("Half of it."), actor=partner)
    move_report(db, report, wanted(25), actor=partner)

    with pytest.raises(Forbidden):
        refuse_day(db, report, Reason("No."), actor=actor_of(db, a_team_member(db, collaboration, "host_id")))
    refuse_day(db, report, Reason("The board meets before."), actor=host)

    assert (report.due_on, report.state, report.wish_on) == (in_days(10), ReportState.DRAFT, None)
    assert [(one.is_agreed, one.note) for one in days_of(db, report)] == [(False, "The board meets before.")]
    move_report(db, report, wanted(12), actor=partner)
    REPORT_FLOW.perform(db, report, "submit", actor=partner)
    assert (report.wish_on, waits_for(db, host)) == (None, [])
    with pytest.raises(Refused, match="not owed"):
        move_report(db, report, wanted(60), actor=host)


def test_no_side_agrees_to_its_own_wish_not_even_by_a_new_lead(db, running):
    collaboration, host, partner = running
    report = owed(db, collaboration, 10, host)
    move_report(db, report, wanted(25), actor=host)
    successor = a_member(db, db.get_one(Organisation, collaboration.host_id))
    hand_over = a_hand_over(db, collaboration, successor)
    HAND_OVER_FLOW.perform(db, hand_over, "accept", actor=actor_of(db, successor))
    assert collaboration.host_lead_id == successor.id

    with pytest.raises(Forbidden):
        agree_to_day(db, report, actor=actor_of(db, successor))
    assert (waits_for(db, actor_of(db, successor)), waits_for(db, partner)) == ([], [report.id])
    collaboration.partner_lead_id = host.id  # who asked has changed sides
    with pytest.raises(Forbidden):
        agree_to_day(db, report, actor=host)


@pytest.mark.parametrize("days, why", [(0, "still to come"), (-5, "still to come"), (100, "the day it has"), (130, "already")])
def test_a_day_that_cannot_be_is_refused(db, running, days, why):
    collaboration, host, _ = running
    report = owed(db, collaboration, 100, host)
    owed(db, collaboration, 130, host)

    with pytest.raises(Invalid, match=why):
        move_report(db, report, wanted(days), actor=host)
    assert move_report(db, owed(db, collaboration, 99, host, ReportKind.FINAL), wanted(130), actor=host)


def test_a_wish_that_came_too_late_is_not_agreed_to(db, running):
    collaboration, host, partner = running
    report = owed(db, collaboration, 10, host)
    move_report(db, report, wanted(25), actor=partner)
    owed(db, collaboration, 25, host)
    with pytest.raises(Refused, match="Another report"):
        agree_to_day(db, report, actor=host)
    with clock.at(clock.now() + dt.timedelta(days=26)), pytest.raises(Refused, match="has passed"):
        agree_to_day(db, report, actor=host)


def test_only_leads_move_and_officers_and_members_do_not(db, running):
    collaboration, host, _ = running
    report = owed(db, collaboration, 100, host)
    officer = a_member(db, db.get_one(Organisation, collaboration.host_id), Role.OFFICER)

    for person in (officer, a_team_member(db, collaboration)):
        with pytest.raises(Forbidden):
            move_report(db, report, wanted(140), actor=actor_of(db, person))


def test_a_report_moves_on_its_page_and_both_are_told(db, running, client_of, count_statements):
    collaboration, leader, _ = running
    report = owed(db, collaboration, 10, leader)
    member = a_team_member(db, collaboration)
    people = (collaboration.host_lead, collaboration.partner_lead, member)
    day, at = in_days(70), f"/reports/{report.id}"
    db.commit()
    host, partner, inside = (client_of(person) for person in people)

    assert "Ask for another day" in partner.get(at).text and 'name="due_on"' in partner.get(f"{at}/day").text
    assert inside.get(f"{at}/day").status_code == 404
    refused = partner.submit(f"{at}/day", {"due_on": day.isoformat(), "text": ""})
    assert (refused.status_code, day.isoformat() in refused.text) == (422, True)
    assert partner.submit(f"{at}/day", {"due_on": "soon", "text": "Kept <b>words</b>"}).status_code == 422
    assert partner.submit(f"{at}/day", {"due_on": day.isoformat(), "text": "The <b>pump</b>."}).location == at
    page = host.get(at).text
    assert "The &lt;b&gt;pump&lt;/b&gt;." in page and "Agree to it" in page
    assert "Agree to it" not in partner.get(at).text
    assert host.get(f"{at}/day").location == at  # it is the other's wish that is to be answered first
    assert partner.submit(f"{at}/day/agree").status_code == 403
    assert "Agree to another day" in host.get("/work").text
    assert host.submit(f"{at}/day/refuse", {"text": " "}).status_code == 422
    assert host.submit(f"{at}/day/agree").status_code == 303
    assert host.submit(f"{at}/day/agree").status_code == 409
    assert [inside.submit(f"{at}/day{rest}", {"text": "x"}).status_code for rest in ("", "/agree", "/refuse")] == [404] * 3
    told = html.unescape(host.get(f"{collaboration.href}/history").text)
    assert f"{people[0].name} moved a report to another day" in told
    assert f"{people[1].name} asked for another day of a report" in told
    with count_statements() as asked:
        assert "Move to another day" in host.get(at).text
    assert len(asked) <= 6


def test_the_one_who_is_asked_is_told_and_so_is_the_one_who_asked(app, db, running):
    collaboration, host, partner = running
    report = owed(db, collaboration, 10, host)
    move_report(db, report, wanted(25), actor=partner)
    db.commit()
    drain(app.extensions["database"], wiring.SUBSCRIBERS)
    agree_to_day(db, report, actor=host)
    db.commit()
    drain(app.extensions["database"], wiring.SUBSCRIBERS)

    told = {(one.account_id, one.kind) for one in db.query(Notification) if one.kind.startswith("report.day")}
    assert told == {(host.id, "report.day_asked"), (partner.id, "report.day_moved")}
