"""Builders for collaborations: their lists settled, and things in each state."""

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from portal.collaborations.actions import agree_to_change, draft_change, schedule_reports, write_report
from portal.collaborations.inputs import Assessment, ChangeWish, ReportSchedule, ReportText, Settled
from portal.collaborations.models import ChangeRequest, Collaboration, Report
from portal.collaborations.queries import items_of
from portal.collaborations.states import ChangeKind, ChangeState, Checklist, ItemState, ReportKind, ReportState, Stand
from portal.collaborations.workflow import CHANGE_FLOW, CHECK_ITEM_FLOW, REPORT_FLOW
from portal.kernel import clock
from portal.kernel.inputs import Reason
from portal.kernel.policy import SYSTEM_ACTOR, Actor

SETTLED = Settled("2027-01-15")  # a day, so that it fits the kick-off too
_ASKED_BY = {"start": Checklist.SET_UP, "close": Checklist.CLOSING}


def settle_for(session: Session, thing: Any, action: str) -> None:
    """Before the step `action` of a collaboration, settle the list that it asks for."""
    if isinstance(thing, Collaboration) and action in _ASKED_BY:
        settle(session, thing, _ASKED_BY[action])


def settle(session: Session, collaboration: Collaboration, checklist: Checklist = Checklist.SET_UP) -> None:
    """Settle whatever is open of one of its lists, each item by the lead of the side that owes it."""
    leads = {collaboration.host_id: collaboration.host_lead_id, collaboration.organisation_id: collaboration.partner_lead_id}
    for item in items_of(session, collaboration, checklist):
        if item.state is ItemState.OPEN:
            CHECK_ITEM_FLOW.perform(session, item, "settle", actor=Actor(id=leads[item.side_id]), given=SETTLED)


def waive_one(session: Session, collaboration: Collaboration) -> None:
    """Waive the host's first item of the set-up list."""
    item = next(item for item in items_of(session, collaboration, Checklist.SET_UP) if item.side_id == collaboration.host_id)
    lead = Actor(id=collaboration.host_lead_id)
    CHECK_ITEM_FLOW.perform(session, item, "waive", actor=lead, given=Reason("Not needed here."))


def a_change(
    session: Session, collaboration: Collaboration, state: Any, kind: ChangeKind = ChangeKind.EXTENSION
) -> ChangeRequest:
    """A change of a running collaboration that its host's lead asked for, and the partner's lead answered."""
    host, partner = Actor(id=collaboration.host_lead_id), Actor(id=collaboration.partner_lead_id)
    wish = ChangeWish(kind, "Because of the test.", until_on=collaboration.ends_on + dt.timedelta(days=90), amount_minor=5)
    change = draft_change(session, collaboration, wish, actor=host)
    if state is ChangeState.DRAFT:
        return change
    CHANGE_FLOW.perform(session, change, "submit", actor=host)
    if state in (ChangeState.ASSESSED, ChangeState.IN_FORCE):
        CHANGE_FLOW.perform(session, change, "assess", actor=partner, given=Assessment("Nothing else changes."))
    if state is ChangeState.IN_FORCE:
        agree_to_change(session, change, Stand.PARTNER_LEAD, actor=partner)
    elif state is ChangeState.REFUSED:
        CHANGE_FLOW.perform(session, change, "refuse", actor=partner, given=Reason("We cannot wait."))
    elif state is ChangeState.WITHDRAWN:
        CHANGE_FLOW.perform(session, change, "withdraw", actor=host)
    return change


def a_report(session: Session, collaboration: Collaboration, state: Any) -> Report:
    """A report of a running collaboration, written by the partner's lead and answered by the host's."""
    host, partner = Actor(id=collaboration.host_lead_id), Actor(id=collaboration.partner_lead_id)
    day = clock.today() + dt.timedelta(days=1 + list(ReportState).index(state))
    [report] = schedule_reports(session, collaboration, ReportSchedule(ReportKind.PROGRESS, day), actor=partner)
    if state is ReportState.DUE:
        REPORT_FLOW.perform(session, report, "fall_due", actor=SYSTEM_ACTOR)
    elif state is ReportState.SKIPPED:
        REPORT_FLOW.perform(session, report, "skip", actor=host, given=Reason("Nothing happened."))
    elif state is not ReportState.SCHEDULED:
        write_report(session, report, ReportText("All is well."), actor=partner)
    if state in (ReportState.SUBMITTED, ReportState.QUERIED, ReportState.ACCEPTED):
        REPORT_FLOW.perform(session, report, "submit", actor=partner)
    if state is ReportState.QUERIED:
        REPORT_FLOW.perform(session, report, "query", actor=host, given=Reason("Which pump?"))
    elif state is ReportState.ACCEPTED:
        REPORT_FLOW.perform(session, report, "accept", actor=host)
    return report
