"""The end of an account, and its return."""

from collections.abc import Sequence

from sqlalchemy import delete
from sqlalchemy.orm import Session

from portal.accounts.actions import end_all_sessions
from portal.accounts.events import AccountDeactivated, AccountErased, AccountRestored
from portal.accounts.models import AccountSession, Link, Ticket, Token, User, WebAuthn
from portal.accounts.states import Closed
from portal.accounts.ties import Tied
from portal.accounts.tokens import end_all_tokens
from portal.kernel.errors import Missing, Refused
from portal.kernel.events import record
from portal.kernel.ids import new_token
from portal.kernel.policy import ADMIN, Actor, require
from portal.kernel.text import N_

FORMER_MEMBER = "Former member"  # a name like any other from then on: wherever names stand, this one does
_NOWHERE = "erased.invalid"  # a domain that never gets a mail (RFC 2606)
_EMPTIED = (
    *("username", "password", "tf_primary_method", "tf_totp_secret", "tf_phone_number", "totp_counter", "us_totp_secrets"),
    *(
        "us_phone_number",
        "fs_webauthn_user_handle",
        "born_in",
        "guardian_email",
        "guardian_agreed_at",
        "last_login_at",
        "last_login_ip",
        "current_login_at",
        "current_login_ip",
    ),
)


def close_own_account(session: Session, account: User, ties: Sequence[Tied], *, actor: Actor) -> None:
    """Close the account of whoever asks; signing in opens it again.

    Raises:
        Refused: something hangs on this person alone, as `ties` say.
    """
    if ties:
        raise Refused(N_("Some things hang on you. Settle what your account's page names first."))
    _close(session, account, Closed.BY_OWNER, actor)


def erase_account(session: Session, account: User, ties: Sequence[Tied], *, actor: Actor) -> None:
    """Remove for good whatever says who this was; what others have part in stays readable, as `FORMER_MEMBER`'s.

    Features hear of it first, while the account still says whose rows they have to remove.

    Raises:
        Refused: something hangs on this person alone, as `ties` say.
    """
    if ties:
        raise Refused(N_("Some things hang on you. Settle what your account's page names first."))
    record(session, AccountErased(), actor=actor, subject=account)
    for rows in (Ticket.account_id, AccountSession.account_id, Link.account_id, Token.account_id, WebAuthn.user_id):
        session.execute(delete(rows.class_).where(rows == account.id))
    account.name, account.email = FORMER_MEMBER, f"former-member-{account.id}@{_NOWHERE}"
    account.active, account.closed, account.is_admin = False, Closed.ERASED, False
    account.language, account.time_zone, account.fs_uniquifier = "en", "", new_token()
    account.mf_recovery_codes = []
    for column in _EMPTIED:
        setattr(account, column, None)


def deactivate_account(session: Session, account: User, *, actor: Actor) -> None:
    """Close somebody's account at once, whatever hangs on it. What the person did stays.

    Raises:
        Forbidden: `actor` does not run the portal.
        Missing: it was erased.
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
        Missing: it was erased.
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
    if account.closed is Closed.ERASED:
        raise Missing
    if actor.is_system:
        return
    require(ADMIN, actor, account)
    if account.id == actor.id:
        raise Refused(N_("This is your own account. Close it on the page of your account."))


def _close(session: Session, account: User, closed: Closed, actor: Actor) -> None:
    account.active, account.closed = False, closed
    session.execute(delete(Ticket).where(Ticket.account_id == account.id))
    end_all_sessions(session, account, actor=actor)
    end_all_tokens(session, account, actor=actor)
    record(session, AccountDeactivated(), actor=actor, subject=account)


def _open(session: Session, account: User, actor: Actor) -> None:
    account.active, account.closed = True, None
    record(session, AccountRestored(), actor=actor, subject=account)
