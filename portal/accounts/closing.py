"""The end of an account, and its return."""

from collections.abc import Sequence

from sqlalchemy import delete
from sqlalchemy.orm import Session

from portal.accounts.actions import end_all_sessions
from portal.accounts.events import AccountDeactivated, AccountRestored
from portal.accounts.models import Ticket, User
from portal.accounts.states import Closed
from portal.accounts.ties import Tie
from portal.kernel.errors import Refused
from portal.kernel.events import record
from portal.kernel.policy import ADMIN, Actor, require
from portal.kernel.text import N_


def close_own_account(session: Session, account: User, ties: Sequence[Tie], *, actor: Actor) -> None:
    """Close the account of whoever asks; signing in opens it again.

    Raises:
        Refused: something hangs on this person alone, as `ties` say.
    """
    if ties:
        raise Refused(N_("Some things hang on you. Settle what your account's page names first."))
    _close(session, account, Closed.BY_OWNER, actor)


def deactivate_account(session: Session, account: User, *, actor: Actor) -> None:
    """Close somebody's account at once, whatever hangs on it. What the person did stays.

    Raises:
        Forbidden: `actor` does not run the portal.
        Refused: it is the actor's own, or closed already.
    """
    _require_may_decide(account, actor)
    if account.closed is Closed.BY_ADMINISTRATOR:
        raise Refused(N_("This account is closed already."))
    _close(session, account, Closed.BY_ADMINISTRATOR, actor)


def restore_account(session: Session, account: User, *, actor: Actor) -> None:
    """Open somebody's account again, with all that it had.

    Raises:
        Forbidden: `actor` does not run the portal.
        Refused: it is open.
    """
    _require_may_decide(account, actor)
    if account.active:
        raise Refused(N_("This account is open already."))
    _open(session, account, actor)


def return_to_account(session: Session, account: User) -> bool:
    """Open the account of somebody who has just signed in, if they had closed it themselves; says whether they had."""
    if account.closed is not Closed.BY_OWNER:
        return False
    _open(session, account, Actor(account.id))
    return True


def _require_may_decide(account: User, actor: Actor) -> None:
    if actor.is_system:
        return
    require(ADMIN, actor, account)
    if account.id == actor.id:
        raise Refused(N_("This is your own account. Close it on the page of your account."))


def _close(session: Session, account: User, closed: Closed, actor: Actor) -> None:
    account.active, account.closed = False, closed
    session.execute(delete(Ticket).where(Ticket.account_id == account.id))
    end_all_sessions(session, account, actor=actor)
    record(session, AccountDeactivated(), actor=actor, subject=account)


def _open(session: Session, account: User, actor: Actor) -> None:
    account.active, account.closed = True, None
    record(session, AccountRestored(), actor=actor, subject=account)
