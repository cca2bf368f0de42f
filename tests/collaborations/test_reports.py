"""Reports: owed on days that the leads set, written in private, submitted in versions, accepted or skipped by name."""

import datetime as dt

import pytest

from portal.board.queries.awaited import awaited_by
from portal.collaborations.actions import let_reports_fall_due, schedule_reports, write_report
from portal.collaborations.inputs import ReportSchedule, ReportText
from portal.collaborations.queries import SOURCES, versions_of
from portal.collaborations.states import Checklist, ReportKind, ReportState
from portal.collaborations.workflow import COLLABORATION_FLOW, REPORT_FLOW
from portal.kernel import clock
from portal.kernel.errors import Forbidden, Invalid, Refused
from portal.kernel.inputs import Reason
from tests.build import a_collaboration, a_member, actor_of, an_organisation, finish_parts
from tests.collaborations.make import a_report, settle


def test_reports_are_owed_every_so_many_months_until_the_end_and_each_day_once(db, running):
    collaboration, host, partner = running
    collaboration.starts_on, collaboration.ends_on = dt.date(2027, 1, 31), dt.date(2027, 12, 31)
    every = ReportSchedule(ReportKind.PROGRESS, dt.date(2027, 3, 31), 3)
    days = [report.due_on for report in schedule_reports(db, collaboration, every, actor=host)]
    assert days == [dt.date(2027, 3, 31), dt.date(2027, 6, 30), dt.date(2027, 9, 30), dt.date(2027, 12, 31)]
    with pytest.raises(Invalid, match="already"):
        schedule_reports(db, collaboration, every, actor=partner)
    assert len(schedule_reports(db, collaboration, ReportSchedule(ReportKind.FINANCIAL, days[0]), actor=partner)) == 1
    with pytest.raises(Invalid, match="at most 60"):
        endless = ReportSchedule(ReportKind.FINAL, days[0], 1, dt.date(2099, 1, 1))
        schedule_reports(db, collaboration, endless, actor=host)


def test_a_report_falls_due_by_itself_a_month_before_its_day_and_waits_for_its_author(db, running):
    collaboration, host, partner = running
    today = clock.today()
    soon, later = (
        schedule_reports(db, collaboration, ReportSchedule(ReportKind.PROGRESS, today + dt.timedelta(days=days)), actor=host)[0]
        for days in (30, 31)
    )
    assert (let_reports_fall_due(db), let_reports_fall_due(db)) == (1, 0)
    assert (soon.state, later.state) == (ReportState.DUE, ReportState.SCHEDULED)
    sources = {source.key: source for source in SOURCES}
    assert [row.id for row in db.execute(sources["report.submit"].select(partner))] == [soon.id]
    assert db.execute(sources["report.submit"].select(host)).all() == []
    assert [(one.kind, one.id) for one in awaited_by(db, host) if one.kind == "report"] == [("report", soon.id)]


def test_each_version_stays_with_its_answer_and_only_the_owing_side_writes(db, running):
    collaboration, host, partner = running
    report = a_report(db, collaboration, ReportState.SUBMITTED)
    sources = {source.key: source for source in SOURCES}
    assert [row.id for row in db.execute(sources["report.accept"].select(host))] == [report.id]
    with pytest.raises(Refused):
        write_report(db, report, ReportText("Changed under your eyes."), actor=partner)
    REPORT_FLOW.perform(db, report, "query", actor=host, given=Reason("Which pump?"))
    with pytest.raises(Forbidden):
        write_report(db, report, ReportText("Mine."), actor=host)
    write_report(db, report, ReportText("The second pump."), actor=partner)
    REPORT_FLOW.perform(db, report, "submit", actor=partner)
    REPORT_FLOW.perform(db, report, "accept", actor=host)
    last, first = versions_of(db, report)
    assert (first.text, first.answer, first.note) == ("All is well.", ReportState.QUERIED, "Which pump?")
    assert (last.text, last.answer, last.answered_by_id) == ("The second pump.", ReportState.ACCEPTED, host.id)


def test_rule_10_nothing_closes_while_a_report_is_open_unless_it_is_skipped_by_name(db):
    collaboration = a_collaboration(db)
    host, partner = actor_of(db, collaboration.host_lead), actor_of(db, collaboration.partner_lead)
    finish_parts(db, collaboration)
    report = a_report(db, collaboration, ReportState.DRAFT)
    COLLABORATION_FLOW.perform(db, collaboration, "begin_closing", actor=host)
    settle(db, collaboration, Checklist.CLOSING)
    with pytest.raises(Refused, match="Reports still open: 1"):
        COLLABORATION_FLOW.perform(db, collaboration, "close", actor=host)
    with pytest.raises(Forbidden):
        REPORT_FLOW.perform(db, report, "skip", actor=partner, given=Reason("We would rather not."))
    REPORT_FLOW.perform(db, report, "skip", actor=host, given=Reason("The results say it."))
    assert (report.decided_by_id, report.note) == (host.id, "The results say it.")
    COLLABORATION_FLOW.perform(db, collaboration, "close", actor=host)


def test_a_report_goes_its_way_on_the_pages(db, running, client_of, count_statements):
    collaboration, *_ = running
    href, day = collaboration.href, (clock.today() + dt.timedelta(days=20)).isoformat()
    people = (collaboration.host_lead, collaboration.partner_lead, a_member(db, an_organisation(db)))
    db.commit()
    host, partner, stranger = (client_of(person) for person in people)

    answer = host.submit(f"{href}/reports/new", {"kind": "progress", "first_on": "soon", "every_months": "often"})
    assert (answer.status_code, "often" in answer.text) == (422, True)
    assert host.submit(f"{href}/reports/new", {"kind": "progress", "first_on": day}).status_code == 303
    assert host.get("/reports/1/edit").status_code in (403, 404)
    assert partner.submit("/reports/1/edit", {"text": "All <b>well</b>."}).status_code == 303
    assert "well" not in host.get("/reports/1").text
    assert "All &lt;b&gt;well&lt;/b&gt;." in partner.get("/reports/1").text
    assert partner.submit("/reports/1/steps/submit").status_code == 303
    assert "All &lt;b&gt;well&lt;/b&gt;." in host.get("/reports/1").text
    assert host.submit("/reports/1/steps/query", {"text": ""}).status_code == 422
    assert host.submit("/reports/1/steps/query", {"text": "How well?"}).status_code == 303
    assert "How well?" in partner.get("/reports/1").text
    assert [stranger.get(path).status_code for path in ("/reports/1", f"{href}/reports")] == [404, 404]
    with count_statements() as one:
        host.get(f"{href}/reports")
    for kind in ("financial", "final"):
        host.submit(f"{href}/reports/new", {"kind": kind, "first_on": day})
    with count_statements() as three:
        host.get(f"{href}/reports")
    assert len(one) == len(three) <= 6
