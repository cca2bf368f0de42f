"""Opening and setting aside slots, called by the feature whose thing needs approving; and filling several at once."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import insert, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from portal.approvals.events import ApprovalAsked
from portal.approvals.models import Approval
from portal.approvals.policies import READ
from portal.approvals.states import ApprovalState, Side
from portal.approvals.workflow import APPROVAL_FLOW, Consent
from portal.kernel import clock
from portal.kernel.errors import Forbidden, Missing, Refused, Stale
from portal.kernel.events import About
from portal.kernel.policy import SYSTEM_ACTOR, Actor
from portal.kernel.text import Words

DAYS_TO_APPROVE = 10
_OPEN = insert(Approval.metadata.tables[Approval.__tablename__])


@dataclass(frozen=True)
class Slots:
    """What is to be approved, and by whom: `organisations` maps each side to its organisation's id."""

    subject_type: str
    subject_id: int
    number: int
    organisations: dict[Side, int]
    author_id: int
    owner_id: int


def open_slots(session: Session, slots: Slots) -> list[About]:
    """Open one slot per side for one version; its author and the person who accepted it can fill neither.

    Returns what the caller records: that each was asked for.
    """
    asked = ApprovalAsked(slots.subject_type, slots.subject_id, slots.number)
    same = {
        "subject_type": slots.subject_type,
        "subject_id": slots.subject_id,
        "number": slots.number,
        "requester_id": slots.author_id,
        "counterpart_id": slots.owner_id,
        "asked_at": clock.now(),
        "due_at": clock.now() + dt.timedelta(days=DAYS_TO_APPROVE),
        "version": 1,
    }
    session.flush()  # whoever accepts at the same time is told so here
    connection, opened = session.connection(), []
    for side, organisation_id in slots.organisations.items():
        key = connection.execute(_OPEN, same | {"side": side, "organisation_id": organisation_id}).inserted_primary_key
        opened.append(About(asked, Approval, key[0], organisation_id))  # type: ignore[index]  # whatever was inserted has one
    return opened


def void_slots(session: Session, subject_type: str, subject_id: int) -> None:
    """Set aside every open or given approval of a subject: its version no longer counts."""
    live = select(Approval).where(
        Approval.subject_type == subject_type,
        Approval.subject_id == subject_id,
        Approval._state.in_((ApprovalState.OPEN, ApprovalState.APPROVED)),
    )
    for slot in session.scalars(live).all():
        APPROVAL_FLOW.perform(session, slot, "void", actor=SYSTEM_ACTOR)


@dataclass(frozen=True)
class Outcome:
    """What became of one row of several: `why` is empty where it went through."""

    slot_id: int
    slot: Approval | None
    why: Words | None = None


def approve_each(session: Session, picked: Sequence[tuple[int, int]], *, actor: Actor) -> list[Outcome]:
    """Approve several slots, each for itself: one that cannot be approved does not hold up the others.

    Args:
        picked: pairs of a slot's id and the `version` of the slot the officer saw.
    """
    return [_approve_one(session, slot_id, version, actor) for slot_id, version in picked]


def _approve_one(session: Session, slot_id: int, version: int, actor: Actor) -> Outcome:
    slot = session.get(Approval, slot_id)
    if slot is None or not READ.holds(actor, slot):
        return Outcome(slot_id, None, Missing().why)
    try:
        if slot.version != version:
            raise Stale
        with session.begin_nested():
            APPROVAL_FLOW.perform(session, slot, "approve", actor=actor, given=Consent())
    except (Refused, Forbidden) as problem:
        return Outcome(slot_id, slot, problem.why)
    except StaleDataError:
        return Outcome(slot_id, slot, Stale().why)
    return Outcome(slot_id, slot)
