"""Reads over approval slots."""

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from portal.approvals.models import Approval
from portal.approvals.states import ApprovalState
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
