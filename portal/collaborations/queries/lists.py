"""Reads over the two lists and the judgements of the work."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from portal.accounts.models import User
from portal.collaborations.models import CheckItem, Collaboration, HealthNote
from portal.collaborations.states import Checklist, ItemState
from portal.organisations.queries import NAMED

ITEM = (joinedload(CheckItem.collaboration),)


def items_of(session: Session, collaboration: Collaboration, checklist: Checklist) -> Sequence[CheckItem]:
    """One of its lists, in the order in which it was made."""
    query = (
        select(CheckItem)
        .where(CheckItem.collaboration_id == collaboration.id, CheckItem.checklist == checklist)
        .options(joinedload(CheckItem.side).load_only(*NAMED), joinedload(CheckItem.settled_by).load_only(User.name))
        .order_by(CheckItem.id)
    )
    return session.scalars(query).all()


def items_open(session: Session, collaboration: Collaboration, checklist: Checklist) -> int:
    """How many items of a list nobody has settled or waived."""
    theirs = (CheckItem.collaboration_id == collaboration.id, CheckItem.checklist == checklist)
    query = select(func.count()).select_from(CheckItem).where(*theirs, CheckItem._state == ItemState.OPEN)
    return session.scalar(query) or 0


def judgements_of(session: Session, collaboration: Collaboration) -> Sequence[HealthNote]:
    """What its leads said of the work, the newest first."""
    query = select(HealthNote).where(HealthNote.collaboration_id == collaboration.id)
    return session.scalars(query.options(joinedload(HealthNote.by).load_only(User.name)).order_by(HealthNote.id.desc())).all()
