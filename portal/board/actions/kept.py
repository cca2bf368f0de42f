"""Keeping views of the board."""

from sqlalchemy import delete
from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.board.events import BoardViewKept, BoardViewRemoved
from portal.board.inputs import Kept
from portal.board.models import BoardView
from portal.board.policies import OFFICE, OWN_VIEW
from portal.board.queries import views_of
from portal.kernel import clock
from portal.kernel.db import add_unique
from portal.kernel.errors import Invalid, Refused, Stale
from portal.kernel.events import Fact, record
from portal.kernel.policy import Actor, require
from portal.kernel.text import N_

MOST_VIEWS = 20


def keep_view(session: Session, given: Kept, *, actor: Actor) -> BoardView:
    """Keep what is shown under a name; one of that name is replaced.

    Raises:
        Forbidden: `actor` is no officer.
        Refused: they keep as many as one can look through.
        Stale: the same button was pressed twice at once.
    """
    require(OFFICE, actor, None)
    views = views_of(session, actor.id)
    view = next((each for each in views if each.name == given.name), None)
    if view is None:
        if len(views) >= MOST_VIEWS:
            raise Refused(N_("You keep %(n)s views already. Remove one first."), n=MOST_VIEWS)
        view = BoardView(account_id=actor.id, name=given.name, address=given.address, kept_at=clock.now())
        if not add_unique(session, view):
            raise Stale
    view.address = given.address
    _settle_default(session, view, is_default=given.is_default, actor=actor)
    return view


def change_view(session: Session, view: BoardView, given: Kept, *, actor: Actor) -> BoardView:
    """Call it something else, or let it open by itself.

    Raises:
        Invalid: another view of theirs has that name.
    """
    require(OWN_VIEW, actor, view)
    if any(each.name == given.name and each.id != view.id for each in views_of(session, actor.id)):
        raise Invalid("name", N_("Another view of yours is called that."))
    view.name = given.name
    _settle_default(session, view, is_default=given.is_default, actor=actor)
    return view


def remove_view(session: Session, view: BoardView, *, actor: Actor) -> None:
    """Keep it no longer."""
    require(OWN_VIEW, actor, view)
    record(session, BoardViewRemoved(), actor=actor, subject=view)
    session.delete(view)


def forget_views(session: Session, _fact: Fact, account: User, _actor: Actor) -> None:
    """Reaction to an erased account: what it called its views goes with it."""
    session.execute(delete(BoardView).where(BoardView.account_id == account.id))


def _settle_default(session: Session, view: BoardView, *, is_default: bool, actor: Actor) -> None:
    for other in views_of(session, view.account_id):
        other.is_default = is_default and other.id == view.id if is_default or other.id == view.id else other.is_default
    session.flush()
    record(session, BoardViewKept(), actor=actor, subject=view)
