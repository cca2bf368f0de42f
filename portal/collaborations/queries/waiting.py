"""What waits for whom: parts of the plan and collaborations that ask for somebody's step."""

import datetime as dt
from typing import Any

from sqlalchemy import String, case, cast, func, literal, or_, select
from sqlalchemy.sql import and_

from portal.collaborations.models import CheckItem, Collaboration, Deliverable
from portal.collaborations.queries.collaborations import RUNNING
from portal.collaborations.states import GIVEN, Checklist, CollaborationState, DeliverableState, ItemState
from portal.kernel import clock
from portal.kernel.db import AnySelect
from portal.kernel.ids import reference
from portal.kernel.policy import Actor
from portal.kernel.text import N_
from portal.kernel.work import AtOnce, Source, end_of_day

DAYS_AHEAD = 30  # how long before its date a deliverable waits for its author


def deliverables_to_hand_in(actor: Actor) -> AnySelect | None:
    """What this person owes within the next weeks, or should change, in running collaborations."""
    if not actor.is_person:
        return None
    soon = clock.today() + dt.timedelta(days=DAYS_AHEAD)
    return _deliverables(
        Collaboration.partner_lead_id == actor.id,
        or_(
            Deliverable._state == DeliverableState.REWORK,
            and_(Deliverable._state == DeliverableState.DUE, Deliverable.due_on <= soon),
        ),
        since=func.coalesce(Deliverable.decided_at, Collaboration.started_at),
    )


def deliverables_to_accept(actor: Actor) -> AnySelect | None:
    """What was handed in to this person."""
    if not actor.is_person:
        return None
    handed_in = Deliverable._state.in_(GIVEN)
    return _deliverables(Collaboration.host_lead_id == actor.id, handed_in, since=Deliverable.submitted_at)


def collaborations_to_start(actor: Actor) -> AnySelect | None:
    """What this person leads and has not started yet."""
    if not actor.is_person:
        return None
    mine = or_(Collaboration.host_lead_id == actor.id, Collaboration.partner_lead_id == actor.id)
    return select(
        Collaboration.id.label("id"),
        Collaboration.title.label("title"),
        literal("").label("detail"),
        Collaboration.opened_at.label("since"),
        end_of_day(Collaboration.starts_on).label("due_at"),
    ).where(mine, Collaboration._state == CollaborationState.PLANNED)


def items_to_settle(actor: Actor) -> AnySelect | None:
    """What is open of the list in force, for the lead of the side that owes it."""
    if not actor.is_person:
        return None
    mine = or_(
        and_(Collaboration.host_lead_id == actor.id, CheckItem.side_id == Collaboration.host_id),
        and_(Collaboration.partner_lead_id == actor.id, CheckItem.side_id == Collaboration.organisation_id),
    )
    before = and_(Collaboration._state == CollaborationState.PLANNED, CheckItem.checklist == Checklist.SET_UP)
    after = and_(Collaboration._state == CollaborationState.CLOSING, CheckItem.checklist == Checklist.CLOSING)
    day = case((CheckItem.checklist == Checklist.SET_UP, Collaboration.starts_on), else_=Collaboration.ends_on)
    return (
        select(
            CheckItem.id.label("id"),
            Collaboration.title.label("title"),
            (cast(Collaboration.id, String) + literal(" ") + cast(CheckItem.checklist, String)).label("detail"),
            CheckItem.asked_at.label("since"),
            end_of_day(day).label("due_at"),
        )
        .join(Collaboration, Collaboration.id == CheckItem.collaboration_id)
        .where(mine, or_(before, after), CheckItem._state == ItemState.OPEN)
    )


def _deliverables(*conditions: Any, since: Any) -> AnySelect:
    return (
        select(
            Deliverable.id.label("id"),
            Deliverable.title.label("title"),
            (cast(Collaboration.id, String) + literal(" ") + cast(Deliverable._state, String)).label("detail"),
            since.label("since"),
            end_of_day(Deliverable.due_on).label("due_at"),
        )
        .join(Collaboration, Collaboration.id == Deliverable.collaboration_id)
        .where(Collaboration._state.in_(RUNNING), *conditions)
    )


def _collaboration_page(_number: int, detail: str) -> str:
    return f"/collaborations/{reference('CO', int(detail.partition(' ')[0]))}"


def _taking_up(number: int, detail: str) -> str | None:
    return f"/deliverables/{number}/steps/take_up" if detail.endswith(f" {DeliverableState.SUBMITTED}") else None


def _list_page(_number: int, detail: str) -> str:
    number, _, checklist = detail.partition(" ")
    return f"/collaborations/{reference('CO', int(number))}/{checklist.replace('_', '-')}"


SOURCES = (
    Source(
        "deliverable.hand_in",
        N_("Hand in"),
        N_("Hand in"),
        lambda number, detail: f"/deliverables/{number}/steps/hand_in",
        deliverables_to_hand_in,
    ),
    Source(
        *("deliverable.accept", N_("Accept or send back"), N_("Look at it")),
        *(_collaboration_page, deliverables_to_accept, AtOnce(N_("Take up the review"), _taking_up)),
    ),
    Source(
        "collaboration.start",
        N_("Start"),
        N_("Open the collaboration"),
        lambda number, detail: f"/collaborations/{reference('CO', number)}",
        collaborations_to_start,
    ),
    Source("collaboration.settle", N_("Settle an item of"), N_("Open the list"), _list_page, items_to_settle),
)
