"""Opening and setting aside slots, called by the feature whose thing needs approving; and filling several at once."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

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
class Before:
    """A side's approval of an earlier version, and what of it the new version changed."""

    slot: Approval
    touched: Sequence[str]


@dataclass(frozen=True)
class Slots:
    """What is to be approved, and by whom: `organisations` maps each side to its organisation's id, `before` to what it gave."""

    subject_type: str
    subject_id: int
    number: int
    organisations: dict[Side, int]
    author_id: int
    owner_id: int
    before: Mapping[Side, Before] = field(default_factory=dict)


def open_slots(session: Session, slots: Slots) -> list[About]:
    """Open one slot per side for one version; its author and the person who accepted it can fill neither.

    An earlier approval goes on where nothing of what it covers changed, unless it was given by one of these two.

    Returns what the caller records: that each of the others was asked for.
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
        "touched": [],
    }
    session.flush()  # whoever accepts at the same time is told so here
    connection, opened = session.connection(), []
    for side, organisation_id in slots.organisations.items():
        before = slots.before.get(side)
        values = same | {"side": side, "organisation_id": organisation_id} | _given(slots, before)
        key: int = connection.execute(_OPEN, values).inserted_primary_key[0]  # type: ignore[index]  # whatever was inserted has one
        if before and "decided_by_id" in values:
            APPROVAL_FLOW.perform(session, session.get_one(Approval, key), "keep", actor=SYSTEM_ACTOR)
        else:
            opened.append(About(asked, Approval, key, organisation_id))
    return opened


def _given(slots: Slots, before: Before | None) -> dict[str, Any]:
    """What the new slot takes over: which version was approved and what changed of it, else who approved and with which words."""
    if before is None or before.slot.decided_by_id in (slots.author_id, slots.owner_id):
        return {}
    found = {"given_for": before.slot.read_number, "touched": list(before.touched)}
    kept = {name: getattr(before.slot, name) for name in ("decided_by_id", "decided_at", "note")}
    return found if before.touched else found | kept


def void_slots(session: Session, subject_type: str, subject_id: int, *states: ApprovalState) -> None:
    """Set aside what is waited for and what was given, or only what is in `states`: its version no longer counts."""
    live = select(Approval).where(
        Approval.subject_type == subject_type,
        Approval.subject_id == subject_id,
        Approval._state.in_(states or (ApprovalState.OPEN, ApprovalState.APPROVED)),
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
