"""What happens to accounts: sessions, registration, one-time tickets, passwords, second factors, closing."""

import contextlib
import datetime as dt

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.accounts.events import (
    AccountConfirmed,
    AccountRegistered,
    AddressChanged,
    AppRemoved,
    CodesFailed,
    PasswordChanged,
    RecoveryCodesReplaced,
    SecondFactorAdded,
    SecondFactorRemoved,
    SessionEnded,
    SignedIn,
    SignInFailed,
)
from portal.accounts.inputs import Newcomer, address
from portal.accounts.models import AccountSession, Link, Ticket, Token, User, WebAuthn
from portal.accounts.queries import account_by_email, live_ticket
from portal.accounts.states import Kind, Purpose
from portal.accounts.tokens import end_all_tokens
from portal.kernel import clock
from portal.kernel.db import add_unique
from portal.kernel.errors import Invalid, Missing
from portal.kernel.events import record
from portal.kernel.ids import fingerprint, new_token
from portal.kernel.policy import VISITOR, Actor

LIFETIMES = {
    Purpose.CONFIRM: dt.timedelta(hours=1),
    Purpose.RESET: dt.timedelta(hours=1),
    Purpose.SECOND_STEP: dt.timedelta(minutes=10),
    Purpose.NEW_ADDRESS: dt.timedelta(hours=1),
    Purpose.GUARDIAN: dt.timedelta(days=7),
}
MOST_FAILURES = 5  # wrong codes before the password is asked again
NETWORKS_KEPT = dt.timedelta(days=30)  # how long an ended session, with device and network, is remembered
UNCONFIRMED_KEPT = dt.timedelta(days=7)


def open_session(session: Session, account: User, *, device: str = "", network: str = "") -> str:
    """A new signed-in session; returns its token, which is stored nowhere but in the person's cookie."""
    token = new_token()
    now = clock.now()
    session.add(
        AccountSession(
            account_id=account.id,
            fingerprint=fingerprint(token),
            created_at=now,
            seen_at=now,
            device=device[:200],
            network=network[:64],
        )
    )
    record(session, SignedIn(), actor=Actor(account.id), subject=account)
    return token


def touch_session(session: Session, session_id: int) -> None:
    """Note that a session was used just now."""
    session.execute(update(AccountSession).where(AccountSession.id == session_id).values(seen_at=clock.now()))


def end_session(session: Session, account: User, session_id: int, *, actor: Actor) -> None:
    """End one session of `account` at once.

    Raises:
        Missing: `account` has no such live session.
    """
    ended = session.execute(
        update(AccountSession)
        .where(AccountSession.id == session_id, AccountSession.account_id == account.id, AccountSession.ended_at.is_(None))
        .values(ended_at=clock.now())
    )
    if ended.rowcount == 0:  # type: ignore[attr-defined]  # an UPDATE's result has it
        raise Missing
    record(session, SessionEnded(), actor=actor, subject=account)


def end_all_sessions(session: Session, account: User, *, actor: Actor, but: int | None = None) -> None:
    """End every live session of `account`, except the one with id `but`."""
    ended = session.execute(
        update(AccountSession)
        .where(AccountSession.account_id == account.id, AccountSession.ended_at.is_(None), AccountSession.id != (but or 0))
        .values(ended_at=clock.now())
    )
    if ended.rowcount:  # type: ignore[attr-defined]  # as above
        record(session, SessionEnded(), actor=actor, subject=account)


def add_account(session: Session, *, email: str, name: str, kind: Kind, password_hash: str | None = None) -> User:
    """A confirmed account made by the operator or by demonstration data, with a password hash or without."""
    account = _new_account(email.lower(), name, kind, password_hash)
    session.add(account)
    session.flush()
    record(session, AccountRegistered(), actor=Actor(account.id), subject=account)
    confirm(session, account)
    return account


