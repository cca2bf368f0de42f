"""Moving a report to another day: by either lead long before it, by both once it is due."""

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from portal.approvals.states import Side
from portal.collaborations.events import ReportDayAsked, ReportDayMoved, ReportDayRefused
from portal.collaborations.inputs import NewDate
from portal.collaborations.models import Report, ReportMove
from portal.collaborations.policies import LEAD
from portal.collaborations.queries import is_taken
from portal.collaborations.queries.reports import DAYS_AHEAD
from portal.collaborations.states import TO_WRITE, ReportState
from portal.collaborations.workflow import OVER, REPORT_FLOW, forget_wish
from portal.kernel import clock
from portal.kernel.errors import Forbidden, Invalid, Refused
from portal.kernel.events import record
from portal.kernel.inputs import Reason
from portal.kernel.policy import SYSTEM_ACTOR, Actor, require
from portal.kernel.text import N_


def move_report(session: Session, report: Report, new: NewDate, *, actor: Actor) -> bool:
    """Give a report another day, or ask the other lead for it where the report is due already; returns whether it has it now.

    Raises:
        Forbidden: `actor` leads neither side.
        Refused: it is not owed any more, or the other lead asks for another day.
        Invalid: the day has passed, is the one it has, or that of another report of its kind.
    """
    require(LEAD, actor, report.collaboration)
    _require_owed(report)
    if new.due_on <= clock.today():
        raise Invalid("due_on", N_("Choose a day that is still to come."))
    if new.due_on == report.due_on:
        raise Invalid("due_on", N_("This is the day it has."))
    if is_taken(session, report, new.due_on):
        raise Invalid("due_on", N_("This is on the schedule already."))
    if not is_near(report.due_on):
        _give_day(session, report, new.due_on, reason=new.text, by_id=actor.id, at=clock.now())
        record(session, ReportDayMoved(), actor=actor, subject=report)
        return True
    if report.wish_on is not None and report.wish_by_id != actor.id:
        raise Refused(N_("The other lead asks for another day already: agree to it or refuse it first."))
    leads_host = actor.id == report.collaboration.host_lead_id
    report.wish_on, report.wish_text, report.wish_at = new.due_on, new.text, clock.now()
    report.wish_by_id, report.wish_side = actor.id, Side.HOST if leads_host else Side.PARTNER
    session.flush()
    record(session, ReportDayAsked(), actor=actor, subject=report)
    return False


def agree_to_day(session: Session, report: Report, *, actor: Actor) -> None:
    """Let the report have the day that the other lead asks for.

    Raises:
        Forbidden: `actor` is not the one who was asked.
        Refused: nothing is asked any more, the day has passed meanwhile, or another report has it.
    """
    _require_asked(report, actor)
    wish_on = report.wish_on
    if wish_on is None or wish_on <= clock.today():
        raise Refused(N_("That day has passed meanwhile: refuse it, and agree on a later one."))
    if is_taken(session, report, wish_on):
        raise Refused(N_("Another report of this kind is owed on that day: refuse it, and agree on another one."))
    _give_day(session, report, wish_on, **_wish_of(report), answered_by_id=actor.id, answered_at=clock.now())
    record(session, ReportDayMoved(), actor=actor, subject=report)


def refuse_day(session: Session, report: Report, reason: Reason, *, actor: Actor) -> None:
    """Say no: the report is owed on the day it has.

    Raises:
        Forbidden: `actor` is not the one who was asked.
        Refused: nothing is asked any more.
    """
    _require_asked(report, actor)
    answer = {"is_agreed": False, "note": reason.text, "answered_by_id": actor.id, "answered_at": clock.now()}
    session.add(ReportMove(report_id=report.id, from_on=report.due_on, to_on=report.wish_on, **_wish_of(report), **answer))
    forget_wish(report)
    session.flush()
    record(session, ReportDayRefused(), actor=actor, subject=report)


def may_answer_day(report: Report, actor: Actor) -> bool:
    """Whether another day is asked of this person, who leads the other side."""
    work = report.collaboration
    asked = work.partner_lead_id if report.wish_side is Side.HOST else work.host_lead_id
    return actor.is_person and report.wish_on is not None and actor.id == asked and actor.id != report.wish_by_id


def may_be_moved(report: Report, actor: Actor) -> bool:
    """Whether this person may move it, or ask for another day."""
    others = report.wish_by_id is not None and report.wish_by_id != actor.id
    return LEAD.holds(actor, report.collaboration) and not others and _is_owed(report)


def is_near(day: dt.date) -> bool:
    """Whether a report of that day is due, so that its author is reminded and the other side counts on it."""
    return day <= clock.today() + dt.timedelta(days=DAYS_AHEAD)


def _wish_of(report: Report) -> dict[str, Any]:
    return {"reason": report.wish_text, "by_id": report.wish_by_id, "at": report.wish_at}


def _give_day(session: Session, report: Report, day: dt.date, **kept: Any) -> None:
    session.add(ReportMove(report_id=report.id, from_on=report.due_on, to_on=day, is_agreed=True, **kept))
    report.due_on = day
    forget_wish(report)
    session.flush()
    if report.state is ReportState.DUE and not is_near(day):
        REPORT_FLOW.perform(session, report, "put_off", actor=SYSTEM_ACTOR)


def _require_asked(report: Report, actor: Actor) -> None:
    require(LEAD, actor, report.collaboration)
    if report.wish_on is None:
        raise Refused(N_("Nobody asks for another day any more."))
    if not may_answer_day(report, actor):
        raise Forbidden
    _require_owed(report)


def _require_owed(report: Report) -> None:
    if not _is_owed(report):
        raise Refused(N_("This report is not owed any more: its day cannot move."))


def _is_owed(report: Report) -> bool:
    return report.state in TO_WRITE and report.collaboration.state not in OVER
