"""Hashing and comparing passwords, so slowly that guessing does not pay, and equally slowly for accounts that do not exist.

One hash takes a quarter of a second. Whoever asks gives up the request's transaction first, so that others may write
meanwhile: ask before anything is changed.
"""

from typing import cast

from flask import current_app, g
from flask_security import Security
from flask_security.utils import hash_password, verify_password

from portal.accounts.inputs import address
from portal.accounts.models import User
from portal.accounts.queries import account_by_email, account_of
from portal.accounts.strength import MOST
from portal.kernel.errors import Invalid
from portal.web.database import database_of


def hashed(password: str) -> str:
    """What is stored of `password`: argon2id, over the whole of it."""
    _give_way()
    return str(hash_password(_library().password_util.normalize(password)))


def account_with(email: str, password: str) -> User | None:
    """The open account, confirmed or not, that both belong to; the answer takes the same time whatever it is."""
    _give_way()
    with database_of().reading() as session:
        account = account_by_email(session, _as_kept(email))
    return account if _is_right(account, password) else None


def is_own(account_id: int, password: str) -> bool:
    """Whether `password` is that of the account."""
    _give_way()
    with database_of().reading() as session:
        account = account_of(session, account_id)
    return _is_right(account, password)


def about(account: User) -> tuple[str, ...]:
    """The texts whose words no password of `account` may be made of."""
    return (account.name, account.email, current_app.extensions["settings"].portal_name)


def _is_right(account: User | None, password: str) -> bool:
    """None and accounts without a password take as long to say no."""
    stored = account.password if account is not None and account.may_enter else None
    if stored is None or len(password) > MOST or any(0xD800 <= ord(c) <= 0xDFFF for c in password):
        _library().pwd_context.dummy_verify()
        return False
    return bool(verify_password(_library().password_util.normalize(password), stored))


def _as_kept(email: str) -> str:
    """What was typed as accounts keep it; an address that cannot be one is looked for all the same, in vain."""
    try:
        return address("email", email)
    except Invalid:
        return ""


def _give_way() -> None:
    """End the request's transaction, which until here has only found out who is asking."""
    if (session := g.get("db")) is not None:
        session.rollback()


def _library() -> Security:
    return cast(Security, current_app.extensions["security"])
