"""Who has a board, and whose a calendar is."""

from sqlalchemy import false

from portal.board.models import BoardView, CalendarFeed
from portal.kernel.policy import Role, Rule, about_actor
from portal.kernel.text import N_

OFFICE = about_actor(N_("partnership officers"), lambda actor: bool(actor.organisations_as(Role.OFFICER)))
OWN_FEED = Rule(
    N_("whoever made it"),
    lambda actor, feed: actor.is_person and feed.account_id == actor.id,
    lambda actor: CalendarFeed.account_id == actor.id if actor.is_person else false(),
)
OWN_VIEW = Rule(
    N_("whoever keeps it"),
    lambda actor, view: actor.is_person and view.account_id == actor.id,
    lambda actor: BoardView.account_id == actor.id if actor.is_person else false(),
)
