"""What a decision on a proposal leaves on it: screening before merit, conditions, a place on the reserve list."""

import datetime as dt

from sqlalchemy import bindparam, select, update

from portal.kernel import clock
from portal.kernel.errors import Invalid
from portal.kernel.prepared import Change
from portal.kernel.text import N_
from portal.kernel.workflow import Step
from portal.proposals.models import HeldDecision, Proposal
from portal.proposals.states import DeclineCode, ProposalState, Screening

DAYS_TO_DECIDE = 30
_HELD = HeldDecision.metadata.tables[HeldDecision.__tablename__]
_OPEN = update(_HELD).where(_HELD.c.proposal_id == bindparam("proposal"), _HELD.c.ended_at.is_(None))
_END_HELD = Change(_OPEN.values(ended_at=bindparam("now")), "proposal", "now")


def are_confirmed(step: Step) -> str | None:
    """Only a condition nobody has confirmed holds up the approvals."""
    if all(each.get("confirmed_at") for each in step.thing.conditions):
        return None
    return N_("The author has not confirmed every condition yet.")


def start_judging(step: Step) -> None:
    """A new version begins anew: nothing that was said of the last one holds for it."""
    proposal = step.thing
    proposal.decide_by = clock.now() + dt.timedelta(days=DAYS_TO_DECIDE)
    proposal.screening = proposal.screened_at = None
    proposal.screening_text = proposal.screening_note = proposal.objection = ""
    proposal.conditions = []


def pass_screening(step: Step) -> None:
    step.thing.screening, step.thing.screened_at = Screening.PASSED, clock.now()


def screen_out(step: Step) -> None:
    """Not a word on its merit: the reason is the screening's, and so is the code."""
    proposal, ineligible = step.thing, step.row.target is ProposalState.DECLINED
    proposal.screening = Screening.INELIGIBLE if ineligible else Screening.INCOMPLETE
    proposal.screened_at = proposal.decided_at = clock.now()
    proposal.screening_text, proposal.screening_note = step.given.text, step.given.note
    proposal.decision_note, proposal.decided_by_id = "", step.actor.id
    proposal.decline_code = DeclineCode.ELIGIBILITY if ineligible else None


def stamp_decision(step: Step) -> None:
    """Whatever was held back before this is held no longer."""
    proposal = step.thing
    proposal.decided_at = clock.now()
    proposal.decided_by_id = step.actor.id
    proposal.decision_note = step.given.text if step.given else ""
    proposal.decline_code = getattr(step.given, "code", None)
    proposal.conditions, proposal.objection = [], ""
    proposal.reserve_rank = proposal.reserved_until = None
    end_held(step)


def end_held(step: Step) -> None:
    _END_HELD.make(step.session.connection(), {"proposal": step.thing.id, "now": clock.now()})


def set_conditions(step: Step) -> None:
    step.thing.conditions = [{"text": each} for each in step.given.conditions]


def note_objection(step: Step) -> None:
    """The owner has the whole time again: what was objected to is news to them."""
    step.thing.objection = step.given.text
    step.thing.decide_by = clock.now() + dt.timedelta(days=DAYS_TO_DECIDE)


def put_in_reserve(step: Step) -> None:
    """Give it its place.

    Raises:
        Invalid: another proposal for the listing has it.
    """
    proposal, given = step.thing, step.given
    taken = select(Proposal.id).where(
        Proposal.listing_id == proposal.listing_id,
        Proposal._state == ProposalState.RESERVED,
        Proposal.reserve_rank == given.rank,
        Proposal.id != proposal.id,
    )
    with step.session.no_autoflush:
        if step.session.scalar(taken) is not None:
            raise Invalid("rank", N_("Another proposal has this place. Choose the next one."))
    proposal.reserve_rank, proposal.reserved_until = given.rank, given.until
