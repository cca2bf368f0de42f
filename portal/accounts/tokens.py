"""Tokens that let programs read in somebody's place: made, shown once, used, ended."""

import datetime as dt

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, joinedload

from portal.accounts.events import TokenEnded, TokenMade
from portal.accounts.inputs import NewToken
from portal.accounts.models import Token, User
from portal.accounts.states import Scope
from portal.kernel import clock
from portal.kernel.errors import Missing, Refused
from portal.kernel.events import record
from portal.kernel.ids import fingerprint, new_token
from portal.kernel.policy import Actor
from portal.kernel.text import N_

PREFIX = "causeway_"  # so that whoever finds one in a file knows what it is
MOST = 20
NOTED_EVERY = dt.timedelta(hours=1)  # how exact “last used” is
_SHOWN = len(PREFIX) + 4


def make_token(session: Session, account: User, wanted: NewToken, *, actor: Actor) -> str:
    """A token that works from now on; returns its text, which is stored nowhere. Lock the account's row before.

    Raises:
        Refused: the account has as many as it may.
    """
    now = clock.now()
    live = select(func.count()).where(Token.account_id == account.id, Token.ended_at.is_(None), Token.expires_at > now)
    if (session.scalar(live) or 0) >= MOST:
        raise Refused(N_("An account has at most twenty tokens. End one that is no longer used."))
    text = PREFIX + new_token()
    session.add(
        Token(
            account_id=account.id,
            name=wanted.name,
            fingerprint=fingerprint(text),
            begins=text[:_SHOWN],
            scope=Scope.READ,
            made_at=now,
            expires_at=now + dt.timedelta(days=wanted.days),
        )
    )
    record(session, TokenMade(), actor=actor, subject=account)
    return text


def tokens_of(session: Session, account_id: int) -> list[Token]:
    """Somebody's tokens that open something or have expired within a month, the newest first."""
    query = select(Token).where(Token.account_id == account_id, Token.ended_at.is_(None))
    return list(session.scalars(query.order_by(Token.id.desc())))


def live_token(session: Session, text: str) -> Token | None:
    """The token with its account; None where it is unknown, ended, expired, or its account is closed."""
    query = select(Token).where(Token.fingerprint == fingerprint(text))
    token = session.scalars(query.options(joinedload(Token.account, innerjoin=True))).one_or_none()
    return token if token is not None and token.is_live else None


def touch_token(session: Session, token_id: int) -> None:
    """Note that a token was used just now."""
    session.execute(update(Token).where(Token.id == token_id).values(used_at=clock.now()))


def end_token(session: Session, account: User, token_id: int, *, actor: Actor) -> None:
    """It opens nothing any more.

    Raises:
        Missing: the account has no such token.
    """
    _end(session, account, actor, token_id)


def end_all_tokens(session: Session, account: User, *, actor: Actor) -> None:
    """None of the account's tokens opens anything any more."""
    try:
        _end(session, account, actor)
    except Missing:
        return


def _end(session: Session, account: User, actor: Actor, *only: int) -> None:
    query = update(Token).where(Token.account_id == account.id, Token.ended_at.is_(None)).values(ended_at=clock.now())
    ended = session.execute(query.where(Token.id.in_(only)) if only else query)
    if ended.rowcount == 0:  # type: ignore[attr-defined]  # an UPDATE's result has it
        raise Missing
    record(session, TokenEnded(), actor=actor, subject=account)
