"""Who may see and decide on mergers: two administrators of the portal, and afterwards whoever it concerns."""

from sqlalchemy import false, select

from portal.kernel.policy import ADMIN, Role, Rule
from portal.kernel.text import N_
from portal.mergers.models import EndedRoles, Merger
from portal.mergers.states import MergerState

ASKER = Rule(
    N_("whoever asked for it"),
    lambda actor, merger: actor.is_person and merger.asked_by_id == actor.id,
    lambda actor: Merger.asked_by_id == actor.id if actor.is_person else false(),
)
DONE = Rule(
    N_("once it is done"),
    lambda _actor, merger: merger.state is MergerState.MERGED,
    lambda _actor: Merger._state == MergerState.MERGED,
)
KEEPER = Rule(
    N_("administrators of the organisation that stays"),
    lambda actor, merger: merger.kept_id in actor.organisations_as(Role.ADMINISTRATOR),
    lambda actor: Merger.kept_id.in_(actor.organisations_as(Role.ADMINISTRATOR)),
)
HELD_ROLES = Rule(
    N_("those whose roles ended with it"),
    lambda actor, merger: actor.is_person and any(each.account_id == actor.id for each in merger.ended),
    lambda actor: (
        Merger.id.in_(select(EndedRoles.merger_id).where(EndedRoles.account_id == actor.id)) if actor.is_person else false()
    ),
)
READ = ADMIN | (DONE & (KEEPER | HELD_ROLES))
DECIDE = ADMIN & ~ASKER
