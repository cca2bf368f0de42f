"""Reads over the plan."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from portal.accounts.models import User
from portal.collaborations.models import Collaboration, Deliverable, HandedIn, PlanMove, WorkPackage

PACKAGE = (joinedload(WorkPackage.collaboration), joinedload(WorkPackage.after))


def packages_of(session: Session, collaboration: Collaboration) -> Sequence[WorkPackage]:
    """Its work packages with what each builds on, what begins first first."""
    query = select(WorkPackage).where(WorkPackage.collaboration_id == collaboration.id)
    query = query.options(joinedload(WorkPackage.after)).order_by(WorkPackage.starts_on, WorkPackage.id)
    return session.scalars(query).unique().all()


def moves_of(session: Session, collaboration: Collaboration) -> Sequence[PlanMove]:
    """Each date that moved, and each work package that was taken out, the newest first."""
    query = select(PlanMove).where(PlanMove.collaboration_id == collaboration.id)
    return session.scalars(query.options(joinedload(PlanMove.by).load_only(User.name)).order_by(PlanMove.id.desc())).all()


def hand_ins_of(session: Session, deliverable: Deliverable) -> Sequence[HandedIn]:
    """Everything that was handed in for it with the answers, the last first."""
    query = (
        select(HandedIn)
        .where(HandedIn.deliverable_id == deliverable.id)
        .options(joinedload(HandedIn.by).load_only(User.name), joinedload(HandedIn.answered_by).load_only(User.name))
        .order_by(HandedIn.number.desc())
    )
    return session.scalars(query).all()
