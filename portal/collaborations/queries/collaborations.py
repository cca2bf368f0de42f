"""Reads over collaborations: the list of one's own, and those who take part."""

from typing import Any

from sqlalchemy import literal, or_, select
from sqlalchemy.orm import Session, joinedload, undefer

from portal.accounts.models import User
from portal.accounts.ties import Tie
from portal.collaborations.models import (
    ChangeRequest,
    Claim,
    Collaboration,
    Deliverable,
    Document,
    HandOver,
    Meeting,
    MeetingAction,
    Milestone,
    Outcome,
    Participant,
    Report,
    Risk,
)
from portal.collaborations.policies import SEES
from portal.collaborations.states import CollaborationState
from portal.kernel.db import AnySelect
from portal.kernel.events import Event
from portal.kernel.ids import reference
from portal.kernel.paging import newest_first
from portal.kernel.policy import Actor
from portal.kernel.text import N_
from portal.organisations.queries import NAMED

_WORK = (Milestone, Deliverable, Report, Claim, ChangeRequest, Meeting, MeetingAction)
_OWN = (*_WORK, Participant, HandOver, Outcome, Document, Risk)
_PARTS: dict[str, Any] = {model.__tablename__: model for model in _OWN}
RUNNING = (CollaborationState.ACTIVE, CollaborationState.CLOSING)

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
    query = select(Collaboration).options(*BRIEF, undefer(Collaboration.risk_mark))
    query = query.where(SEES.where(actor))
    if state is not None:
        query = query.where(Collaboration._state == state)
    return newest_first(query, Collaboration.id, cursor)


def parties_of(session: Session, event: Event) -> tuple[int, int, int, int] | None:
    """Host lead, partner lead, host and partner organisation of the collaboration a fact is about (or one of its parts)."""
    part = _PARTS.get(event.subject_type)
    query = select(
        Collaboration.host_lead_id, Collaboration.partner_lead_id, Collaboration.host_id, Collaboration.organisation_id
    )
    if part is None:
        query = query.where(Collaboration.id == event.subject_id)
    else:
        query = query.join(part, part.collaboration_id == Collaboration.id).where(part.id == event.subject_id)
    row = session.execute(query).one_or_none()
    return (row[0], row[1], row[2], row[3]) if row else None


def led_by(account_id: int) -> AnySelect:
    """The collaborations that go on and are led by this person on either side."""
    mine = or_(Collaboration.host_lead_id == account_id, Collaboration.partner_lead_id == account_id)
    ended = (CollaborationState.CLOSED, CollaborationState.TERMINATED)
    query = select(Collaboration.id, Collaboration.title.label("title"), literal("").label("detail"))
    return query.where(mine, Collaboration._state.not_in(ended))


LED = Tie(
    "collaboration",
    N_("You lead it: hand it over to somebody of your organisation first, or close it."),
    lambda number, _detail: f"/collaborations/{reference('CO', number)}",
    led_by,
)
