"""Whom facts about outcomes concern: the lead of the other side while it waits for them, else those who reported it."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from portal.collaborations.events import OutcomeMoved, OutcomeRecorded, OutcomeShown
from portal.collaborations.models import Outcome
from portal.collaborations.notices.work import other_office
from portal.collaborations.queries import OUTCOME, parties_of
from portal.collaborations.states import OutcomeState
from portal.kernel.events import Event
from portal.kernel.notices import Concerned, Notice
from portal.kernel.text import N_


def other_lead(session: Session, event: Event) -> Iterable[Concerned]:
    """The lead of the side that did not report it."""
    outcome, parties = session.get(Outcome, event.subject_id, options=OUTCOME), parties_of(session, event)
    if outcome is not None and parties:
        yield Concerned(parties[1] if outcome.side_id == parties[2] else parties[0], N_("because you lead the other side"))


def who_acts_next(session: Session, event: Event) -> Iterable[Concerned]:
    """The other lead where it was corrected or withdrawn; the own one, and whoever recorded it, where it was answered."""
    if event.data["state"] in (OutcomeState.REPORTED.value, OutcomeState.WITHDRAWN.value):
        yield from other_lead(session, event)
        return
    outcome, parties = session.get(Outcome, event.subject_id, options=OUTCOME), parties_of(session, event)
    if outcome is not None and parties:
        why = N_("because your side reported it")
        yield Concerned(parties[0] if outcome.side_id == parties[2] else parties[1], why)
        yield Concerned(outcome.recorded_by_id, why)


NOTICES = (
    Notice(
        OutcomeRecorded,
        other_lead,
        N_("%(actor)s recorded the outcome “%(title)s”"),
        N_("It is your turn: confirm it for your side, or ask about it."),
        N_("Look at the outcome"),
    ),
    Notice(
        OutcomeMoved,
        who_acts_next,
        N_("Outcome “%(title)s” is now: %(state)s"),
        N_("If it was corrected, confirm it or ask about it. If it was asked about, correct or withdraw it."),
        N_("Look at the outcome"),
    ),
    Notice(
        OutcomeShown,
        other_office,
        N_("The other side decided whether everybody finds the outcome “%(title)s”"),
        N_("You need do nothing. Everybody finds it once both sides show it and released the collaboration."),
        N_("Look at the outcome"),
    ),
)
