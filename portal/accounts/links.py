"""Sign-ins of other services that open an account: made, used, taken away. An address alone never makes one."""

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, joinedload

from portal.accounts.actions import register
from portal.accounts.events import AccountLinked, AccountUnlinked
from portal.accounts.inputs import Newcomer
from portal.accounts.models import Link, User, WebAuthn
from portal.accounts.oidc import Shown
from portal.kernel import clock
from portal.kernel.db import add_unique
from portal.kernel.errors import Missing, Refused
from portal.kernel.events import record
from portal.kernel.policy import Actor
from portal.kernel.text import N_


def links_of(session: Session, account_id: int) -> list[Link]:
    """Somebody's links, the oldest first."""
    return list(session.scalars(select(Link).where(Link.account_id == account_id).order_by(Link.id)))


def link_of(session: Session, issuer: str, subject: str, *, lock: bool = False) -> Link | None:
    """The link of whom a provider calls so, with its account."""
    query = select(Link).where(Link.issuer == issuer, Link.subject == subject)
    query = query.options(joinedload(Link.account, innerjoin=True))
    return session.scalars(query.with_for_update(of=Link) if lock else query).one_or_none()


def link_account(session: Session, account: User, shown: Shown, *, actor: Actor) -> None:
    """Let whom the provider means open `account` from now on; asked twice, it is once.

    Raises:
        Refused: they open another account already.
    """
    known = link_of(session, shown.issuer, shown.subject, lock=True)
    if known is not None and known.account_id == account.id:
        return
    if known is not None and not known.account.is_confirmed:  # a registration that was never finished
        session.delete(known)
        session.flush()
        known = None
    if known is not None or not add_unique(session, _link(account, shown)):
        raise Refused(N_("This sign-in opens another account already. Unlink it there first."))
    record(session, AccountLinked(), actor=actor, subject=account)


def unlink_account(session: Session, account: User, link_id: int, *, actor: Actor) -> None:
    """Whoever that was opens the account no longer. Lock the account's row before.

    Raises:
        Missing: the account has no such link.
        Refused: nothing else would open the account.
    """
    links = links_of(session, account.id)
    found = next((link for link in links if link.id == link_id), None)
    if found is None:
        raise Missing
    if len(links) == 1 and account.password is None and not _has_own_key(session, account):
        raise Refused(N_("This is the only way into your account. Choose a password first, or add a passkey."))
    session.delete(found)
    record(session, AccountUnlinked(), actor=actor, subject=account)


def register_with(session: Session, wanted: Newcomer, shown: Shown) -> User | None:
    """An account without a password that waits for its address to be confirmed by whoever showed `shown`.

    None where a confirmed account has that address already: nothing becomes of it, and nothing is linked.
    """
    account = register(session, wanted, password_hash=None)
    if account is not None:
        link_account(session, account, shown, actor=Actor(account.id))
    return account


def forget_links(session: Session, account: User) -> None:
    """Take every link from a registration whose address somebody has confirmed who did not make them."""
    session.execute(delete(Link).where(Link.account_id == account.id))


def _has_own_key(session: Session, account: User) -> bool:
    query = select(WebAuthn.id).where(WebAuthn.user_id == account.id, WebAuthn.usage == "first").limit(1)
    return session.scalar(query) is not None


def _link(account: User, shown: Shown) -> Link:
    now = clock.now()
    return Link(account_id=account.id, issuer=shown.issuer, subject=shown.subject, made_at=now, used_at=now)
