"""Builders for collaborations: their lists settled, and things in each state."""

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from portal.collaborations.actions import (
    agree_to_change,
    agree_to_day,
    draft_change,
    move_report,
    record_contribution,
    refuse_day,
    schedule_reports,
    write_claim,
    write_report,
)
from portal.collaborations.inputs import (
    Assessment,
    ChangeWish,
    ClaimEntry,
    ContributionEntry,
    NewDate,
    Paid,
    ReportSchedule,
    ReportText,
    Settled,
)
from portal.collaborations.models import ChangeRequest, Claim, Collaboration, Contribution, Report
from portal.collaborations.queries import items_of
from portal.collaborations.states import ChangeKind, ChangeState, Checklist, ClaimState, ItemState, ReportKind, ReportState, Stand
from portal.collaborations.workflow import CHANGE_FLOW, CHECK_ITEM_FLOW, CLAIM_FLOW, REPORT_FLOW
from portal.kernel import clock
from portal.kernel.inputs import Reason
from portal.kernel.policy import SYSTEM_ACTOR, Actor, Role, Seat
from portal.organisations.queries import holders_of
from portal.proposals.states import CostCategory, Funding, Valuation

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
    session: Session,
    collaboration: Collaboration,
    state: Any,
    kind: ChangeKind = ChangeKind.EXTENSION,
    amount_minor: int = 5,
) -> ChangeRequest:
    """A change of a running collaboration that its host's lead asked for, and the partner's lead answered."""
    host, partner = Actor(id=collaboration.host_lead_id), Actor(id=collaboration.partner_lead_id)
    wish = ChangeWish(
        kind, "Because of the test.", until_on=collaboration.ends_on + dt.timedelta(days=90), amount_minor=amount_minor
    )
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


def reports_on_other_days(session: Session, collaboration: Collaboration) -> None:
    """Reports for which the partner's lead asked for another day: one got it, one did not, one waits for the answer."""
    host, partner = Actor(id=collaboration.host_lead_id), Actor(id=collaboration.partner_lead_id)
    answers: tuple[Any, ...] = (
        lambda report: agree_to_day(session, report, actor=host),
        lambda report: refuse_day(session, report, Reason("We wait for it."), actor=host),
        lambda _report: None,
    )
    for number, answer in enumerate(answers, start=10):
        schedule = ReportSchedule(ReportKind.PROGRESS, clock.today() + dt.timedelta(days=number))
        [report] = schedule_reports(session, collaboration, schedule, actor=partner)
        move_report(
            session, report, NewDate(clock.today() + dt.timedelta(days=number + 50), "The winter was long."), actor=partner
        )
        answer(report)


def agree_everywhere(session: Session, change: ChangeRequest, officers: dict[Stand, Actor]) -> None:
    """Give each yes that a change lacks: the partner's lead's, and those of the officers."""
    lead = {Stand.PARTNER_LEAD: Actor(id=change.collaboration.partner_lead_id)}
    for stand, actor in (officers | lead).items():
        agree_to_change(session, change, stand, actor=actor)


def a_claim(session: Session, collaboration: Collaboration, state: Any, staff: int = 100) -> Claim:
    """A claim of the partner's lead in `state`; the host's lead confirms the work, an officer the sums."""
    host, partner = Actor(id=collaboration.host_lead_id), Actor(id=collaboration.partner_lead_id)
    seat = Seat(collaboration.host_id, frozenset({Role.OFFICER}))
    officer = Actor(id=min(holders_of(session, collaboration.host_id, Role.OFFICER)), seats=(seat,))
    day = clock.today()
    claim = write_claim(session, collaboration, ClaimEntry(day, day, "Salaries.", staff=staff), actor=partner)
    reason, paid = Reason("Because of the test."), Paid(day)
    steps = {
        ClaimState.DRAFT: (),
        ClaimState.SUBMITTED: ("submit",),
        ClaimState.TECHNICAL_CHECK: ("submit", "confirm_work"),
        ClaimState.FINANCE_CHECK: ("submit", "confirm_work", "confirm_sums"),
        ClaimState.APPROVED: ("submit", "confirm_work", "confirm_sums", "approve"),
        ClaimState.PAID: ("submit", "confirm_work", "confirm_sums", "approve", "pay"),
        ClaimState.QUERIED: ("submit", "query"),
        ClaimState.DECLINED: ("submit", "decline"),
        ClaimState.WAIVED: ("submit", "waive"),
    }
    takers = {"submit": partner, "waive": partner, "confirm_sums": officer, "pay": officer}
    given = {"pay": paid, "query": reason, "decline": reason, "waive": reason}
    for action in steps[state]:
        CLAIM_FLOW.perform(session, claim, action, actor=takers.get(action, host), given=given.get(action))
    return claim


def a_contribution(session: Session, collaboration: Collaboration) -> Contribution:
    """Something in kind by the partner."""
    kind = {"funding": Funding.IN_KIND, "category": CostCategory.STAFF, "method": Valuation.RATES}
    entry = ContributionEntry(text="Hours", amount_minor=7, spent_on=clock.today(), evidence="https://example.org/hours", **kind)
    return record_contribution(session, collaboration, entry, actor=Actor(id=collaboration.partner_lead_id))


def in_every_state(session: Session, running: Collaboration) -> None:
    """Changes, reports and claims of one running collaboration, and a contribution to it."""
    for change_state in ChangeState:
        a_change(session, running, change_state)
    for report_state in ReportState:
        a_report(session, running, report_state)
    reports_on_other_days(session, running)
    for claim_state in ClaimState:
        a_claim(session, running, claim_state)
    a_contribution(session, running)
