"""Reads over collaborations."""

from sqlalchemy import exists, select, union_all
from sqlalchemy.orm import Session, joinedload

from portal.collaborations.models import Collaboration, Deliverable, Milestone
from portal.collaborations.states import DeliverableState, MilestoneState

# What the workspace and its rules need, in one statement; the parts are few.
FULL = (
    joinedload(Collaboration.host),
    joinedload(Collaboration.organisation),
    joinedload(Collaboration.host_lead),
    joinedload(Collaboration.partner_lead),
    joinedload(Collaboration.milestones),
    joinedload(Collaboration.deliverables),
    joinedload(Collaboration.outcomes),
)


def has_deliverables(session: Session, collaboration: Collaboration) -> bool:
    """Whether anything is owed at all."""
    return bool(session.scalar(select(exists().where(Deliverable.collaboration_id == collaboration.id))))


def open_parts(session: Session, collaboration: Collaboration) -> list[str]:
    """Titles of the deliverables and milestones that are neither done nor set aside."""
    return list(
        session.scalars(
            union_all(
                select(Deliverable.title).where(
                    Deliverable.collaboration_id == collaboration.id,
                    Deliverable._state.not_in((DeliverableState.ACCEPTED, DeliverableState.WAIVED)),
                ),
                select(Milestone.title).where(
                    Milestone.collaboration_id == collaboration.id, Milestone._state == MilestoneState.PLANNED
                ),
            )
        )
    )
