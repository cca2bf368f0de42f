"""Whose turn it is with an interest or a proposal, in words for each side: who must act, until when, and what if nobody does."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from portal.approvals.models import Approval
from portal.approvals.policies import APPROVER
from portal.approvals.states import ApprovalState
from portal.kernel.policy import Actor
from portal.proposals.models import Interest, Proposal
from portal.proposals.policies import AUTHOR, CO_EDITOR, INTEREST_AUTHOR, INTEREST_OWNER, LISTING_OWNER
from portal.proposals.states import WITH_PROPOSAL, InterestState, ProposalState
from portal.web.filters import moment
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


def turn_of_interest(interest: Interest, actor: Actor) -> Turn:
    """The banner of an interest's page."""
    return _INTEREST[interest.state](interest, actor)


def slots_in_force(proposal: Proposal) -> list[Approval]:
    """The slots of the version that was submitted last."""
    return [slot for slot in proposal.approvals if slot.number == proposal.number]


def slot_for(proposal: Proposal, actor: Actor) -> Approval | None:
    """The open slot this officer may fill, if they have not filled the other one."""
    slots = slots_in_force(proposal)
    if any(slot.decided_by_id == actor.id for slot in slots):
        return None
    return next((slot for slot in slots if slot.state is ApprovalState.OPEN and APPROVER.holds(actor, slot)), None)


def _yours(actor: Actor) -> str:
    return _("Your turn, %(name)s", name=actor.name)


def _waiting(name: str, organisation: str) -> str:
    return _("Waiting for %(name)s, %(organisation)s", name=name, organisation=organisation)


def _nobody(title: str, text: str) -> Turn:
    return Turn(None, _("Nobody has to act"), title, text)


def _written_together(proposal: Proposal, actor: Actor) -> Turn:
    return Turn(
        True,
        _yours(actor),
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
            _waiting(proposal.author.name, proposal.organisation.name),
            _("This proposal is being written"),
            _("You need do nothing now. Only your side can read it until it is submitted."),
        )
    closes_at = proposal.listing.closes_at
    title = _("Finish your proposal and submit it by %(when)s", when=moment(closes_at)) if closes_at else None
    return Turn(
        True,
        _yours(actor),
        title or _("Finish your proposal and submit it"),
        _("The other side sees nothing until you submit. If the listing closes first, the draft expires and nothing is sent."),
        (_("Go on writing"), f"{proposal.href}/edit/summary"),
    )


def _to_decide(proposal: Proposal, actor: Actor) -> Turn:
    until = moment(proposal.decide_by)
    if LISTING_OWNER.holds(actor, proposal):
        return Turn(
            True,
            _yours(actor),
            _("Decide on this proposal by %(when)s", when=until),
            _("After you accept, the partnership officers of both sides approve this version. Silence decides nothing."),
            (_("Give your decision"), "#decide"),
        )
    owner = proposal.listing.owner.name
    return Turn(
        False,
        _waiting(owner, proposal.host.name),
        _("%(organisation)s decides by %(when)s", organisation=proposal.host.name, when=until),
        _("You need do nothing now. If no decision comes by then, write to %(name)s here: silence is no answer.", name=owner),
    )


def _to_change(proposal: Proposal, actor: Actor) -> Turn:
    if CO_EDITOR.holds(actor, proposal):
        return _written_together(proposal, actor)
    if AUTHOR.holds(actor, proposal):
        return Turn(
            True,
            _yours(actor),
            _("Change the proposal and submit it again"),
            _("What is asked for stands below. They keep reading version %(n)s until you submit the next.", n=proposal.number),
            (_("Change the proposal"), f"{proposal.href}/edit/summary"),
        )
    return Turn(
        False,
        _waiting(proposal.author.name, proposal.organisation.name),
        _("Changes were asked for"),
        _("You need do nothing now. You read version %(n)s until the next one is submitted.", n=proposal.number),
    )


