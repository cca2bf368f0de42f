"""How each partner comes to stand behind exactly what a proposal says, and why they have to say so again."""

from sqlalchemy.orm import Session

from portal.kernel import clock
from portal.kernel.errors import Refused
from portal.kernel.inputs import Reason
from portal.kernel.policy import SYSTEM, SYSTEM_ACTOR
from portal.kernel.text import N_
from portal.kernel.workflow import Step, T, Workflow
from portal.proposals.events import (
    ConfirmationAsked,
    ConfirmationReopened,
    PartnerConfirmed,
    PartnerLeftOut,
    PartnerObjected,
)
from portal.proposals.inputs import Confirming
from portal.proposals.models import Confirmation, Proposal
from portal.proposals.policies import ASKING, LEAD, WRITABLE
from portal.proposals.queries import confirmations_of, proposal_as_written
from portal.proposals.states import ConfirmationState as S

_CHANGED = N_("It was changed since you opened it. Read it again, and confirm what it says now.")


def is_being_written(step: Step) -> str | None:
    return None if step.thing.proposal.state in WRITABLE else N_("It is not being written now, so there is nothing to confirm.")


def is_what_was_read(step: Step) -> str | None:
    return _CHANGED if step.given is not None and step.given.digest != step.thing.proposal.digest else None


def note_asked(step: Step) -> None:
    step.thing.asked_at, step.thing.reminded_at = clock.now(), None


def bind(step: Step) -> None:
    """Once this is written nobody else writes before it is done: what was changed at the same moment shows now."""
    step.thing.digest, step.thing.note, step.thing.answered_at = step.given.digest, "", clock.now()
    step.session.flush()
    if proposal_as_written(step.session, step.thing.proposal_id).digest != step.given.digest:
        raise Refused(_CHANGED)


def note_objection(step: Step) -> None:
    step.thing.digest, step.thing.note, step.thing.answered_at = "", step.given.text, clock.now()
    forget_partners(step)


def unbind(step: Step) -> None:
    step.thing.digest, step.thing.answered_at = "", None
    forget_partners(step)


def touch(step: Step) -> None:
    """Who stands behind it is part of what the others confirm: whoever saves or submits at this moment is told."""
    reopen_confirmations(step.session, step.thing.proposal)
    step.thing.proposal.edited_at = clock.now()
    forget_partners(step)


def forget_partners(step: Step) -> None:
    """What the row of the proposal says of its partners is read anew."""
    step.session.flush()
    step.session.expire(step.thing.proposal, ["asked_of"])


def reopen_confirmations(session: Session, proposal: Proposal) -> None:
    """What partners said was said about another text: whoever was asked has to be asked again."""
    for confirmation in confirmations_of(session, proposal.id):
        if confirmation.state in _SAID:
            CONFIRMATION_FLOW.perform(session, confirmation, "reopen", actor=SYSTEM_ACTOR)


_SAID = (S.ASKED, S.CONFIRMED, S.OBJECTED)
_UNSAID = (S.OPEN, S.ASKED, S.OBJECTED)

CONFIRMATION_FLOW = Workflow(
    of=Confirmation,
    start=S.OPEN,
    ends=(S.LEFT_OUT,),
    table=(
        T(
            "ask",
            N_("Ask to confirm"),
            (S.OPEN, S.OBJECTED),
            S.ASKED,
            ASKING,
            ConfirmationAsked,
            guards=(is_being_written,),
            effects=(note_asked, forget_partners),
        ),
        T(
            "confirm",
            N_("Confirm exactly this"),
            _UNSAID,
            S.CONFIRMED,
            LEAD,
            PartnerConfirmed,
            guards=(is_being_written, is_what_was_read),
            effects=(bind,),
            takes=Confirming,
        ),
        T(
            "object",
            N_("Object"),
            (S.OPEN, S.ASKED, S.CONFIRMED),
            S.OBJECTED,
            LEAD,
            PartnerObjected,
            guards=(is_being_written,),
            effects=(note_objection,),
            takes=Reason,
            risk=True,
        ),
        T(
            "reopen",
            N_("Ask anew after a change"),
            _SAID,
            S.OPEN,
            SYSTEM,
            ConfirmationReopened,
            effects=(unbind,),
        ),
        T(
            "leave_out",
            N_("Leave this partner out"),
            (*_UNSAID, S.CONFIRMED),
            S.LEFT_OUT,
            ASKING,
            PartnerLeftOut,
            guards=(is_being_written,),
            effects=(touch,),
            risk=True,
        ),
    ),
)
