"""Recording what came of the work."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.collaborations.events import OutcomeRecorded
from portal.collaborations.inputs import OutcomeEntry, address_of
from portal.collaborations.models import Collaboration, Outcome
from portal.collaborations.policies import LEAD
from portal.kernel import clock
from portal.kernel.db import add_unique
from portal.kernel.errors import Invalid
from portal.kernel.events import record
from portal.kernel.policy import Actor, require
from portal.kernel.text import N_


def record_outcome(session: Session, collaboration: Collaboration, entry: OutcomeEntry, *, actor: Actor) -> Outcome:
    """Record something that came of the work; possible after the close as well.

    Raises:
        Forbidden: `actor` leads neither side.
        Invalid: something with this identifier is recorded already.
    """
    require(LEAD, actor, collaboration)
    known = _known_as(session, collaboration, entry.identifier)
    if known is not None:
        raise Invalid("identifier", N_("This is recorded already: “%(title)s”."), title=known)
    outcome = Outcome(
        collaboration_id=collaboration.id,
        kind=entry.kind,
        title=entry.title,
        address=entry.address or address_of(entry.identifier or ""),
        identifier=entry.identifier,
        recorded_by_id=actor.id,
        at=clock.now(),
    )
    if not add_unique(session, outcome):
        raise Invalid("identifier", N_("Somebody has just recorded this."))
    outcome.collaboration = collaboration
    record(session, OutcomeRecorded(outcome_id=outcome.id), actor=actor, subject=collaboration)
    return outcome


def _known_as(session: Session, collaboration: Collaboration, identifier: str | None) -> str | None:
    """The title of what has this identifier; locked out by a constraint too, for two who record it at once."""
    if identifier is None:
        return None
    theirs = Outcome.collaboration_id == collaboration.id, Outcome.identifier == identifier
    return session.scalars(select(Outcome.title).where(*theirs)).first()
