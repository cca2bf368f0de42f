"""Reads over invitations."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from portal.accounts.models import User
from portal.kernel import clock
from portal.organisations.models import Invitation
from portal.organisations.states import InvitationState

MOST_OPEN = 100  # unanswered invitations of one organisation


def open_invitations(session: Session, organisation_id: int) -> Sequence[Invitation]:
    """What an organisation waits for, the latest first, with those who invited."""
    return session.scalars(
        select(Invitation)
        .options(joinedload(Invitation.invited_by).load_only(User.name))
        .where(Invitation.organisation_id == organisation_id, Invitation._state == InvitationState.OPEN)
        .order_by(Invitation.id.desc())
        .limit(MOST_OPEN)
    ).all()


def invitations_to(session: Session, email: str) -> Sequence[Invitation]:
    """What waits for whoever has this address."""
    query = select(Invitation).where(Invitation.email == email.lower(), Invitation._state == InvitationState.OPEN)
    return session.scalars(query.order_by(Invitation.id)).all()


def invitations_due(session: Session, *, at_most: int) -> Sequence[Invitation]:
    """Those that nobody answered in time."""
    query = select(Invitation).where(Invitation._state == InvitationState.OPEN, Invitation.expires_at <= clock.now())
    return session.scalars(query.order_by(Invitation.id).limit(at_most)).all()


def account_with(session: Session, email: str) -> int | None:
    """Whose confirmed address this is."""
    query = select(User.id).where(func.lower(User.email) == email.lower(), User.confirmed_at.is_not(None), User.active)
    return session.scalars(query).first()
