"""The officers' slots of the version that was accepted: opened, set aside, or going on from an earlier version."""

from portal.approvals.actions import Before, Slots, open_slots, void_slots
from portal.approvals.queries import slots_of
from portal.approvals.states import ApprovalState, Side
from portal.kernel.events import About
from portal.kernel.policy import SYSTEM_ACTOR
from portal.kernel.workflow import Step
from portal.organisations.models import Organisation
from portal.proposals.events import ApprovalGoesOn, ApprovalReopened
from portal.proposals.inputs.houses import House
from portal.proposals.models import Proposal
from portal.proposals.queries import approved_before, last_submitted


def open_approvals(step: Step) -> None:
    """For each side one, unless what it approved earlier goes on; both sides read which opened again."""
    proposal = step.thing
    before = _approved_before(step)
    slots = Slots(
        subject_type="proposal",
        subject_id=proposal.id,
        number=proposal.number,
        organisations={Side.HOST: proposal.host_id, Side.PARTNER: proposal.organisation_id},
        author_id=proposal.author_id,
        owner_id=proposal.decided_by_id or proposal.listing.owner_id,
        before=before,
    )
    step.also.extend(open_slots(step.session, slots))
    for side, earlier in before.items():
        versions = (proposal.number, earlier.slot.read_number)
        fact = ApprovalReopened(*versions) if earlier.touched else ApprovalGoesOn(*versions)
        step.also.append(About(fact, Proposal, proposal.id, slots.organisations[side], by=SYSTEM_ACTOR))


def _approved_before(step: Step) -> dict[Side, Before]:
    proposal, session = step.thing, step.session
    content = last_submitted(session, proposal) if proposal.number > 1 else None
    if content is None:
        return {}
    host = House(proposal.host_id, session.get_one(Organisation, proposal.host_id).name)
    barred = (proposal.author_id, proposal.decided_by_id or proposal.listing.owner_id)
    slots = [slot for slot in slots_of(session, "proposal", proposal.id) if slot.decided_by_id not in barred]
    return approved_before(session, proposal, content, slots, host=host)


def void_approvals(step: Step) -> None:
    void_slots(step.session, "proposal", step.thing.id)


def void_open_approvals(step: Step) -> None:
    """What one side approved stays approved: whether it holds for the next version depends on what that changes."""
    void_slots(step.session, "proposal", step.thing.id, ApprovalState.OPEN)
