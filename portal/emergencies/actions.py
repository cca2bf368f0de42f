"""Asking to read, and ending it in time."""

from sqlalchemy.orm import Session

from portal.emergencies import inputs
from portal.emergencies.events import EmergencyAsked
from portal.emergencies.models import Emergency
from portal.emergencies.queries import over, thing_of
from portal.emergencies.workflow import EMERGENCY_FLOW
from portal.kernel import clock
from portal.kernel.db import add_unique
from portal.kernel.errors import Invalid, Refused
from portal.kernel.events import record
from portal.kernel.policy import ADMIN, SYSTEM_ACTOR, Actor, require
from portal.kernel.text import N_

_AT_ONCE = 100


def ask_to_read(session: Session, given: inputs.Emergency, *, actor: Actor) -> Emergency:
    """Ask the other administrators of the portal.

    Raises:
        Forbidden: `actor` does not administer the portal.
        Invalid: nothing has this reference.
        Refused: this person asked for it already.
    """
    require(ADMIN, actor, None)
    subject_type, number = given.subject
    if thing_of(session, subject_type, number) is None:
        raise Invalid("reference", N_("No proposal that was sent, and no collaboration, has this reference."))
    emergency = Emergency(
        subject_type=subject_type,
        subject_id=number,
        reason=given.reason,
        asked_by_id=actor.id,
        asked_at=clock.now(),
        parties=[],
    )
    if not add_unique(session, emergency):
        raise Refused(N_("You asked for this already. Look at what waits."))
    record(session, EmergencyAsked(), actor=actor, subject=emergency)
    return emergency


def end_over(session: Session) -> int:
    """End those whose day is over; returns how many."""
    due = over(session, at_most=_AT_ONCE)
    for emergency in due:
        EMERGENCY_FLOW.perform(session, emergency, "expire", actor=SYSTEM_ACTOR)
    return len(due)
