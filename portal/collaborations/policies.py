"""Who may see and move a collaboration and its parts: each side by its lead and its officers."""

from typing import Any

from sqlalchemy import and_, false, or_, select

from portal.collaborations.models import Collaboration, Deliverable, Milestone
from portal.kernel.policy import Actor, Role, Rule
from portal.kernel.text import N_


def _lead(column: str, says: str) -> Rule:
    return Rule(
        says,
        lambda actor, thing: actor.is_person and getattr(thing, column) == actor.id,
        lambda actor: getattr(Collaboration, column) == actor.id if actor.is_person else false(),
    )


HOST_LEAD = _lead("host_lead_id", N_("the host's lead"))
PARTNER_LEAD = _lead("partner_lead_id", N_("the partner's lead"))
LEAD = HOST_LEAD | PARTNER_LEAD
OFFICER = Rule(
    N_("partnership officers of both sides"),
    lambda actor, thing: not {thing.host_id, thing.organisation_id}.isdisjoint(actor.organisations_as(Role.OFFICER)),
    lambda actor: or_(
        Collaboration.host_id.in_(actor.organisations_as(Role.OFFICER)),
        Collaboration.organisation_id.in_(actor.organisations_as(Role.OFFICER)),
    ),
)
READ = LEAD | OFFICER
RELEASED = Rule(
    N_("anyone, once both sides released it"),
    lambda _actor, thing: thing.is_released,
    lambda _actor: and_(Collaboration.host_released_at.is_not(None), Collaboration.partner_released_at.is_not(None)),
)


def _of_part(model: Any, rule: Rule) -> Rule:
    """`rule` about a collaboration, asked about one of its parts."""

    def where(actor: Actor) -> Any:
        return model.collaboration_id.in_(select(Collaboration.id).where(rule.where(actor)))

    return Rule(rule.says, lambda actor, part: rule.holds(actor, part.collaboration), where)


MILESTONE_READ = _of_part(Milestone, READ)
MILESTONE_LEAD = _of_part(Milestone, LEAD)
DELIVERABLE_READ = _of_part(Deliverable, READ)
DELIVERABLE_OWES = _of_part(Deliverable, PARTNER_LEAD)
DELIVERABLE_RECEIVES = _of_part(Deliverable, HOST_LEAD)
