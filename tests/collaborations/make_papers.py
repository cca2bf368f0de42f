"""Builders for what collaborations keep and what came of them: outcomes in each state."""

from typing import Any

from sqlalchemy.orm import Session

from portal.collaborations.actions import record_outcome
from portal.collaborations.inputs import Correction, OutcomeEntry
from portal.collaborations.models import Collaboration, Outcome
from portal.collaborations.states import OutcomeKind, OutcomeState
from portal.collaborations.workflow import OUTCOME_FLOW
from portal.kernel.inputs import Reason
from portal.kernel.policy import Actor


def an_outcome(
    session: Session, collaboration: Collaboration, state: Any = OutcomeState.REPORTED, title: str = "A paper"
) -> Outcome:
    """Something that the partner's lead reported, and the host's lead answered."""
    host, partner = Actor(id=collaboration.host_lead_id), Actor(id=collaboration.partner_lead_id)
    outcome = record_outcome(session, collaboration, OutcomeEntry(OutcomeKind.PAPER, title), actor=partner)
    for row in OUTCOME_FLOW.path_to(state):
        given = Reason("Because of the test.") if row.takes else None
        OUTCOME_FLOW.perform(session, outcome, row.action, actor=partner if row.action == "withdraw" else host, given=given)
    return outcome


def corrected(session: Session, outcome: Outcome, title: str, actor: Actor, **more: Any) -> None:
    """The same under another title."""
    entry = Correction(outcome.kind, title, text="Misspelt.", **more)
    OUTCOME_FLOW.perform(session, outcome, "correct", actor=actor, given=entry)


def papers_in_every_state(session: Session, collaboration: Collaboration) -> None:
    """Outcomes of one collaboration."""
    for state in OutcomeState:
        an_outcome(session, collaboration, state)
