"""What belongs to a collaboration beside its plan and its outcomes, as far as a reader of its history may know of it."""

from typing import Any

from sqlalchemy import literal, select, union_all
from sqlalchemy.orm import Session

from portal.collaborations.models import Collaboration, Document, Meeting, MeetingAction, Report, Risk
from portal.collaborations.policies import DOCUMENT_READ, MEETING_ACTION_READ, MEETING_READ, REPORT_READ, RISK_READ
from portal.kernel.policy import Actor

MOST = 500  # of one kind, the newest: a history tells what happened last
_TOLD: tuple[tuple[Any, Any, Any], ...] = (
    (Document, DOCUMENT_READ, Document.title),
    (Meeting, MEETING_READ, Meeting.title),
    (MeetingAction, MEETING_ACTION_READ, MeetingAction.title),
    (Risk, RISK_READ, Risk.title),
    (Report, REPORT_READ, literal("")),  # called as the work it tells of
)


def parts_told(session: Session, actor: Actor, collaboration: Collaboration) -> dict[tuple[str, int], str]:
    """Documents, meetings with what was agreed there, risks and reports by type and number, with their titles: one statement."""
    parts = [
        select(literal(model.__tablename__).label("type"), model.id.label("id"), title.label("title"))
        .where(model.collaboration_id == collaboration.id, read.where(actor))
        .order_by(model.id.desc())
        .limit(MOST)
        .subquery()
        for model, read, title in _TOLD
    ]
    return {
        (row.type, row.id): row.title or collaboration.title
        for row in session.execute(union_all(*(select(part) for part in parts)))
    }
