"""Whose turn it is with a proposal, in words for each side: who must act, until when, and what if nobody does."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from portal.approvals.models import Approval
from portal.approvals.policies import APPROVER
from portal.approvals.states import ApprovalState
from portal.kernel.policy import Actor
from portal.proposals.models import Proposal
from portal.proposals.policies import AUTHOR, CO_EDITOR, LISTING_OWNER
from portal.proposals.states import ProposalState
from portal.web.filters import day, moment
from portal.web.words import gettext as _


@dataclass(frozen=True)
class Turn:
    """What the banner says. `mine`: True, False, or None when nobody has to act; `button`: label and address."""

    mine: bool | None
    who: str
    title: str
    text: str
    button: tuple[str, str] | None = None


def turn_of_proposal(proposal: Proposal, actor: Actor) -> Turn:
    """The banner of a proposal's page."""
    return _PROPOSAL[proposal.state](proposal, actor)


def slots_in_force(proposal: Proposal) -> list[Approval]:
    """The slots of the version that was submitted last."""
    return [slot for slot in proposal.approvals if slot.number == proposal.number]


def slot_for(proposal: Proposal, actor: Actor) -> Approval | None:
    """The open slot this officer may fill, if they have not filled the other one."""
    slots = slots_in_force(proposal)
    if any(slot.decided_by_id == actor.id for slot in slots):
        return None
    return next((slot for slot in slots if slot.state is ApprovalState.OPEN and APPROVER.holds(actor, slot)), None)


def yours(actor: Actor) -> str:
    """The reader’s own turn."""
    return _("Your turn, %(name)s", name=actor.name)


def waiting_for(name: str, organisation: str) -> str:
    """Somebody else’s."""
    return _("Waiting for %(name)s, %(organisation)s", name=name, organisation=organisation)


def nobody(title: str, text: str, button: tuple[str, str] | None = None) -> Turn:
    """Nobody’s: it is over, or goes by itself."""
    return Turn(None, _("Nobody has to act"), title, text, button)


def _again(proposal: Proposal, actor: Actor) -> tuple[str, str] | None:
    """The way to another go, for its author, while the listing takes answers."""
    if not AUTHOR.holds(actor, proposal) or not proposal.listing.is_open:
        return None
    return _("Begin again with this text"), f"{proposal.listing.href}/propose"


def _written_together(proposal: Proposal, actor: Actor) -> Turn:
    return Turn(
        True,
        yours(actor),
        _("You write this with %(name)s", name=proposal.author.name),
        _("Go on whenever you like: nobody overwrites anybody. %(name)s submits it.", name=proposal.author.name),
        (_("Go on writing"), f"{proposal.href}/edit/summary"),
    )


def _being_written(proposal: Proposal, actor: Actor) -> Turn:
    if CO_EDITOR.holds(actor, proposal):
        return _written_together(proposal, actor)
    if not AUTHOR.holds(actor, proposal):
        return Turn(
            False,
            waiting_for(proposal.author.name, proposal.organisation.name),
            _("This proposal is being written"),
            _("You need do nothing now. Only your side can read it until it is submitted."),
        )
    closes_at = proposal.listing.closes_at
    title = _("Finish your proposal and submit it by %(when)s", when=moment(closes_at)) if closes_at else None
    return Turn(
        True,
        yours(actor),
        title or _("Finish your proposal and submit it"),
        _("The other side sees nothing until you submit. If the listing closes first, the draft expires and nothing is sent."),
        (_("Go on writing"), f"{proposal.href}/edit/summary"),
    )


def _to_decide(proposal: Proposal, actor: Actor) -> Turn:
    until = moment(proposal.decide_by)
    if LISTING_OWNER.holds(actor, proposal):
        return Turn(
            True,
            yours(actor),
            _("Decide on this proposal by %(when)s", when=until),
            _("After you accept, the partnership officers of both sides approve this version. Silence decides nothing."),
            (_("Give your decision"), "#decide"),
        )
    owner = proposal.listing.owner.name
    return Turn(
        False,
        waiting_for(owner, proposal.host.name),
        _("%(organisation)s decides by %(when)s", organisation=proposal.host.name, when=until),
        _("You need do nothing now. If no decision comes by then, write to %(name)s here: silence is no answer.", name=owner),
    )


def _to_screen(proposal: Proposal, actor: Actor) -> Turn:
    if not LISTING_OWNER.holds(actor, proposal):
        return _to_decide(proposal, actor)
    return Turn(
        True,
        yours(actor),
        _("Screen this proposal: is it eligible and complete?"),
        _("Its merit comes after that. A decision was promised by %(when)s.", when=moment(proposal.decide_by)),
    )


