"""Recording what came of the work."""

from sqlalchemy.orm import Session

from portal.collaborations.actions.opening import side_of_officer
from portal.collaborations.actions.people import side_of
from portal.collaborations.events import OutcomeRecorded, OutcomeShown
from portal.collaborations.inputs import OutcomeEntry, address_of
from portal.collaborations.models import Collaboration, Outcome, OutcomeVersion
from portal.collaborations.policies import OUTCOME_RECORDS
from portal.collaborations.queries import title_known_as
from portal.collaborations.states import OutcomeKind, OutcomeState
from portal.kernel import clock
from portal.kernel.db import add_unique
from portal.kernel.errors import Invalid, Refused
from portal.kernel.events import record
from portal.kernel.policy import Actor, require
from portal.kernel.text import N_


def record_outcome(session: Session, collaboration: Collaboration, entry: OutcomeEntry, *, actor: Actor) -> Outcome:
    """Report for one's own side that something came of the work; possible after the close as well.

    Raises:
        Forbidden: `actor` neither leads a side nor is a member of the team.
        Invalid: something with this identifier is recorded already.
    """
    require(OUTCOME_RECORDS, actor, collaboration)
    known = title_known_as(session, collaboration.id, entry.identifier)
    if known is not None:
        raise Invalid("identifier", N_("This is recorded already: “%(title)s”."), title=known)
    address = entry.address or address_of(entry.identifier or "")
    told = {"kind": entry.kind, "title": entry.title, "address": address, "identifier": entry.identifier}
    outcome = Outcome(
        collaboration_id=collaboration.id,
        side_id=side_of(collaboration, actor),
        recorded_by_id=actor.id,
        at=clock.now(),
        asked_at=clock.now(),
        **told,
    )
    if not add_unique(session, outcome):
        raise Invalid("identifier", N_("Somebody has just recorded this."))
    outcome.collaboration = collaboration
    session.add(OutcomeVersion(outcome_id=outcome.id, number=1, by_id=actor.id, at=outcome.at, **told))
    record(session, OutcomeRecorded(), actor=actor, subject=outcome)
    return outcome


def show_outcome(session: Session, outcome: Outcome, *, shown: bool, actor: Actor) -> None:
    """Let everybody find it as it stands, for the one side whose officer `actor` is, or no longer.

    Raises:
        Forbidden: `actor` is no partnership officer of a side.
        Refused: `actor` is one of both, the sides have not both confirmed it, or it is about a person, whom nobody asked.
    """
    side = side_of_officer(outcome.collaboration, actor)
    if shown and outcome.state is not OutcomeState.CONFIRMED:
        raise Refused(N_("Both sides have to confirm it first."))
    if shown and outcome.kind is OutcomeKind.HIRE:
        raise Refused(N_("Who was hired is not shown to everybody: nobody asked them."))
    column = "host_shown_at" if side == outcome.collaboration.host_id else "partner_shown_at"
    if (getattr(outcome, column) is not None) is shown:
        return
    setattr(outcome, column, clock.now() if shown else None)
    session.flush()
    record(session, OutcomeShown(side_id=side, shown=shown), actor=actor, subject=outcome)
