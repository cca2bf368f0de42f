"""Keeping searches, choosing how often they tell something, giving them up."""

from sqlalchemy import delete
from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.kernel import clock
from portal.kernel.db import add_unique
from portal.kernel.errors import Refused
from portal.kernel.events import Fact, record
from portal.kernel.policy import SIGNED_IN, Actor, require
from portal.kernel.text import N_
from portal.search.events import SearchForgotten, SearchPaced, SearchSaved
from portal.search.models import LONGEST_ADDRESS, SavedSearch
from portal.search.policies import OWN
from portal.search.queries import how_many
from portal.search.states import Often

MOST = 50  # per person: more than anybody reads, and few enough to look at every day


def save_search(session: Session, title: str, address: str, *, actor: Actor) -> bool:
    """Keep a search, and tell once a day what is new for it. Saved twice, it is once: False, with nothing changed.

    Args:
        title: what the page calls it.
        address: its query string, without order and page.

    Raises:
        Forbidden: nobody signed in.
        Refused: they have `MOST` already, or it says more than can be kept.
    """
    require(SIGNED_IN, actor, None)
    if how_many(session, actor.id) >= MOST:
        raise Refused(N_("You have %(n)s saved searches, which is as many as there can be. Give one up first."), n=MOST)
    if len(address) > LONGEST_ADDRESS:
        raise Refused(N_("This search has too many filters to be kept. Take some away and save it again."))
    now = clock.now()
    saved = SavedSearch(account_id=actor.id, title=title, address=address, saved_at=now, looked_at=now)
    if added := add_unique(session, saved):
        record(session, SearchSaved(), actor=actor, subject=saved)
    return added


def choose_often(session: Session, saved: SavedSearch, often: Often, *, actor: Actor) -> None:
    """Tell so often from now on; chosen again, it is chosen once.

    Raises:
        Forbidden: it is somebody else's.
    """
    require(OWN, actor, saved)
    if saved.often is often:
        return
    saved.often, saved.looked_at = often, clock.now()  # what was published while nobody was told is no news
    record(session, SearchPaced(), actor=actor, subject=saved)


def give_up(session: Session, saved: SavedSearch, *, actor: Actor) -> None:
    """Forget a search.

    Raises:
        Forbidden: it is somebody else's.
    """
    require(OWN, actor, saved)
    record(session, SearchForgotten(), actor=actor, subject=saved)
    session.delete(saved)


def forget_searches(session: Session, _fact: Fact, account: User, _actor: Actor) -> None:
    """Reaction to an erased account: what it looked for is gone."""
    session.execute(delete(SavedSearch).where(SavedSearch.account_id == account.id))
