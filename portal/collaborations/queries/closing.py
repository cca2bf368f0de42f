"""What is still open when a collaboration shall close, beside the parts of its plan."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.collaborations.models import CheckItem, Collaboration, Report
from portal.collaborations.states import TO_WRITE, Checklist, ItemState, ReportState


@dataclass(frozen=True)
class Left:
    """How many of each are open: items of the closing list, reports."""

    items: int
    reports: int


def left_to_close(session: Session, collaboration: Collaboration) -> Left:
    """Count what keeps it from closing."""
    items = select(func.count()).where(
        CheckItem.collaboration_id == collaboration.id,
        CheckItem.checklist == Checklist.CLOSING,
        CheckItem._state == ItemState.OPEN,
    )
    reports = select(func.count()).where(Report.collaboration_id == collaboration.id, Report._state.in_(_OPEN))
    row = session.execute(select(items.scalar_subquery(), reports.scalar_subquery())).one()
    return Left(*row)


def open_reports_of(session: Session, collaboration: Collaboration) -> Sequence[Report]:
    """Reports that are neither accepted nor skipped."""
    query = select(Report).where(Report.collaboration_id == collaboration.id, Report._state.in_(_OPEN))
    return session.scalars(query.order_by(Report.due_on, Report.id)).all()


_OPEN = (*TO_WRITE, ReportState.SUBMITTED)
