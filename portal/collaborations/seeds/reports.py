"""How reports of the demonstration are scheduled, written and answered; what is still open at the close is skipped."""

import datetime as dt
from collections.abc import Sequence

from portal.collaborations.actions import move_report, schedule_reports, write_report
from portal.collaborations.inputs import NewDate, ReportSchedule, ReportText
from portal.collaborations.models import Collaboration, Report
from portal.collaborations.queries import reports_of
from portal.collaborations.states import CollaborationState, ReportKind, ReportState
from portal.collaborations.workflow import REPORT_FLOW
from portal.kernel import clock
from portal.kernel.inputs import Reason
from portal.kernel.policy import Actor
from portal.kernel.seeding import Stage

_TEXT = "The measurements run as planned. Two stations deliver since the spring; the first comparison is in the annex."
_MONTHS = 4


def schedule(stage: Stage, collaboration: Collaboration, leads: Sequence[Actor]) -> None:
    """A progress report every four months, written some days before its day and answered some days after."""
    first_on = collaboration.starts_on + dt.timedelta(days=30 * _MONTHS)
    entry = ReportSchedule(ReportKind.PROGRESS, first_on, _MONTHS)
    for report in schedule_reports(stage.session, collaboration, entry, actor=leads[0]):
        days = (report.due_on - clock.today()).days
        if report.id % 6 == 0 and days > 60:
            stage.later(10, lambda one=report: _move(stage, one, leads[1]))  # type: ignore[misc]
        if days > 8:
            stage.later(days - 7 + report.id % 5, lambda one=report: _submit(stage, one, leads))  # type: ignore[misc]


def _move(stage: Stage, report: Report, partner: Actor) -> None:
    if report.state is ReportState.SCHEDULED and report.collaboration.state is CollaborationState.ACTIVE:
        later = NewDate(report.due_on + dt.timedelta(days=14), "The spring campaign begins two weeks later than planned.")
        move_report(stage.session, report, later, actor=partner)


def _submit(stage: Stage, report: Report, leads: Sequence[Actor]) -> None:
    host, partner = leads
    if report.collaboration.state is not CollaborationState.ACTIVE or report.state not in (
        ReportState.SCHEDULED,
        ReportState.DUE,
    ):
        return
    write_report(stage.session, report, ReportText(_TEXT), actor=partner)
    REPORT_FLOW.perform(stage.session, report, "submit", actor=partner)
    if report.id % 4:
        stage.later(6, lambda: _take(stage, report, "accept", host))
    else:
        stage.later(5, lambda: _take(stage, report, "query", host, Reason("Which stations? Please name them in the text.")))
        stage.later(9, lambda: _submit_again(stage, report, leads))


def _submit_again(stage: Stage, report: Report, leads: Sequence[Actor]) -> None:
    if report.state is ReportState.QUERIED and report.collaboration.state is CollaborationState.ACTIVE:
        text = ReportText(f"{_TEXT} They stand at the inlet and at the pumping house.")
        write_report(stage.session, report, text, actor=leads[1])
        REPORT_FLOW.perform(stage.session, report, "submit", actor=leads[1])
        stage.later(4, lambda: _take(stage, report, "accept", leads[0]))


def finish(stage: Stage, collaboration: Collaboration, host: Actor) -> None:
    """Nothing is owed any more once the work is done."""
    for report in reports_of(stage.session, collaboration):
        if report.state is ReportState.SUBMITTED:
            _take(stage, report, "accept", host)
        else:
            _take(stage, report, "skip", host, Reason("The last deliverable says it all."))


def _take(stage: Stage, report: Report, action: str, host: Actor, given: Reason | None = None) -> None:
    if REPORT_FLOW[action] in REPORT_FLOW.rows_from(report.state):
        REPORT_FLOW.perform(stage.session, report, action, actor=host, given=given)
