"""What must be true before a proposal is submitted."""

from portal.kernel.text import N_, Words
from portal.kernel.workflow import Step
from portal.proposals.queries import last_submitted, own_questions
from portal.proposals.states import ProposalState as S
from portal.proposals.workflow.completeness import gaps
from portal.proposals.workflow.eligibility import first_obstacle, proposal_conditions


def is_complete(step: Step) -> str | Words | None:
    return next((gap.why for gap in gaps(step.thing.written, own_questions(step.session, step.thing))), None)


def may_still_answer(step: Step) -> str | None:
    """What was asked before the first word, asked again. A revision that was asked for may come after the listing closed."""
    if step.came_from is not S.DRAFT:
        return None
    return first_obstacle(proposal_conditions(step.actor, step.thing.listing, invited=step.thing.interest_id is not None))


def is_member(step: Step) -> str | None:
    if step.thing.organisation_id in step.actor.organisations:
        return None
    return N_("You no longer belong to the organisation that makes this proposal, so you cannot submit it.")


def has_changed(step: Step) -> str | None:
    proposal = step.thing
    if not proposal.number:
        return None
    if last_submitted(step.session, proposal) == proposal.written:
        return N_("This is still the version they have. Change what they asked for before you submit again.")
    return None


def is_confirmed(step: Step) -> str | None:
    """All stand behind one and the same text, or it does not go out in their name."""
    if not step.thing.unconfirmed:
        return None
    return N_("Every partner has to confirm exactly this text first. Who has yet to do so stands on the page of its team.")
