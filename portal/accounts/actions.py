"""Opening and ending sessions, and making accounts without a browser."""

from sqlalchemy import update
from sqlalchemy.orm import Session

from portal.accounts.events import AccountConfirmed, AccountRegistered, SessionEnded, SignedIn
from portal.accounts.models import AccountSession, Kind, User
from portal.kernel import clock
from portal.kernel.errors import Missing
from portal.kernel.events import record
from portal.kernel.ids import fingerprint, new_token
from portal.kernel.policy import Actor


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
    session.execute(
        update(AccountSession)
        .where(AccountSession.account_id == account.id, AccountSession.ended_at.is_(None), AccountSession.id != (but or 0))
        .values(ended_at=clock.now())
    )
    record(session, SessionEnded(), actor=actor, subject=account)


def add_account(session: Session, *, email: str, name: str, kind: Kind, password_hash: str | None = None) -> User:
    """A confirmed account made by the operator or by demonstration data, with a password hash or without."""
    account = User(
        email=email.lower(),
        name=name,
        kind=kind,
        password=password_hash,
        active=True,
        fs_uniquifier=new_token(),
        confirmed_at=clock.now().replace(tzinfo=None),  # the library keeps its own times without zone
    )
    session.add(account)
    session.flush()
    record(session, AccountRegistered(), actor=Actor(account.id), subject=account)
    record(session, AccountConfirmed(), actor=Actor(account.id), subject=account)
    return account