def register(session: Session, wanted: Newcomer, *, password_hash: str | None) -> User | None:
    """An account that waits for its address to be confirmed; None where a confirmed one has that address already.

    Whoever registers an unconfirmed address again starts over: the name, role and password entered last are in force, and
    no sign-in of another service opens it any more.
    """
    account = account_by_email(session, wanted.email)
    if account is not None and account.is_confirmed:
        return None
    if account is not None:
        account.name, account.kind, account.password = wanted.name, wanted.kind, password_hash
        account.born_in, account.guardian_email = wanted.born_in, wanted.guardian or None
        session.execute(delete(Link).where(Link.account_id == account.id))
        session.execute(delete(Ticket).where(Ticket.account_id == account.id, Ticket.purpose == Purpose.GUARDIAN))
        return account
    account = _new_account(wanted.email, wanted.name, wanted.kind, password_hash)
    account.born_in, account.guardian_email = wanted.born_in, wanted.guardian or None
    if not add_unique(session, account):  # the same address a moment ago: its own message is on the way
        return None
    record(session, AccountRegistered(), actor=Actor(account.id), subject=account)
    return account


def confirm(session: Session, account: User) -> None:
    """The address answered; nothing happens where it had already, or where a parent has to agree first."""
    if not account.is_confirmed and not account.waits_for_guardian:
        account.confirmed_at = clock.now().replace(tzinfo=None)  # the library keeps its own times without zone
        record(session, AccountConfirmed(), actor=Actor(account.id), subject=account)


def issue_ticket(session: Session, account: User, purpose: Purpose, *, new_address: str = "") -> str:
    """A token that lets its holder do one thing once, for as long as `LIFETIMES` says."""
    token = new_token()
    session.add(
        Ticket(
            account_id=account.id,
            purpose=purpose,
            fingerprint=fingerprint(token),
            address=account.email,
            new_address=new_address,
            expires_at=clock.now() + LIFETIMES[purpose],
        )
    )
    return token


def take_ticket(session: Session, purpose: Purpose, token: str) -> User:
    """Use up the ticket behind `token`; returns the account it is for.

    Raises:
        Missing: it is unknown, too old, void, or was used a moment ago.
    """
    ticket = live_ticket(session, purpose, token, lock=True)
    if ticket is None:
        raise Missing
    account = ticket.account
    session.delete(ticket)
    session.flush()
    return account


def ask_for_address(session: Session, account: User, address: str) -> str:
    """A token for the owner of `address`, which the account shall have from then on; one asked for earlier is void."""
    session.execute(delete(Ticket).where(Ticket.account_id == account.id, Ticket.purpose == Purpose.NEW_ADDRESS))
    return issue_ticket(session, account, Purpose.NEW_ADDRESS, new_address=address)


def change_address(session: Session, ticket: Ticket, *, actor: Actor, keep: int | None = None) -> str:
    """Give the account the ticket's new address; returns the old one. Every session ends, except the one with id `keep`.

    Raises:
        Missing: somebody has confirmed that address for another account meanwhile.
    """
    account, before, wanted = ticket.account, ticket.account.email, ticket.new_address
    rival = account_by_email(session, wanted)
    if rival is not None and rival.is_confirmed:
        raise Missing
    if rival is not None:  # somebody typed it in, and has not shown that it is theirs
        session.delete(rival)
        session.flush()
    session.execute(delete(Ticket).where(Ticket.account_id == account.id))
    try:
        with session.begin_nested():
            account.email = wanted
    except IntegrityError as faster:
        raise Missing from faster
    end_all_sessions(session, account, actor=actor, but=keep)
    record(session, AddressChanged(), actor=actor, subject=account)
    return before


def count_failure(session: Session, ticket: Ticket) -> bool:
    """One wrong code more; after `MOST_FAILURES` the ticket is gone and the answer is False."""
    ticket.failures += 1
    if ticket.failures < MOST_FAILURES:
        return True
    record(session, CodesFailed(), actor=VISITOR, subject=ticket.account)
    session.delete(ticket)
    return False


