"""Two administrators of the portal, one of whom reads; and both parties, who see that it happened."""

from sqlalchemy import and_, false, select

from portal.emergencies.models import Emergency, EmergencyParty
from portal.emergencies.states import EmergencyState
from portal.kernel import clock
from portal.kernel.policy import ADMIN, Rule
from portal.kernel.text import N_

_TOLD = (EmergencyState.OPEN, EmergencyState.ENDED)

ASKER = Rule(
    N_("whoever asked for it"),
    lambda actor, emergency: actor.is_person and emergency.asked_by_id == actor.id,
    lambda actor: Emergency.asked_by_id == actor.id if actor.is_person else false(),
)
PARTY = Rule(
    N_("the people of both parties, once it was opened"),
    lambda actor, emergency: (
        actor.is_person and emergency.state in _TOLD and any(each.account_id == actor.id for each in emergency.parties)
    ),
    lambda actor: (
        and_(
            Emergency._state.in_(_TOLD),
            Emergency.id.in_(select(EmergencyParty.emergency_id).where(EmergencyParty.account_id == actor.id)),
        )
        if actor.is_person
        else false()
    ),
)
OPEN = Rule(
    N_("while it is open"),
    lambda _actor, emergency: emergency.state is EmergencyState.OPEN and emergency.ends_at > clock.now(),
    lambda _actor: and_(Emergency._state == EmergencyState.OPEN, Emergency.ends_at > clock.now()),
)
READ = ADMIN | PARTY
DECIDE = ADMIN & ~ASKER
READ_TEXT = ADMIN & ASKER & OPEN
