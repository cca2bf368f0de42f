"""Who may see and move a collaboration and its parts: each side by its lead and its officers."""

from typing import Any

from sqlalchemy import and_, false, or_, select

from portal.collaborations.models import ChangeRequest, CheckItem, Collaboration, Deliverable, Milestone, Report, WorkPackage
from portal.collaborations.policies.people import GUEST, MEMBER, PARTNER_MEMBER
from portal.collaborations.states import Checklist
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
# Who answers for it: the money, the lists and the changes are theirs alone.
READ = LEAD | OFFICER
TEAM = LEAD | MEMBER | GUEST
SEES = READ | MEMBER | GUEST
# Everybody of the two sides, and no guest.
INSIDE = READ | MEMBER
RELEASED = Rule(
    N_("anyone, once both sides released it"),
    lambda _actor, thing: thing.is_released,
    lambda _actor: and_(Collaboration.host_released_at.is_not(None), Collaboration.partner_released_at.is_not(None)),
)


def of_part(model: Any, rule: Rule) -> Rule:
    """`rule` about a collaboration, asked about one of its parts."""

    def where(actor: Actor) -> Any:
        return model.collaboration_id.in_(select(Collaboration.id).where(rule.where(actor)))

    return Rule(rule.says, lambda actor, part: rule.holds(actor, part.collaboration), where)


PACKAGE_READ = of_part(WorkPackage, SEES)
MILESTONE_READ = of_part(Milestone, SEES)
MILESTONE_LEAD = of_part(Milestone, LEAD)
MILESTONE_TEAM = of_part(Milestone, LEAD | MEMBER)
REPORT_READ = of_part(Report, READ)
REPORT_OWES = of_part(Report, PARTNER_LEAD)
REPORT_RECEIVES = of_part(Report, HOST_LEAD)
DELIVERABLE_READ = of_part(Deliverable, SEES)
DELIVERABLE_OWES = of_part(Deliverable, PARTNER_LEAD | PARTNER_MEMBER)
DELIVERABLE_RECEIVES = of_part(Deliverable, HOST_LEAD)


def _stands_for(actor: Actor, collaboration: Collaboration, side_id: int) -> bool:
    leads = ((collaboration.host_lead_id, collaboration.host_id), (collaboration.partner_lead_id, collaboration.organisation_id))
    return (actor.is_person and (actor.id, side_id) in leads) or side_id in actor.organisations_as(Role.OFFICER)


def _of_item(says: str, *, own: bool) -> Rule:
    """Whoever leads, or is an officer of, the side that owes an item – or the other side."""

    def side_of(item: CheckItem) -> int:
        collaboration = item.collaboration
        if own:
            return item.side_id
        return collaboration.organisation_id if item.side_id == collaboration.host_id else collaboration.host_id

    def where(actor: Actor) -> Any:
        if not actor.is_person:
            return false()
        offices = actor.organisations_as(Role.OFFICER)
        host, partner = Collaboration.host_id, Collaboration.organisation_id
        as_host = or_(Collaboration.host_lead_id == actor.id, host.in_(offices))
        as_partner = or_(Collaboration.partner_lead_id == actor.id, partner.in_(offices))
        theirs = (host, partner) if own else (partner, host)
        for_host = and_(as_host, CheckItem.side_id == theirs[0])
        for_partner = and_(as_partner, CheckItem.side_id == theirs[1])
        return CheckItem.collaboration_id.in_(select(Collaboration.id).where(or_(for_host, for_partner)))

    return Rule(says, lambda actor, item: _stands_for(actor, item.collaboration, side_of(item)), where)


def _on(checklist: Checklist) -> Rule:
    return Rule(
        N_("of the set-up list") if checklist is Checklist.SET_UP else N_("of the closing list"),
        lambda _actor, item: item.checklist is checklist,
        lambda _actor: CheckItem.checklist == checklist,
    )


ITEM_READ = of_part(CheckItem, READ)
ITEM_OWES = _of_item(N_("the lead and officers of the side that owes it"), own=True)
ITEM_IS_OWED = _of_item(N_("the lead and officers of the other side"), own=False)
# Before the start each side knows what it does not need; at the close it is the other side that lets one off.
ITEM_WAIVES = (_on(Checklist.SET_UP) & ITEM_OWES) | (_on(Checklist.CLOSING) & ITEM_IS_OWED)


CHANGE_ASKER = Rule(
    N_("whoever asks for the change"),
    lambda actor, change: actor.is_person and change.asked_by_id == actor.id,
    lambda actor: ChangeRequest.asked_by_id == actor.id if actor.is_person else false(),
)
_SENT = Rule(
    N_("once it was submitted"),
    lambda _actor, change: change.submitted_at is not None,
    lambda _actor: ChangeRequest.submitted_at.is_not(None),
)
_TAKES_PART = of_part(ChangeRequest, READ)
CHANGE_READ = _TAKES_PART & (CHANGE_ASKER | _SENT)
# Nobody assesses or refuses what they asked for themselves.
CHANGE_OTHERS = _TAKES_PART & ~CHANGE_ASKER