def _conditional(proposal: Proposal, actor: Actor) -> Turn:
    if AUTHOR.holds(actor, proposal):
        return Turn(
            True,
            yours(actor),
            _("Accepted with conditions: confirm each of them, or object"),
            _("When all are confirmed, the partnership officers of both sides approve this version."),
            (_("Read the conditions"), "#conditions"),
        )
    return Turn(
        False,
        waiting_for(proposal.author.name, proposal.organisation.name),
        _("Accepted with conditions"),
        _("You need do nothing now. The author confirms each condition, or objects; the approvals open after that."),
    )


def _reserved(proposal: Proposal, actor: Actor) -> Turn:
    until = day(proposal.reserved_until)
    if LISTING_OWNER.holds(actor, proposal):
        return Turn(
            True,
            yours(actor),
            _("Place %(n)s on the reserve list, until %(day)s", n=proposal.reserve_rank, day=until),
            _("Accept or decline it by then. If the day passes, its time is over, and both sides are told."),
            (_("Give your decision"), "#decide"),
        )
    return Turn(
        False,
        waiting_for(proposal.listing.owner.name, proposal.host.name),
        _("Place %(n)s on the reserve list, until %(day)s", n=proposal.reserve_rank, day=until),
        _("You need do nothing now. If a place becomes free by then, it can still be accepted."),
    )


def _to_change(proposal: Proposal, actor: Actor) -> Turn:
    if CO_EDITOR.holds(actor, proposal):
        return _written_together(proposal, actor)
    if AUTHOR.holds(actor, proposal):
        return Turn(
            True,
            yours(actor),
            _("Change the proposal and submit it again"),
            _("What is asked for stands below. They keep reading version %(n)s until you submit the next.", n=proposal.number),
            (_("Change the proposal"), f"{proposal.href}/edit/summary"),
        )
    return Turn(
        False,
        waiting_for(proposal.author.name, proposal.organisation.name),
        _("Changes were asked for"),
        _("You need do nothing now. You read version %(n)s until the next one is submitted.", n=proposal.number),
    )


def _to_approve(proposal: Proposal, actor: Actor) -> Turn:
    missing = [slot for slot in slots_in_force(proposal) if slot.state is ApprovalState.OPEN]
    if (slot := slot_for(proposal, actor)) is not None:
        return Turn(
            True,
            yours(actor),
            _("Approve version %(n)s by %(when)s, or send it back", n=slot.number, when=moment(slot.due_at)),
            _("When both sides have approved, the collaboration opens. Silence never counts as approval."),
            (_("Approve version %(n)s", n=slot.number), f"/approvals/{slot.id}/steps/approve"),
        )
    names = {proposal.host_id: proposal.host.name, proposal.organisation_id: proposal.organisation.name}
    offices = list(dict.fromkeys(names[slot.organisation_id] for slot in missing))
    return Turn(
        False,
        _("Waiting for the partnership office of %(organisation)s", organisation=offices[0])
        if len(offices) == 1
        else _("Waiting for the partnership offices of both sides"),
        _("Accepted: now the officers approve version %(n)s", n=proposal.number),
        _("You need do nothing now. Each side's officer approves exactly this version, or sends it back with a reason."),
    )


def _declined(proposal: Proposal, actor: Actor) -> Turn:
    text = _("The text stays yours, and a new proposal can begin with it while the listing is open.")
    told = text if AUTHOR.holds(actor, proposal) else _("The reason stands below.")
    return nobody(_("This proposal was declined"), told, _again(proposal, actor))


def _withdrawn(proposal: Proposal, actor: Actor) -> Turn:
    told = _("Its text is no longer open to the listing's side; that it existed is.")
    return nobody(_("This proposal was withdrawn"), told, _again(proposal, actor))


_PROPOSAL: dict[Any, Callable[[Proposal, Actor], Turn]] = {
    ProposalState.DRAFT: _being_written,
    ProposalState.SUBMITTED: _to_screen,
    ProposalState.CONDITIONAL: _conditional,
    ProposalState.RESERVED: _reserved,
    ProposalState.REDIRECTED: lambda _proposal, _actor: nobody(_("Passed on"), _("Where to, and why, stands below.")),
    ProposalState.LAPSED: lambda _proposal, _actor: nobody(
        _("Its time on the reserve list is over"),
        _("Nothing was decided about its merit; a new proposal can begin with it."),
    ),
    ProposalState.IN_REVIEW: _to_decide,
    ProposalState.REVISION_REQUESTED: _to_change,
    ProposalState.IN_APPROVAL: _to_approve,
    ProposalState.ACCEPTED: lambda proposal, _actor: nobody(
        _("Both sides accepted version %(n)s", n=proposal.number), _("The collaboration is open; its leads take it from here.")
    ),
    ProposalState.DECLINED: _declined,
    ProposalState.WITHDRAWN: _withdrawn,
    ProposalState.EXPIRED: lambda _proposal, _actor: nobody(
        _("This draft expired"), _("The listing closed before it was submitted. Nothing was sent; the text stays yours.")
    ),
}
