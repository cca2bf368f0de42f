"""What stands on the two lists, by the kind of organisation on each side."""

from portal.collaborations.models import CheckItem, Collaboration
from portal.collaborations.states import Checklist, ItemKind
from portal.kernel import clock
from portal.organisations.models import Organisation
from portal.organisations.states import OrganisationKind

_ACADEMIC = (OrganisationKind.UNIVERSITY, OrganisationKind.INSTITUTE)


def set_up_list(collaboration: Collaboration, host: Organisation, partner: Organisation) -> list[CheckItem]:
    """Books where the money is spent, an order where it comes from; a team on each side; a day to begin."""
    items = []
    for side in dict.fromkeys((host, partner)):
        if side.kind in _ACADEMIC:
            items += [(ItemKind.COST_CODE, side.id), (ItemKind.ETHICS, side.id)]
        elif side.kind is OrganisationKind.COMPANY:
            items.append((ItemKind.PURCHASE_ORDER, side.id))
        items.append((ItemKind.TEAM, side.id))
    items.append((ItemKind.KICK_OFF, host.id))
    return [_item(collaboration, Checklist.SET_UP, kind, side_id) for kind, side_id in items]


def closing_list(collaboration: Collaboration) -> list[CheckItem]:
    """What is always to be settled, beside the parts of the plan that are still open. No outcome yet is one thing more."""
    host, partner = collaboration.host_id, collaboration.organisation_id
    items = [(kind, partner) for kind in (ItemKind.FINAL_REPORT, ItemKind.MATERIAL, ItemKind.DATA, ItemKind.DISCLOSURE)]
    if not collaboration.outcomes:
        items.append((ItemKind.OUTCOMES, partner))
    for side in dict.fromkeys((host, partner)):
        items += [(ItemKind.ACCOUNT, side), (ItemKind.SURVEY, side)]
    return [_item(collaboration, Checklist.CLOSING, kind, side_id) for kind, side_id in items]


def _item(collaboration: Collaboration, checklist: Checklist, kind: ItemKind, side_id: int) -> CheckItem:
    now = clock.now()
    return CheckItem(collaboration=collaboration, checklist=checklist, kind=kind, side_id=side_id, asked_at=now)
