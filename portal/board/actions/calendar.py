"""Opening and closing the address of one's own calendar."""

from sqlalchemy import delete
from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.board.events import CalendarClosed, CalendarOpened
from portal.board.models import CalendarFeed
from portal.board.policies import OWN_FEED
from portal.board.queries import feed_of
from portal.kernel import clock
from portal.kernel.db import add_unique
from portal.kernel.errors import Missing, Stale
from portal.kernel.events import Fact, record
from portal.kernel.ids import fingerprint, new_token
from portal.kernel.policy import SIGNED_IN, Actor, require


def open_calendar(session: Session, *, actor: Actor) -> str:
    """A new secret for one's calendar, which is stored nowhere; an earlier one opens nothing any more.

    Raises:
        Forbidden: nobody signed in.
        Stale: somebody with the same account was faster.
    """
    require(SIGNED_IN, actor, None)
    token = new_token()
    feed = feed_of(session, actor.id)
    if feed is None:
        feed = CalendarFeed(account_id=actor.id, fingerprint=fingerprint(token), made_at=clock.now())
        if not add_unique(session, feed):
            raise Stale
    else:
        feed.fingerprint, feed.made_at = fingerprint(token), clock.now()
    record(session, CalendarOpened(), actor=actor, subject=feed)
    return token


def close_calendar(session: Session, *, actor: Actor) -> None:
    """The address opens nothing any more.

    Raises:
        Missing: there is none.
    """
    feed = feed_of(session, actor.id)
    if feed is None:
        raise Missing
    require(OWN_FEED, actor, feed)
    record(session, CalendarClosed(), actor=actor, subject=feed)
    session.delete(feed)


def forget_calendar(session: Session, _fact: Fact, account: User, _actor: Actor) -> None:
    """Reaction to an erased account: nothing opens its calendar."""
    session.execute(delete(CalendarFeed).where(CalendarFeed.account_id == account.id))
