"""Builders for what collaborations keep and what came of them: documents and outcomes in each state."""

import io
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from sqlalchemy.orm import Session

from portal.collaborations.actions import file_document, record_outcome
from portal.collaborations.inputs import Correction, DocumentEntry, OutcomeEntry
from portal.collaborations.models import Collaboration, Document, Outcome
from portal.collaborations.states import Access, DocumentCategory, DocumentState, OutcomeKind, OutcomeState
from portal.collaborations.workflow import DOCUMENT_FLOW, OUTCOME_FLOW
from portal.files.inputs import Upload
from portal.files.store import Store
from portal.kernel import clock
from portal.kernel.inputs import Reason
from portal.kernel.policy import Actor, Role
from portal.organisations.queries import holders_of


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


def a_document(
    session: Session, collaboration: Collaboration, access: Access = Access.ALL, *, actor: Any, folder: Any, title: str = "Agenda"
) -> Document:
    """A paper with one version, whose bytes lie in `folder`."""
    entry, part = DocumentEntry(title, DocumentCategory.MINUTES, access), SimpleNamespace(filename="agenda.txt", stream=None)
    with Store(Path(folder), limit_bytes=100).keeping(io.BytesIO(title.encode())) as kept:
        return file_document(session, collaboration, entry, Upload(part), kept, actor=actor)


def papers_in_every_state(session: Session, collaboration: Collaboration) -> None:
    """Outcomes of one collaboration, and documents for each kind of reader, filed by the partner or an officer of the host.

    The documents are numbered here: their own numbers are drawn by lot.
    """
    for state in OutcomeState:
        an_outcome(session, collaboration, state)
    host_id, partner_id = collaboration.host_id, collaboration.organisation_id
    partner, officer_id = Actor(id=collaboration.partner_lead_id), min(holders_of(session, host_id, Role.OFFICER))
    given = {"collaboration": collaboration, "category": DocumentCategory.PLAN, "title": "Plan", "at": clock.now()}
    for number, access in enumerate((*Access, Access.ALL, Access.ALL), 1):
        by = (officer_id, host_id) if access is Access.OFFICERS else (partner.id, partner_id)
        session.add(Document(id=number, access=access, by_id=by[0], side_id=by[1], **given))
    session.flush()
    for number, document_state in enumerate((DocumentState.FINAL, DocumentState.REMOVED), len(Access) + 1):
        for row in DOCUMENT_FLOW.path_to(document_state):
            reason = Reason("Because of the test.") if row.takes else None
            DOCUMENT_FLOW.perform(session, session.get_one(Document, number), row.action, actor=partner, given=reason)
