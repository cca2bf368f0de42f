"""Reads over collaborations."""

import datetime as dt
from typing import Any

from sqlalchemy import String, cast, func, literal, or_, select
from sqlalchemy.orm import Session, joinedload
from sqlalchemy.sql import and_

from portal.accounts.models import User
from portal.accounts.ties import Tie
from portal.collaborations.models import Collaboration, Deliverable, Milestone, Outcome
from portal.collaborations.policies import READ
from portal.collaborations.states import CollaborationState, DeliverableState
from portal.kernel import clock
from portal.kernel.db import AnySelect
from portal.kernel.events import Event
from portal.kernel.ids import reference
from portal.kernel.paging import newest_first
from portal.kernel.policy import Actor
from portal.kernel.text import N_
from portal.kernel.work import Source, end_of_day
from portal.organisations.queries import NAMED

DAYS_AHEAD = 30  # how long before its date a deliverable waits for its author
_RUNNING = (CollaborationState.ACTIVE, CollaborationState.CLOSING)

BRIEF = (
    joinedload(Collaboration.host).load_only(*NAMED),
    joinedload(Collaboration.organisation).load_only(*NAMED),
)
# What the workspace and its rules need, in one statement; the parts are few.
FULL = (
    *BRIEF,
    joinedload(Collaboration.host_lead).load_only(User.name),
    joinedload(Collaboration.partner_lead).load_only(User.name),
    joinedload(Collaboration.milestones),
    joinedload(Collaboration.deliverables),
    joinedload(Collaboration.outcomes),
)


def collaborations_of(actor: Actor, cursor: str | None, *, state: CollaborationState | None = None) -> AnySelect:
    """The collaborations this person may read, the newest first, one page from `cursor` on."""
    query = select(Collaboration).options(*BRIEF)
    query = query.where(READ.where(actor))
    if state is not None:
        query = query.where(Collaboration._state == state)
    return newest_first(query, Collaboration.id, cursor)


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
    handed_in = Deliverable._state == DeliverableState.SUBMITTED
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


def figures(session: Session) -> dict[str, int]:
    """How many collaborations run, and how many outcomes are recorded: counts only, for everybody."""
    running = select(func.count()).select_from(Collaboration).where(Collaboration._state.in_(_RUNNING)).scalar_subquery()
    outcomes = select(func.count()).select_from(Outcome).scalar_subquery()
    row = session.execute(select(running, outcomes)).one()
    return {"collaborations": row[0], "outcomes": row[1]}


def parties_of(session: Session, event: Event) -> tuple[int, int, int, int] | None:
    """Host lead, partner lead, host and partner organisation of the collaboration a fact is about (or one of its parts)."""
    parts: dict[str, type[Milestone] | type[Deliverable]] = {"milestone": Milestone, "deliverable": Deliverable}
    part = parts.get(event.subject_type)
    query = select(
        Collaboration.host_lead_id, Collaboration.partner_lead_id, Collaboration.host_id, Collaboration.organisation_id
    )
    if part is None:
        query = query.where(Collaboration.id == event.subject_id)
    else:
        query = query.join(part, part.collaboration_id == Collaboration.id).where(part.id == event.subject_id)
    row = session.execute(query).one_or_none()
    return (row[0], row[1], row[2], row[3]) if row else None


def _deliverables(*conditions: Any, since: Any) -> AnySelect:
    return (
        select(
            Deliverable.id.label("id"),
            Deliverable.title.label("title"),
            cast(Collaboration.id, String).label("detail"),
            since.label("since"),
            end_of_day(Deliverable.due_on).label("due_at"),
        )
        .join(Collaboration, Collaboration.id == Deliverable.collaboration_id)
        .where(Collaboration._state.in_(_RUNNING), *conditions)
    )


def _collaboration_page(_number: int, detail: str) -> str:
    return f"/collaborations/{reference('CO', int(detail))}"


SOURCES = (
    Source(
        "deliverable.hand_in",
        N_("Hand in"),
        N_("Hand in"),
        lambda number, detail: f"/deliverables/{number}/steps/hand_in",
        deliverables_to_hand_in,
    ),
    Source("deliverable.accept", N_("Accept or send back"), N_("Look at it"), _collaboration_page, deliverables_to_accept),
    Source(
        "collaboration.start",
        N_("Start"),
        N_("Open the collaboration"),
        lambda number, detail: f"/collaborations/{reference('CO', number)}",
        collaborations_to_start,
    ),
)


def led_by(account_id: int) -> AnySelect:
    """The collaborations that go on and are led by this person on either side."""
    mine = or_(Collaboration.host_lead_id == account_id, Collaboration.partner_lead_id == account_id)
    ended = (CollaborationState.CLOSED, CollaborationState.TERMINATED)
    query = select(Collaboration.id, Collaboration.title.label("title"), literal("").label("detail"))
    return query.where(mine, Collaboration._state.not_in(ended))


LED = Tie(
    "collaboration",
    N_("You lead it: it has to be closed, or ended early, first."),
    lambda number, _detail: f"/collaborations/{reference('CO', number)}",
    led_by,
)
