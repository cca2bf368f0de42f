"""How an outcome that one side reported is confirmed by the other, corrected or withdrawn."""

from typing import Any

from sqlalchemy import select

from portal.collaborations.events import OutcomeMoved
from portal.collaborations.inputs import Correction, address_of
from portal.collaborations.models import Collaboration, Outcome, OutcomeVersion
from portal.collaborations.policies import OUTCOME_CONFIRMS, OUTCOME_OWNS
from portal.collaborations.queries import outcome_versions_of, title_known_as
from portal.collaborations.states import OutcomeState as O
from portal.collaborations.workflow.effects import keep_reason
from portal.kernel import clock
from portal.kernel.errors import Invalid
from portal.kernel.inputs import Reason
from portal.kernel.text import N_
from portal.kernel.workflow import Step, T, Workflow


def stamp_confirmation(step: Step) -> None:
    """On the outcome, and on the version that was confirmed."""
    outcome, now = step.thing, clock.now()
    outcome.confirmed_at, outcome.confirmed_by_id, outcome.note = now, step.actor.id, ""
    for last in outcome_versions_of(step.session, outcome)[:1]:
        last.confirmed_at, last.confirmed_by_id = now, step.actor.id


def end_confirmation(step: Step) -> None:
    """What both sides said, and let everybody know, was of another version; that one keeps who confirmed it."""
    step.thing.confirmed_at = step.thing.confirmed_by_id = None
    step.thing.host_shown_at = step.thing.partner_shown_at = None


def begin_waiting(step: Step) -> None:
    step.thing.asked_at = clock.now()


def free_identifier(step: Step) -> None:
    """It may be recorded again; the versions keep it."""
    step.thing.identifier = None


def _told(entry: Correction) -> dict[str, Any]:
    address = entry.address or address_of(entry.identifier or "")
    return {"kind": entry.kind, "title": entry.title, "address": address, "identifier": entry.identifier}


def is_news(step: Step) -> None:
    """Whether what is entered differs, and is nothing else that is recorded.

    Raises:
        Invalid: it does not, or is.
    """
    outcome, entry = step.thing, step.given
    if entry is None:  # nobody has entered anything yet
        return
    # Whoever corrects or records something there at the same time waits for this transaction.
    step.session.execute(select(Collaboration.id).where(Collaboration.id == outcome.collaboration_id).with_for_update())
    known = title_known_as(step.session, outcome.collaboration_id, entry.identifier, but=outcome.id)
    if known is not None:
        raise Invalid("identifier", N_("This is recorded already: “%(title)s”."), title=known)
    if all(getattr(outcome, name) == value for name, value in _told(entry).items()):
        raise Invalid("title", N_("Nothing is different. Change what was wrong, or go back."))


def keep_correction(step: Step) -> None:
    """The outcome as it is reported from now on, and one more version."""
    outcome, told = step.thing, _told(step.given)
    for name, value in told.items():
        setattr(outcome, name, value)
    outcome.note = ""
    number = len(outcome_versions_of(step.session, outcome)) + 1
    by = {"by_id": step.actor.id, "at": clock.now(), "reason": step.given.text}
    step.session.add(OutcomeVersion(outcome_id=outcome.id, number=number, **by, **told))


OUTCOME_FLOW = Workflow(
    of=Outcome,
    start=O.REPORTED,
    ends=(O.WITHDRAWN,),
    table=(
        T(
            "confirm",
            N_("Confirm the outcome"),
            (O.REPORTED, O.QUERIED),
            O.CONFIRMED,
            OUTCOME_CONFIRMS,
            OutcomeMoved,
            effects=(stamp_confirmation,),
        ),
        T(
            "query",
            N_("Ask about the outcome"),
            (O.REPORTED,),
            O.QUERIED,
            OUTCOME_CONFIRMS,
            OutcomeMoved,
            effects=(keep_reason, begin_waiting),
            takes=Reason,
        ),
        T(
            "correct",
            N_("Correct the outcome"),
            (O.REPORTED, O.QUERIED, O.CONFIRMED),
            O.REPORTED,
            OUTCOME_OWNS,
            OutcomeMoved,
            guards=(is_news,),
            effects=(end_confirmation, keep_correction, begin_waiting),
            takes=Correction,
        ),
        T(
            "withdraw",
            N_("Withdraw the outcome"),
            (O.REPORTED, O.QUERIED, O.CONFIRMED),
            O.WITHDRAWN,
            OUTCOME_OWNS,
            OutcomeMoved,
            effects=(keep_reason, end_confirmation, free_identifier),
            takes=Reason,
            risk=True,
        ),
    ),
)
