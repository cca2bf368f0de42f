"""Inviting people to an organisation by their address."""

import datetime as dt

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.kernel import clock
from portal.kernel.errors import Invalid, Refused
from portal.kernel.events import Fact, record
from portal.kernel.policy import SYSTEM_ACTOR, Actor, require
from portal.kernel.text import N_
from portal.organisations.events import InvitationSent
from portal.organisations.inputs import Inviting
from portal.organisations.models import Invitation, Organisation
from portal.organisations.policies import ORGANISATION_ADMIN
from portal.organisations.queries import MOST_OPEN, account_with, invitations_due, invitations_to, open_invitations
from portal.organisations.states import InvitationState
from portal.organisations.workflow import INVITATION_FLOW

VALID_FOR = dt.timedelta(days=14)
_AT_ONCE = 200


def invite(session: Session, organisation: Organisation, given: Inviting, *, actor: Actor) -> Invitation:
    """Invite whoever has an address. Nothing shows whether somebody has an account with it.

    Raises:
        Forbidden: `actor` is no administrator of the organisation.
        Refused: the organisation is not verified, or too many invitations are unanswered.
        Invalid: this address is invited already.
    """
    require(ORGANISATION_ADMIN, actor, organisation)
    if not organisation.is_verified:
        raise Refused(N_("This organisation takes no members until an administrator of the portal has checked it."))
    waiting = open_invitations(session, organisation.id)
    if any(each.email == given.email for each in waiting):
        raise Invalid("email", N_("This address is invited already. Withdraw that invitation to send another."))
    if len(waiting) >= MOST_OPEN:
        raise Refused(N_("Too many invitations are unanswered. Withdraw some of them first."))
    invitation = Invitation(
        organisation_id=organisation.id,
        email=given.email,
        account_id=account_with(session, given.email),
        invited_by_id=actor.id,
        roles=[role.value for role in given.roles],
        title=given.title,
        created_at=clock.now(),
        expires_at=clock.now() + VALID_FOR,
    )
    session.add(invitation)
    session.flush()
    record(session, InvitationSent(), actor=actor, subject=invitation)
    return invitation


def open_invitations_to(session: Session, _fact: Fact, account: User, _actor: Actor) -> None:
    """Reaction to a confirmed address: what waits for it is open to its account, and no longer to one that had it before."""
    stale = select(Invitation).where(Invitation.account_id == account.id, Invitation._state == InvitationState.OPEN)
    for invitation in session.scalars(stale).all():
        invitation.account_id = None
    for invitation in invitations_to(session, account.email):
        invitation.account_id = account.id
    session.flush()


def forget_invited(session: Session, _fact: Fact, account: User, _actor: Actor) -> None:
    """Reaction to an erased account: no invitation names it any more."""
    named = or_(Invitation.account_id == account.id, Invitation.email == account.email.lower())
    session.execute(delete(Invitation).where(named))


def expire_invitations(session: Session) -> int:
    """End what nobody answered in time; returns how many."""
    due = invitations_due(session, at_most=_AT_ONCE)
    for invitation in due:
        INVITATION_FLOW.perform(session, invitation, "expire", actor=SYSTEM_ACTOR)
    return len(due)
