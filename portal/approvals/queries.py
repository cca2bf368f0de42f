"""Reads over approval slots."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.approvals.models import Approval
from portal.approvals.states import ApprovalState


def all_given(session: Session, subject_type: str, subject_id: int, number: int) -> bool:
    """Whether every slot of this version is approved (and there is at least one)."""
    states = session.scalars(
        select(Approval._state).where(
            Approval.subject_type == subject_type, Approval.subject_id == subject_id, Approval.number == number
        )
    ).all()
    return bool(states) and all(state is ApprovalState.APPROVED for state in states)
