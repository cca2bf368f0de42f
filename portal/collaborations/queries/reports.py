"""Reads over reports: those of a collaboration, their versions, and what waits for whom."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_, exists, func, literal, or_, select
from sqlalchemy.orm import Session, joinedload

from portal.accounts.models import User
from portal.approvals.states import Side
from portal.collaborations.models import Collaboration, Report, ReportMove, ReportVersion
from portal.collaborations.queries.collaborations import RUNNING
from portal.collaborations.states import ReportState
from portal.kernel import clock
from portal.kernel.db import AnySelect
from portal.kernel.policy import Actor
from portal.kernel.text import N_
from portal.kernel.work import Source, end_of_day

REPORT = (joinedload(Report.collaboration),)
REPORT_WISHED = (*REPORT, joinedload(Report.wish_by).load_only(User.name))
DAYS_AHEAD = 30  # how long before its day a report is due


def reports_of(session: Session, collaboration: Collaboration) -> Sequence[Report]:
    """Its reports by their days, with who answered last."""
    query = select(Report).where(Report.collaboration_id == collaboration.id).order_by(Report.due_on, Report.id)
    loaded = (joinedload(Report.collaboration), joinedload(Report.decided_by).load_only(User.name))
    return session.scalars(query.options(*loaded)).all()


def versions_of(session: Session, report: Report) -> Sequence[ReportVersion]:
    """Everything that was submitted of it with the answers, the last first."""
    query = (
        select(ReportVersion)
        .where(ReportVersion.report_id == report.id)
        .options(joinedload(ReportVersion.by).load_only(User.name), joinedload(ReportVersion.answered_by).load_only(User.name))
        .order_by(ReportVersion.number.desc())
    )
    return session.scalars(query).all()


def days_of(session: Session, report: Report) -> Sequence[ReportMove]:
    """Each time that it got another day, or was to get one, the last first."""
    people = (joinedload(ReportMove.by).load_only(User.name), joinedload(ReportMove.answered_by).load_only(User.name))
    query = select(ReportMove).where(ReportMove.report_id == report.id).options(*people)
    return session.scalars(query.order_by(ReportMove.id.desc())).all()


def is_taken(session: Session, report: Report, day: dt.date) -> bool:
    """Whether another report of its kind is owed on that day; whoever moves one at the same time waits for this transaction."""
    session.execute(select(Collaboration.id).where(Collaboration.id == report.collaboration_id).with_for_update())
    others = Report.collaboration_id == report.collaboration_id, Report.kind == report.kind, Report.id != report.id
    return bool(session.scalar(select(exists().where(*others, Report.due_on == day))))


def reports_falling_due(session: Session, *, at_most: int) -> Sequence[Report]:
    """What is scheduled for the next weeks in running collaborations."""
    soon = clock.today() + dt.timedelta(days=DAYS_AHEAD)
    query = select(Report).join(Collaboration, Collaboration.id == Report.collaboration_id).options(*REPORT)
    query = query.where(Report._state == ReportState.SCHEDULED, Report.due_on <= soon, Collaboration._state.in_(RUNNING))
    return session.scalars(query.order_by(Report.id).limit(at_most)).all()


def reports_to_submit(actor: Actor) -> AnySelect | None:
    """What this person owes within the next weeks, has begun or was asked about."""
    if not actor.is_person:
        return None
    soon = Report.due_on <= clock.today() + dt.timedelta(days=DAYS_AHEAD)
    ahead = and_(Report._state.in_((ReportState.SCHEDULED, ReportState.DUE)), soon)
    open_ = or_(Report._state.in_((ReportState.DRAFT, ReportState.QUERIED)), ahead)
    since = func.coalesce(Report.decided_at, Collaboration.started_at)
    return _waiting(Collaboration.partner_lead_id == actor.id, open_, since=since)


def reports_to_accept(actor: Actor) -> AnySelect | None:
    """What was submitted to this person."""
    if not actor.is_person:
        return None
    given = Report._state == ReportState.SUBMITTED
    return _waiting(Collaboration.host_lead_id == actor.id, given, since=Report.submitted_at)


def days_to_answer(actor: Actor) -> AnySelect | None:
    """Another day that the other lead asks this person for."""
    if not actor.is_person:
        return None
    mine = or_(
        and_(Collaboration.host_lead_id == actor.id, Report.wish_side == Side.PARTNER),
        and_(Collaboration.partner_lead_id == actor.id, Report.wish_side == Side.HOST),
    )
    return _waiting(mine, Report.wish_on.is_not(None), Report.wish_by_id != actor.id, since=Report.wish_at)


def _waiting(*conditions: Any, since: Any) -> AnySelect:
    return (
        select(
            Report.id.label("id"),
            Collaboration.title.label("title"),
            literal("").label("detail"),
            since.label("since"),
            end_of_day(Report.due_on).label("due_at"),
        )
        .join(Collaboration, Collaboration.id == Report.collaboration_id)
        .where(Collaboration._state.in_(RUNNING), *conditions)
    )


def _page(number: int, _detail: str) -> str:
    return f"/reports/{number}"


REPORT_SOURCES = (
    Source("report.day", N_("Agree to another day for the report of"), N_("Look at it"), _page, days_to_answer),
    Source("report.submit", N_("Write the report of"), N_("Write it"), _page, reports_to_submit),
    Source("report.accept", N_("Read the report of"), N_("Read it"), _page, reports_to_accept),
)
