"""Reads over approval slots."""

from collections.abc import Iterable

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from portal.approvals.models import Approval
from portal.approvals.states import ApprovalState, Side
from portal.kernel.prepared import Question

_STATES = Question(
    select(Approval._state.label("state")).where(
        Approval.subject_type == bindparam("subject_type"),
        Approval.subject_id == bindparam("subject_id"),
        Approval.number == bindparam("number"),
    )
)


def all_given(session: Session, subject_type: str, subject_id: int, number: int) -> bool:
    """Whether every slot of this version is approved (and there is at least one)."""
    session.flush()
    slots = _STATES.rows(session, subject_type=subject_type, subject_id=subject_id, number=number)
    return bool(slots) and all(str(slot.state) == str(ApprovalState.APPROVED) for slot in slots)


def standing_of(slots: Iterable[Approval]) -> dict[Side, Approval]:
    """By side, its approval where that is the last it decided on any version of one subject."""
    decided = (slot for slot in slots if slot.state in (ApprovalState.APPROVED, ApprovalState.RETURNED))
    last = {slot.side: slot for slot in sorted(decided, key=lambda slot: slot.number)}
    return {side: slot for side, slot in last.items() if slot.state is ApprovalState.APPROVED}


def slots_of(session: Session, subject_type: str, subject_id: int) -> list[Approval]:
    """Every slot that was ever opened for one subject."""
    query = select(Approval).where(Approval.subject_type == subject_type, Approval.subject_id == subject_id)
    return list(session.scalars(query.order_by(Approval.id)))
