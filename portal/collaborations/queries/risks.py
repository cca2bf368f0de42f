"""Reads over risks, their assessments, and which wait to be looked at again."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import func, literal, select
from sqlalchemy.orm import Session, joinedload

from portal.accounts.models import User
from portal.collaborations.models import Collaboration, Risk, RiskReview
from portal.collaborations.queries.meetings import takes_part
from portal.collaborations.states import AMBER_UP_TO, CollaborationState, RiskState
from portal.kernel import clock
from portal.kernel.db import AnySelect
from portal.kernel.policy import Actor
from portal.kernel.text import N_
from portal.kernel.work import Source, end_of_day

RISK_FULL = (
    joinedload(Risk.collaboration).options(
        joinedload(Collaboration.host_lead).load_only(User.name), joinedload(Collaboration.partner_lead).load_only(User.name)
    ),
    *(joinedload(person).load_only(User.name) for person in (Risk.owner, Risk.raised_by, Risk.closed_by)),
)
DAYS_AHEAD = 14  # how long before its day a review waits
_OVER = (CollaborationState.CLOSED, CollaborationState.TERMINATED)
SORTS: dict[str, Callable[[Risk], Any]] = {
    "rating": lambda risk: (-risk.score, risk.review_on, risk.id),
    "review": lambda risk: (risk.review_on, -risk.score, risk.id),
    "title": lambda risk: (risk.title.casefold(), risk.id),
}


def risks_of(session: Session, collaboration: Collaboration, sort: str = "rating") -> Sequence[Risk]:
    """All its risks, those rated highest first, or as `SORTS` names."""
    query = select(Risk).where(Risk.collaboration_id == collaboration.id).options(joinedload(Risk.owner).load_only(User.name))
    return sorted(session.scalars(query).all(), key=SORTS[sort])


def reviews_of(session: Session, risk: Risk) -> Sequence[RiskReview]:
    """Every assessment it had, the first one first."""
    query = select(RiskReview).where(RiskReview.risk_id == risk.id).options(joinedload(RiskReview.by).load_only(User.name))
    return session.scalars(query.order_by(RiskReview.id)).all()


def red_risks_of(collaboration_id: Any) -> Any:
    """How many of its open risks are rated red, as a column."""
    theirs = Risk.collaboration_id == collaboration_id, Risk._state == RiskState.OPEN
    query = select(func.count()).select_from(Risk).where(*theirs, Risk.likelihood * Risk.impact > AMBER_UP_TO)
    return query.correlate_except(Risk).scalar_subquery()


def risks_to_review(actor: Actor) -> AnySelect | None:
    """Which this person watches and looks at again within the next days."""
    if not actor.is_person:
        return None
    soon = clock.today() + dt.timedelta(days=DAYS_AHEAD)
    return (
        select(
            Risk.id.label("id"),
            Risk.title.label("title"),
            literal("").label("detail"),
            Risk.reviewed_at.label("since"),
            end_of_day(Risk.review_on).label("due_at"),
        )
        .join(Collaboration, Collaboration.id == Risk.collaboration_id)
        .where(Risk.owner_id == actor.id, Risk._state == RiskState.OPEN, Risk.review_on <= soon)
        .where(Collaboration._state.not_in(_OVER), takes_part(actor))
    )


RISK_SOURCES = (
    Source(
        *("risk.review", N_("Assess the risk"), N_("Look at it again")),
        *(lambda number, _detail: f"/risks/{number}/review", risks_to_review),
    ),
)
