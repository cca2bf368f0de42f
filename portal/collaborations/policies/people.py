"""Who takes part beside the leads, asked about a collaboration. It imports no other rule: those are made with these."""

from typing import Any

from sqlalchemy import and_, false, or_, select

from portal.collaborations.models import Collaboration, Participant
from portal.collaborations.states import Part, PartState
from portal.kernel import clock
from portal.kernel.policy import Actor, Rule
from portal.kernel.text import N_


def _own_part(actor: Actor, part: Part, *also: Any) -> Any:
    """The collaborations in which this person takes part as that, as far as their row says."""
    mine = Participant.account_id == actor.id, Participant._state == PartState.ACTIVE, Participant.part == part
    return Collaboration.id.in_(select(Participant.collaboration_id).where(*mine, *also))


def _is_member(actor: Actor, collaboration: Collaboration) -> bool:
    mark = collaboration.team.get(actor.id) if actor.id is not None else None
    return mark is not None and mark.part is Part.MEMBER and mark.side_id in actor.organisations


def _members(actor: Actor) -> Any:
    return _own_part(actor, Part.MEMBER, Participant.side_id.in_(actor.organisations)) if actor.is_person else false()


def _is_guest(actor: Actor, collaboration: Collaboration) -> bool:
    mark = collaboration.team.get(actor.id) if actor.id is not None else None
    if mark is None or mark.until_on is None or not is_third(actor, collaboration):
        return False
    return mark.until_on >= clock.today()


def _guests(actor: Actor) -> Any:
    if not actor.is_person:
        return false()
    theirs = or_(Collaboration.host_id.in_(actor.organisations), Collaboration.organisation_id.in_(actor.organisations))
    return and_(_own_part(actor, Part.GUEST, Participant.until_on >= clock.today()), ~theirs)


def is_third(actor: Actor, collaboration: Collaboration) -> bool:
    """Whether this person belongs to neither side. A guest who joins one would read what it says among itself."""
    return actor.organisations.isdisjoint({collaboration.host_id, collaboration.organisation_id})


# Whoever left the side they were named by is no member from the next request on.
MEMBER = Rule(N_("members of the team on either side"), _is_member, _members)
PARTNER_MEMBER = Rule(
    N_("members of the partner's team"),
    lambda actor, work: _is_member(actor, work) and work.team[actor.id].side_id == work.organisation_id,
    lambda actor: (
        and_(_members(actor), _own_part(actor, Part.MEMBER, Participant.side_id == Collaboration.organisation_id))
        if actor.is_person
        else false()
    ),
)
GUEST = Rule(N_("guests, up to their last day"), _is_guest, _guests)
