"""Passkeys of an account: which there are, a new one, another name, none any more.

A passkey that checks its user – by finger, face or number – opens the account alone. Any is a second factor besides a password.
"""

from dataclasses import dataclass, field

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload, load_only

from portal.accounts.actions import begin_to_ask, stop_asking
from portal.accounts.events import PasskeyAdded, PasskeyRemoved, PasskeyRenamed
from portal.accounts.models import User, WebAuthn
from portal.kernel import clock
from portal.kernel.errors import Missing, Refused
from portal.kernel.events import record
from portal.kernel.policy import Actor
from portal.kernel.text import N_

MOST = 10
ALONE, BESIDES = "first", "secondary"  # what a passkey is good for, in the library's words
_SHOWN = load_only(WebAuthn.name, WebAuthn.usage, WebAuthn.create_datetime, WebAuthn.lastuse_datetime)


@dataclass(frozen=True)
class NewPasskey:
    """What an authenticator made, after its answer was found right."""

    credential_id: bytes
    public_key: bytes = field(repr=False)
    sign_count: int
    device_type: str
    backed_up: bool
    checks_user: bool
    transports: tuple[str, ...] = ()


def passkeys_of(session: Session, account_id: int) -> list[WebAuthn]:
    """What somebody sees of their passkeys, the oldest first."""
    return list(session.scalars(_of(account_id).options(_SHOWN)))


def credentials_of(session: Session, account_id: int) -> list[WebAuthn]:
    """The same with what an authenticator knows them by."""
    return list(session.scalars(_of(account_id)))


def passkey_of(session: Session, account_id: int, passkey_id: int) -> WebAuthn:
    """One of somebody's passkeys.

    Raises:
        Missing: this account has no such passkey.
    """
    found = session.scalars(_of(account_id).where(WebAuthn.id == passkey_id)).one_or_none()
    if found is None:
        raise Missing
    return found


def passkey_known_as(session: Session, credential_id: bytes) -> WebAuthn | None:
    """The passkey an authenticator calls so, with its account; others who want to use it at this moment wait."""
    query = select(WebAuthn).where(WebAuthn.credential_id == credential_id).options(joinedload(WebAuthn.user, innerjoin=True))
    return session.scalars(query.with_for_update(of=WebAuthn)).one_or_none()


def add_passkey(session: Session, account: User, name: str, made: NewPasskey, *, actor: Actor) -> WebAuthn:
    """One more way to show who one is. Lock the account's row before.

    Raises:
        Refused: the account has as many as it may, or an authenticator is registered already, here or with somebody else.
    """
    if session.scalar(select(func.count()).where(WebAuthn.user_id == account.id)) >= MOST:  # type: ignore[operator]  # a count
        raise Refused(N_("An account has at most ten passkeys. Remove one that you no longer use."))
    if session.scalar(select(WebAuthn.id).where(WebAuthn.credential_id == made.credential_id)) is not None:
        raise Refused(N_("This passkey is registered already."))
    now = clock.now().replace(tzinfo=None)  # the library keeps its own times without zone
    passkey = WebAuthn(
        user_id=account.id,
        name=name,
        credential_id=made.credential_id,
        public_key=made.public_key,
        sign_count=made.sign_count,
        transports=list(made.transports),
        backup_state=made.backed_up,
        device_type=made.device_type,
        usage=ALONE if made.checks_user else BESIDES,
        create_datetime=now,
        lastuse_datetime=now,
    )
    session.add(passkey)
    record(session, PasskeyAdded(), actor=actor, subject=account)
    return passkey


def ask_for_passkey(session: Session, account: User, codes: list[str], *, actor: Actor) -> None:
    """Let the account's first passkey be its second factor. Every session that began without one ends.

    Args:
        codes: the fingerprints of the recovery codes.
    """
    begin_to_ask(session, account, "passkey", codes, actor=actor)


def rename_passkey(session: Session, passkey: WebAuthn, name: str, *, account: User, actor: Actor) -> None:
    """Another name, by which its owner tells it from others."""
    if passkey.name != name:
        passkey.name = name
        record(session, PasskeyRenamed(), actor=actor, subject=account)


def remove_passkey(session: Session, passkey: WebAuthn, *, account: User, actor: Actor) -> bool:
    """It opens nothing any more; says whether that was the account's last second factor, so that the password alone is left."""
    session.delete(passkey)
    session.flush()
    record(session, PasskeyRemoved(), actor=actor, subject=account)
    if account.has_app or session.scalar(select(WebAuthn.id).where(WebAuthn.user_id == account.id).limit(1)) is not None:
        return False
    stop_asking(session, account, actor=actor)
    return True


def _of(account_id: int) -> Select[WebAuthn]:
    return select(WebAuthn).where(WebAuthn.user_id == account_id).order_by(WebAuthn.id)
