"""What pages say of the officers' approvals: who holds what, what goes on, and what opens again because of which change."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import g

from portal.approvals.models import Approval
from portal.approvals.states import ApprovalState
from portal.kernel.states import member_of
from portal.proposals.inputs import Content
from portal.proposals.inputs.covered import Covered
from portal.proposals.inputs.houses import House
from portal.proposals.models import Proposal
from portal.proposals.queries import approved_before
from portal.web.filters import day, moment
from portal.web.words import gettext as _

_STATES = {ApprovalState.OPEN: "now", ApprovalState.APPROVED: "done", ApprovalState.RETURNED: "refused"}


@dataclass(frozen=True)
class Link:
    """One holder of the chain of approvals: who, what they did or have to do, and how it stands."""

    title: str
    note: str
    state: str


def slot_link(proposal: Proposal, slot: Approval) -> Link:
    """One side's slot: who filled it or by when it is to be filled, and why it is open again."""
    title = _("Partnership office, %(organisation)s", organisation=_house(proposal, slot))
    state = _STATES.get(slot.state, "waiting")
    if slot.decided_by is None:
        note = _("An officer approves by %(when)s", when=moment(slot.due_at)) if state == "now" else _(slot.state.label)
        return Link(title, f"{note}. {_reopened(slot.given_for, slot.touched)}" if slot.given_for else note, state)
    done = {"name": slot.decided_by.name, "day": day(slot.decided_at, weekday=False)}
    if slot.state is ApprovalState.RETURNED:
        note = _("%(name)s sent version %(n)s back, %(day)s", n=slot.number, **done)
    else:
        note = _("%(name)s approved version %(n)s, %(day)s", n=slot.read_number, **done)
    note = f"{note}: “{slot.note}”" if slot.note else note
    return Link(title, f"{note}. {_('Nothing of what it covers changed since.')}" if slot.is_kept else note, state)


def _reopened(number: int, touched: Sequence[str]) -> str:
    """Why an approval that was given does not hold any more."""
    parts = ", ".join(_(member_of(Covered, part).label) for part in touched)
    return _("Version %(n)s was approved; open again, because this changed: %(parts)s", n=number, parts=parts)


def _house(proposal: Proposal, slot: Approval) -> str:
    return proposal.host.name if slot.organisation_id == proposal.host_id else proposal.organisation.name


def approvals_after(proposal: Proposal, content: Content) -> list[str]:
    """What becomes of the approvals that stand once `content` is submitted and accepted; `proposal` was loaded with `FULL`."""
    found = approved_before(g.db, proposal, content, proposal.approvals, host=House(proposal.host_id, proposal.host.name))
    return [_after(_house(proposal, earlier.slot), earlier.slot.read_number, earlier.touched) for earlier in found.values()]


def _after(office: str, number: int, touched: Sequence[str]) -> str:
    if touched:
        parts = ", ".join(_(member_of(Covered, part).label) for part in touched)
        return _(
            "%(office)s approved version %(n)s and has to approve again: %(parts)s changed.", office=office, n=number, parts=parts
        )
    return _("%(office)s approved version %(n)s; that holds, nothing of what it covers changed.", office=office, n=number)