def note_failure(session: Session, email: str) -> None:
    """Let the owner of the account with that address, if there is one, see that somebody typed a wrong password."""
    with contextlib.suppress(Invalid):
        account = account_by_email(session, address("email", email))
        if account is not None:
            record(session, SignInFailed(), actor=VISITOR, subject=account)


def set_password(session: Session, account: User, password_hash: str, *, actor: Actor) -> None:
    """A new password. Every session, ticket and token of the account ends with the old one."""
    account.password = password_hash
    account.fs_uniquifier = new_token()  # the library's own tokens hang on it
    session.execute(delete(Ticket).where(Ticket.account_id == account.id))
    end_all_sessions(session, account, actor=actor)
    end_all_tokens(session, account, actor=actor)
    record(session, PasswordChanged(), actor=actor, subject=account)


def add_second_factor(session: Session, account: User, secret: str, codes: list[str], *, actor: Actor) -> None:
    """Ask for a code of an authenticator app, or for a passkey, at sign-in from now on.

    Args:
        secret: the authenticator's secret as `second_factor` encrypts it.
        codes: the fingerprints of the recovery codes.
    """
    account.tf_totp_secret = secret
    begin_to_ask(session, account, "authenticator", codes, actor=actor)


def begin_to_ask(session: Session, account: User, method: str, codes: list[str], *, actor: Actor) -> None:
    """Ask for a second factor at sign-in, `method` to begin with. Every session that began without one ends."""
    account.tf_primary_method = method
    account.mf_recovery_codes = codes
    end_all_sessions(session, account, actor=actor)
    record(session, SecondFactorAdded(), actor=actor, subject=account)


def remove_app(session: Session, account: User, *, actor: Actor) -> None:
    """No codes of an app any more. Passkeys go on being asked for; without any, the password alone opens the account."""
    account.tf_totp_secret = account.totp_counter = None
    if session.scalar(select(WebAuthn.id).where(WebAuthn.user_id == account.id).limit(1)) is None:
        stop_asking(session, account, actor=actor)
        return
    account.tf_primary_method = "passkey"
    record(session, AppRemoved(), actor=actor, subject=account)


def remove_second_factor(session: Session, account: User, *, actor: Actor) -> None:
    """Forget app and passkeys, and ask for the password alone from now on."""
    account.tf_totp_secret = account.totp_counter = None
    session.execute(delete(WebAuthn).where(WebAuthn.user_id == account.id))
    stop_asking(session, account, actor=actor)


def stop_asking(session: Session, account: User, *, actor: Actor) -> None:
    """Ask for the password alone. Every session ends, so that whoever did this must know it."""
    account.tf_primary_method = None
    account.mf_recovery_codes = []
    end_all_sessions(session, account, actor=actor)
    record(session, SecondFactorRemoved(), actor=actor, subject=account)


def replace_recovery_codes(session: Session, account: User, codes: list[str], *, actor: Actor) -> None:
    """New recovery codes, given by their fingerprints; the old ones are void."""
    account.mf_recovery_codes = codes
    record(session, RecoveryCodesReplaced(), actor=actor, subject=account)


def forget_the_expired(session: Session) -> int:
    """Remove tickets and sessions that open nothing any more, and registrations that nobody confirmed; returns how many."""
    now = clock.now()
    never_confirmed = (User.confirmed_at.is_(None), User.create_datetime < (now - UNCONFIRMED_KEPT).replace(tzinfo=None))
    statements = (
        delete(Ticket).where(Ticket.expires_at < now),
        delete(Token).where(Token.expires_at < now - NETWORKS_KEPT),
        delete(AccountSession).where(AccountSession.seen_at < now - NETWORKS_KEPT),
        delete(User).where(*never_confirmed),
    )
    return sum(session.execute(statement).rowcount for statement in statements)  # type: ignore[attr-defined]  # as above


def _new_account(email: str, name: str, kind: Kind, password_hash: str | None) -> User:
    return User(email=email, name=name, kind=kind, password=password_hash, active=True, fs_uniquifier=new_token())
