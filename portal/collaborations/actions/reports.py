"""Scheduling and writing reports; the day on which one falls due comes by itself."""

from sqlalchemy.orm import Session

from portal.collaborations.actions.opening import months_after
from portal.collaborations.events import ReportsScheduled, ReportWritten
from portal.collaborations.inputs import ReportSchedule, ReportText
from portal.collaborations.models import Collaboration, Report
from portal.collaborations.policies import LEAD, REPORT_OWES
from portal.collaborations.queries import reports_falling_due, reports_of
from portal.collaborations.states import CollaborationState, ReportState
from portal.collaborations.workflow import REPORT_FLOW
from portal.kernel.errors import Invalid, Refused
from portal.kernel.events import record
from portal.kernel.policy import SYSTEM_ACTOR, Actor, require
from portal.kernel.text import N_

MOST = 60  # reports of one collaboration
_AT_ONCE = 200
_OVER = (CollaborationState.CLOSED, CollaborationState.TERMINATED)


def schedule_reports(session: Session, collaboration: Collaboration, entry: ReportSchedule, *, actor: Actor) -> list[Report]:
    """Add reports to the schedule: one, or one every so many months until the last day, at the latest that of the collaboration.

    Raises:
        Forbidden: `actor` leads neither side.
        Refused: it is over.
        Invalid: each of them is on the schedule already, or there would be too many.
    """
    require(LEAD, actor, collaboration)
    if collaboration.state in _OVER:
        raise Refused(N_("This collaboration is over: nothing is owed any more."))
    there = reports_of(session, collaboration)
    taken = {report.due_on for report in there if report.kind is entry.kind}
    last_on, days = entry.last_on or collaboration.ends_on, [entry.first_on]
    while entry.every_months and len(days) <= MOST:
        following = months_after(entry.first_on, entry.every_months * len(days))
        if following > last_on:
            break
        days.append(following)
    fresh = [day for day in days if day not in taken]
    if not fresh:
        raise Invalid("first_on", N_("This is on the schedule already."))
    if len(fresh) + len(there) > MOST:
        raise Invalid("every_months", N_("A collaboration has at most %(most)s reports."), most=MOST)
    reports = [Report(collaboration=collaboration, kind=entry.kind, due_on=day) for day in fresh]
    session.add_all(reports)
    session.flush()
    record(session, ReportsScheduled(count=len(reports)), actor=actor, subject=reports[0])  # whose readers are fewer
    return reports


def write_report(session: Session, report: Report, entry: ReportText, *, actor: Actor) -> None:
    """Keep what the report says so far; the other side reads it once it is submitted.

    Raises:
        Forbidden: it is not `actor` who owes it.
        Refused: it was submitted, or the work does not go on.
    """
    require(REPORT_OWES, actor, report)
    if report.state is not ReportState.DRAFT:
        REPORT_FLOW.perform(session, report, "begin", actor=actor)
    report.text, report.evidence = entry.text, entry.evidence
    session.flush()
    record(session, ReportWritten(), actor=actor, subject=report)


def let_reports_fall_due(session: Session) -> int:
    """What is owed within the next weeks waits for its author from now on; returns how many."""
    due = reports_falling_due(session, at_most=_AT_ONCE)
    for report in due:
        REPORT_FLOW.perform(session, report, "fall_due", actor=SYSTEM_ACTOR)
    return len(due)