def _to_approve(proposal: Proposal, actor: Actor) -> Turn:
    missing = [slot for slot in slots_in_force(proposal) if slot.state is ApprovalState.OPEN]
    if (slot := slot_for(proposal, actor)) is not None:
        return Turn(
            True,
            _yours(actor),
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
    return _nobody(_("This proposal was declined"), text if AUTHOR.holds(actor, proposal) else _("The reason stands below."))


def _withdrawn(proposal: Proposal, actor: Actor) -> Turn:
    return _nobody(_("This proposal was withdrawn"), _("Its text is no longer open to the listing's side; that it existed is."))


_PROPOSAL: dict[Any, Callable[[Proposal, Actor], Turn]] = {
    ProposalState.DRAFT: _being_written,
    ProposalState.SUBMITTED: _to_decide,
    ProposalState.IN_REVIEW: _to_decide,
    ProposalState.REVISION_REQUESTED: _to_change,
    ProposalState.IN_APPROVAL: _to_approve,
    ProposalState.ACCEPTED: lambda proposal, _actor: _nobody(
        _("Both sides accepted version %(n)s", n=proposal.number), _("The collaboration is open; its leads take it from here.")
    ),
    ProposalState.DECLINED: _declined,
    ProposalState.WITHDRAWN: _withdrawn,
    ProposalState.EXPIRED: lambda _proposal, _actor: _nobody(
        _("This draft expired"), _("The listing closed before it was submitted. Nothing was sent; the text stays yours.")
    ),
}


def _unsent(interest: Interest, actor: Actor) -> Turn:
    if not INTEREST_AUTHOR.holds(actor, interest):
        return Turn(
            False,
            _("Waiting for %(name)s", name=interest.author.name),
            _("This is being written"),
            _("You need do nothing now. You can read it once it is sent."),
        )
    return Turn(
        True,
        _yours(actor),
        _("Finish your expression of interest and send it"),
        _("Nobody else sees it until you do."),
        (_("Go on writing"), f"{interest.listing.href}/interest"),
    )


def _to_answer(interest: Interest, actor: Actor) -> Turn:
    until = moment(interest.reply_due_at)
    if INTEREST_OWNER.holds(actor, interest):
        return Turn(
            True,
            _yours(actor),
            _("Answer by %(when)s", when=until),
            _("That date was promised to %(name)s. If it passes in silence, both of you are told.", name=interest.author.name),
        )
    return Turn(
        False,
        _waiting(interest.listing.owner.name, interest.host.name),
        _("You get an answer by %(when)s", when=until)
        if INTEREST_AUTHOR.holds(actor, interest)
        else _("The answer was promised by %(when)s", when=until),
        _("You need do nothing now. If the date passes in silence, both sides are told; silence is never a refusal."),
    )


def _asked(interest: Interest, actor: Actor) -> Turn:
    question = interest.asked[-1]["question"]
    if INTEREST_AUTHOR.holds(actor, interest):
        return Turn(
            True,
            _yours(actor),
            _("%(name)s asks you something before answering", name=interest.listing.owner.name),
            f"“{question}”",
            (_("Answer the question"), f"{interest.href}/steps/reply"),
        )
    return Turn(
        False,
        _("Waiting for %(name)s", name=interest.author.name),
        _("A question was asked back"),
        _("You need do nothing now. When the answer is here, at least seven days are left to decide."),
    )


def _passed_on(_interest: Interest, actor: Actor) -> Turn:
    return _nobody(_("Passed on"), _("Where to, and why, stands below."))


def _lapsed(interest: Interest, actor: Actor) -> Turn:
    if INTEREST_OWNER.holds(actor, interest):
        return Turn(
            True,
            _yours(actor),
            _("The promised date has passed: answer now"),
            _("You can still invite or decline. %(name)s was told that the date passed.", name=interest.author.name),
        )
    return Turn(
        False,
        _waiting(interest.listing.owner.name, interest.host.name),
        _("Not answered by the promised date"),
        _("They can still answer. It counts as unanswered, not as refused. You can write to them below."),
    )


def _invited(interest: Interest, actor: Actor) -> Turn:
    if not INTEREST_AUTHOR.holds(actor, interest):
        return Turn(
            False,
            _("Waiting for %(name)s", name=interest.author.name),
            _("%(name)s is invited", name=interest.author.name),
            _("You need do nothing now."),
        )
    if interest.listing.kind not in WITH_PROPOSAL:
        return Turn(True, _yours(actor), _("You are invited"), _("Read the answer below and agree on the next step with them."))
    return Turn(
        True,
        _yours(actor),
        _("You are invited: start the proposal"),
        _("What you wrote here is carried over. They see the proposal only when you submit it."),
        (_("Start the proposal"), f"{interest.listing.href}/propose"),
    )


_INTEREST: dict[Any, Callable[[Interest, Actor], Turn]] = {
    InterestState.DRAFT: _unsent,
    InterestState.SENT: _to_answer,
    InterestState.ACKNOWLEDGED: _to_answer,
    InterestState.ASKED: _asked,
    InterestState.REDIRECTED: _passed_on,
    InterestState.LAPSED: _lapsed,
    InterestState.INVITED: _invited,
    InterestState.DECLINED: lambda _interest, _actor: _nobody(_("Declined"), _("The reason stands below.")),
    InterestState.WITHDRAWN: lambda _interest, _actor: _nobody(
        _("This was withdrawn"), _("Its text is no longer open to the listing's side.")
    ),
}
