"""Asked for by one administrator of the portal, allowed or declined by another, over after a day at the latest."""

from portal.emergencies.events import EmergencyDeclined, EmergencyEnded, EmergencyOpened, EmergencyRead
from portal.emergencies.models import LASTS, Emergency, EmergencyParty
from portal.emergencies.policies import DECIDE, READ_TEXT
from portal.emergencies.queries import thing_of
from portal.emergencies.states import EmergencyState as E
from portal.kernel import clock
from portal.kernel.inputs import Reason
from portal.kernel.policy import ADMIN, SYSTEM, Role
from portal.kernel.subjects import subject_named
from portal.kernel.text import N_
from portal.kernel.workflow import Step, T, Workflow
from portal.organisations.queries import holders_of


def decide(step: Step) -> None:
    step.thing.decided_by_id, step.thing.decided_at = step.actor.id, clock.now()


def keep_reason(step: Step) -> None:
    step.thing.note = step.given.text


def open_for_a_day(step: Step) -> None:
    step.thing.ends_at = clock.now() + LASTS


def name_parties(step: Step) -> None:
    """Those who take part, and the partnership officers of both sides."""
    session, emergency = step.session, step.thing
    thing, subject = thing_of(session, emergency.subject_type, emergency.subject_id), subject_named(emergency.subject_type)
    told = dict.fromkeys(subject.people(thing))
    for side in subject.sides(thing):
        told |= dict.fromkeys(holders_of(session, side, Role.OFFICER))
    emergency.parties = [EmergencyParty(account_id=number) for number in told if number is not None]


def stop_now(step: Step) -> None:
    step.thing.ends_at = clock.now()


EMERGENCY_FLOW = Workflow(
    of=Emergency,
    start=E.ASKED,
    ends=(E.ENDED, E.DECLINED),
    table=(
        T(
            "allow", N_("Allow it for a day"), (E.ASKED,), E.OPEN, DECIDE, EmergencyOpened,
            effects=(decide, open_for_a_day, name_parties), risk=True,
        ),
        T(
            "decline", N_("Do not allow it"), (E.ASKED,), E.DECLINED, ADMIN, EmergencyDeclined,
            effects=(decide, keep_reason), takes=Reason, risk=True,
        ),
        T("read", N_("Read it"), (E.OPEN,), E.OPEN, READ_TEXT, EmergencyRead),
        T("end", N_("End it now"), (E.OPEN,), E.ENDED, ADMIN, EmergencyEnded, effects=(stop_now,)),
        T("expire", N_("End after a day"), (E.OPEN,), E.ENDED, SYSTEM, EmergencyEnded),
    ),
)  # fmt: skip
