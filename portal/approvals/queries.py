"""Reads over approval slots."""

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from portal.approvals.models import Approval
from portal.approvals.states import ApprovalState

_STATES = select(Approval._state).where(
    Approval.subject_type == bindparam("subject_type"),
    Approval.subject_id == bindparam("subject_id"),
    Approval.number == bindparam("number"),
)


def all_given(session: Session, subject_type: str, subject_id: int, number: int) -> bool:
    """Whether every slot of this version is approved (and there is at least one)."""
    states = session.scalars(_STATES, {"subject_type": subject_type, "subject_id": subject_id, "number": number}).all()
    return bool(states) and all(state is ApprovalState.APPROVED for state in states)
