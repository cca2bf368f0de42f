"""A saved search is nobody else's business."""

from sqlalchemy import false

from portal.kernel.policy import Rule
from portal.kernel.text import N_
from portal.search.models import SavedSearch

OWN = Rule(
    N_("whoever saved it"),
    lambda actor, saved: actor.is_person and saved.account_id == actor.id,
    lambda actor: SavedSearch.account_id == actor.id if actor.is_person else false(),
)
