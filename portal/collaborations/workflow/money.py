"""How a claim is checked twice, approved and paid."""

from portal.collaborations.events import ClaimMoved
from portal.collaborations.inputs import Paid
from portal.collaborations.models import Claim
from portal.collaborations.policies import CLAIM_CHECKS_SUMS, CLAIM_CHECKS_WORK, CLAIM_DECIDES, CLAIM_OWNS
from portal.collaborations.queries import granted_minor
from portal.collaborations.states import CHECKED, UNPAID
from portal.collaborations.states import ClaimState as C
from portal.collaborations.workflow.parts import is_running
from portal.kernel import clock
from portal.kernel.inputs import Reason
from portal.kernel.text import N_, Words
from portal.kernel.units import format_amount
from portal.kernel.workflow import Step, T, Workflow


def is_another_person(step: Step) -> str | None:
    if step.thing.technical_by_id == step.actor.id:
        return N_("You confirmed the work yourself: somebody else checks the sums.")
    return None


def adds_up(step: Step) -> str | None:
    claim = step.thing
    right = sum(line.amount_minor for line in claim.lines) == claim.total_minor
    return None if right else N_("The amounts do not add up to the total: send it back.")


def stays_within(step: Step) -> Words | None:
    """What was agreed is the sum that stands on the collaboration; a change of money that is in force has moved it."""
    claim, collaboration = step.thing, step.thing.collaboration
    all_ = granted_minor(step.session, collaboration) + claim.total_minor
    if all_ <= collaboration.asked_minor:
        return None
    amounts = {
        "all": format_amount(all_, collaboration.currency),
        "agreed": format_amount(collaboration.asked_minor, collaboration.currency),
        "currency": collaboration.currency,
    }
    return Words(
        N_("With it %(all)s %(currency)s would be approved, and %(agreed)s were agreed. Agree on a change of the amount first."),
        amounts,
    )


def stamp_submitted(step: Step) -> None:
    claim = step.thing
    claim.submitted_at, claim.by_id = clock.now(), step.actor.id
    claim.technical_by_id = claim.finance_by_id = None


def stamp_work(step: Step) -> None:
    step.thing.technical_by_id = step.actor.id


def stamp_sums(step: Step) -> None:
    step.thing.finance_by_id = step.actor.id


def stamp_decided(step: Step) -> None:
    claim = step.thing
    claim.decided_by_id, claim.decided_at = step.actor.id, clock.now()
    claim.note = step.given.text if step.given else ""


def stamp_paid(step: Step) -> None:
    step.thing.paid_on = step.given.paid_on


CLAIM_FLOW = Workflow(
    of=Claim,
    start=C.DRAFT,
    ends=(C.PAID, C.DECLINED, C.WAIVED),
    table=(
        T(
            "submit",
            N_("Submit the claim"),
            (C.DRAFT, C.QUERIED),
            C.SUBMITTED,
            CLAIM_OWNS,
            ClaimMoved,
            guards=(is_running,),
            effects=(stamp_submitted,),
        ),
        T(
            "confirm_work",
            N_("Confirm the work"),
            (C.SUBMITTED,),
            C.TECHNICAL_CHECK,
            CLAIM_CHECKS_WORK,
            ClaimMoved,
            effects=(stamp_work,),
        ),
        T(
            "confirm_sums",
            N_("Confirm the sums"),
            (C.TECHNICAL_CHECK,),
            C.FINANCE_CHECK,
            CLAIM_CHECKS_SUMS,
            ClaimMoved,
            guards=(is_another_person, adds_up),
            effects=(stamp_sums,),
        ),
        T(
            "approve",
            N_("Approve the claim"),
            (C.FINANCE_CHECK,),
            C.APPROVED,
            CLAIM_DECIDES,
            ClaimMoved,
            guards=(stays_within,),
            effects=(stamp_decided,),
        ),
        T(
            "pay",
            N_("Note as paid"),
            (C.APPROVED,),
            C.PAID,
            CLAIM_CHECKS_SUMS,
            ClaimMoved,
            effects=(stamp_paid,),
            takes=Paid,
        ),
        T(
            "query",
            N_("Send back with questions"),
            CHECKED,
            C.QUERIED,
            CLAIM_DECIDES,
            ClaimMoved,
            effects=(stamp_decided,),
            takes=Reason,
        ),
        T(
            "decline",
            N_("Decline the claim"),
            CHECKED,
            C.DECLINED,
            CLAIM_DECIDES,
            ClaimMoved,
            effects=(stamp_decided,),
            takes=Reason,
            risk=True,
        ),
        T(
            "waive",
            N_("Waive the claim"),
            (C.DRAFT, *UNPAID),
            C.WAIVED,
            CLAIM_OWNS,
            ClaimMoved,
            effects=(stamp_decided,),
            takes=Reason,
            risk=True,
        ),
    ),
)
