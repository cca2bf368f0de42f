"""Whom facts about partners and parts of a proposal concern."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from portal.kernel.events import Event
from portal.kernel.notices import Concerned, Notice
from portal.kernel.text import N_
from portal.proposals.events import (
    ConfirmationAsked,
    ConfirmationDue,
    ConfirmationReopened,
    PartAssigned,
    PartnerConfirmed,
    PartnerLeftOut,
    PartnerNamed,
    PartnerObjected,
)
from portal.proposals.models import Confirmation, Proposal

_READ, _OPEN = N_("Read and confirm"), N_("Open the proposal")
_NOTHING = N_("You need do nothing now.")
_CONFIRM = N_("It is your turn: read it, and confirm exactly this text, or object with a reason. Silence confirms nothing.")


def partners_lead(session: Session, event: Event) -> Iterable[Concerned]:
    """Whoever speaks for the partner."""
    confirmation = session.get(Confirmation, event.subject_id)
    return [Concerned(confirmation.lead_id, N_("because you lead for your organisation"))] if confirmation else []


def proposals_author(session: Session, event: Event) -> Iterable[Concerned]:
    """Whoever began the proposal."""
    confirmation = session.get(Confirmation, event.subject_id)
    proposal = session.get(Proposal, confirmation.proposal_id) if confirmation else None
    return [Concerned(proposal.author_id, N_("because you wrote it"))] if proposal else []


def whoever_writes_it(_session: Session, event: Event) -> Iterable[Concerned]:
    """Whoever was named for a part that is not done."""
    named = event.data["account_id"]
    return [Concerned(named, N_("because you write a part of it"))] if named and not event.data["done"] else []


NOTICES = (
    Notice(PartnerNamed, partners_lead, N_("You lead for your organisation in “%(title)s”"), _NOTHING, _OPEN),
    Notice(ConfirmationAsked, partners_lead, N_("“%(title)s” waits for your confirmation"), _CONFIRM, _READ),
    Notice(ConfirmationDue, partners_lead, N_("“%(title)s” still waits for your confirmation"), _CONFIRM, _READ),
    Notice(
        ConfirmationReopened,
        partners_lead,
        N_("“%(title)s” was changed"),
        N_("You need do nothing now. You are asked again when it is ready."),
        _OPEN,
        mail=False,
    ),
    Notice(PartnerConfirmed, proposals_author, N_("A partner confirmed “%(title)s”"), _NOTHING, _OPEN),
    Notice(
        PartnerObjected,
        proposals_author,
        N_("A partner objects to “%(title)s”"),
        N_("It is your turn: read why, change the text or talk to them, and ask again."),
        _OPEN,
    ),
    Notice(
        PartnerLeftOut, partners_lead, N_("Your organisation is no partner of “%(title)s” any more"), _NOTHING, _OPEN, mail=False
    ),
    Notice(
        PartAssigned,
        whoever_writes_it,
        N_("%(actor)s asks you to write a part of “%(title)s”"),
        N_("It is your turn: write it, and say when it is done."),
        _OPEN,
        mail=False,
    ),
)
