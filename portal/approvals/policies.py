"""Who may fill a slot."""

from sqlalchemy import and_, false

from portal.approvals.models import Approval
from portal.kernel.policy import Actor, Role, Rule
from portal.kernel.text import N_


def _may(actor: Actor, slot: Approval) -> bool:
    return slot.organisation_id in actor.organisations_as(Role.OFFICER) and actor.id not in (
        slot.requester_id,
        slot.counterpart_id,
    )


APPROVER = Rule(
    N_("partnership officers of that side who neither wrote nor accepted this version"),
    _may,
    lambda actor: (
        and_(
            Approval.organisation_id.in_(actor.organisations_as(Role.OFFICER)),
            Approval.requester_id != actor.id,
            Approval.counterpart_id != actor.id,
        )
        if actor.is_person
        else false()
    ),
)
OFFICER_OF_SIDE = Rule(
    N_("partnership officers of that side"),
    lambda actor, slot: slot.organisation_id in actor.organisations_as(Role.OFFICER),
    lambda actor: Approval.organisation_id.in_(actor.organisations_as(Role.OFFICER)),
)
READ = OFFICER_OF_SIDE
