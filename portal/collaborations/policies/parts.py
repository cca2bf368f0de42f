"""Who may see and end one part in a collaboration, and who may hand its lead over."""

from typing import Any

from sqlalchemy import and_, false, or_, select

from portal.collaborations.models import Collaboration, HandOver, Participant
from portal.collaborations.policies.work import READ, of_part
from portal.collaborations.states import LIVE, HandOverState, Part
from portal.kernel import clock
from portal.kernel.policy import Actor, Role, Rule
from portal.kernel.text import N_


def answers_for(model: Any) -> Rule:
    """The lead and the officers of the side that a part or a hand-over belongs to."""

    def holds(actor: Actor, thing: Any) -> bool:
        work = thing.collaboration
        lead_id = work.host_lead_id if thing.side_id == work.host_id else work.partner_lead_id
        return actor.is_person and (actor.id == lead_id or thing.side_id in actor.organisations_as(Role.OFFICER))

    def where(actor: Actor) -> Any:
        if not actor.is_person:
            return false()
        host, partner = Collaboration.host_id, Collaboration.organisation_id
        offices = actor.organisations_as(Role.OFFICER)
        led = or_(
            and_(model.side_id == host, Collaboration.host_lead_id == actor.id),
            and_(model.side_id != host, model.side_id == partner, Collaboration.partner_lead_id == actor.id),
        )
        return model.collaboration_id.in_(select(Collaboration.id).where(or_(led, model.side_id.in_(offices))))

    return Rule(N_("the lead and officers of the side concerned"), holds, where)


def _as(part: Part, says: str) -> Rule:
    return Rule(says, lambda _actor, thing: thing.part is part, lambda _actor: Participant.part == part)


_IS_GUEST = _as(Part.GUEST, N_("of a guest"))
_IS_MEMBER = _as(Part.MEMBER, N_("of a member"))
SELF = Rule(
    N_("the person concerned"),
    lambda actor, thing: actor.is_person and thing.account_id == actor.id,
    lambda actor: Participant.account_id == actor.id if actor.is_person else false(),
)
_LIVE = Rule(
    N_("as long as they are invited or take part"),
    lambda _actor, thing: thing.state in LIVE and (thing.until_on is None or thing.until_on >= clock.today()),
    lambda _actor: and_(Participant._state.in_(LIVE), or_(Participant.until_on.is_(None), Participant.until_on >= clock.today())),
)
INVITED = _IS_GUEST & SELF
PARTICIPANT_NAMES = _IS_MEMBER & answers_for(Participant)
# A member is their own side's; a guest is everybody's who answers for the work.
PARTICIPANT_KEEPS = PARTICIPANT_NAMES | (_IS_GUEST & of_part(Participant, READ))
PARTICIPANT_READ = (_LIVE & SELF) | of_part(Participant, READ)

SUCCESSOR = Rule(
    N_("the successor who was asked"),
    lambda actor, thing: actor.is_person and thing.to_id == actor.id,
    lambda actor: HandOver.to_id == actor.id if actor.is_person else false(),
)
_PROPOSED = Rule(
    N_("as long as nobody has answered"),
    lambda _actor, thing: thing.state is HandOverState.PROPOSED,
    lambda _actor: HandOver._state == HandOverState.PROPOSED,
)
HAND_OVER_KEEPS = answers_for(HandOver)
HAND_OVER_READ = (_PROPOSED & SUCCESSOR) | of_part(HandOver, READ)
