"""Whose turn it is where a report or a claim is what comes next. Only those who answer for the work read this."""

from dataclasses import dataclass

from portal.collaborations.models import Collaboration
from portal.collaborations.queries import Pending
from portal.collaborations.states import ClaimState as C
from portal.collaborations.states import ReportState as R
from portal.kernel import clock
from portal.kernel.policy import Actor, Role
from portal.kernel.states import member_of
from portal.kernel.text import N_, Words


@dataclass(frozen=True)
class Turn:
    """Whose turn it is: `mine` is true, false, or None when nobody has to act."""

    mine: bool | None
    who: Words
    title: Words
    text: Words
    href: str = ""  # of the page where it is done; none where that is this one
    button: str = ""


_REPORTS = {
    R.SUBMITTED: (
        N_("%(kind)s: accept it, or send it back with questions"),
        N_("It was submitted. Without an answer it stays with the host; it is never accepted by silence."),
    ),
    R.QUERIED: (N_("%(kind)s: answer what was asked"), N_("The host read it and sent it back with questions.")),
}
_CLAIMS = {
    C.SUBMITTED: (N_("Claim: confirm the work, or send it back"), N_("Next the partnership office checks the sums.")),
    C.TECHNICAL_CHECK: (N_("Claim: check the sums"), N_("The work was confirmed. Somebody else checks the sums.")),
    C.FINANCE_CHECK: (N_("Claim: approve it, or send it back"), N_("Both checks are passed. Silence never approves.")),
    C.APPROVED: (N_("Claim: pay it, and note the day"), N_("It is approved and not noted as paid yet.")),
    C.QUERIED: (N_("Claim: answer what was asked"), N_("It came back with questions and is checked from the beginning again.")),
}


def turn_of_pending(collaboration: Collaboration, pending: Pending, actor: Actor) -> Turn:
    """In whose hands it is, and what they do with it."""
    if pending.kind:
        return _of_report(collaboration, pending, actor)
    state, lead = member_of(C, pending.state), collaboration.host_lead
    title, text = (Words(sentence) for sentence in _CLAIMS[state])
    if state is C.QUERIED:
        lead = collaboration.partner_lead
    if state in (C.SUBMITTED, C.QUERIED):
        return _turn(pending, actor, lead.name, title, text, mine=actor.id == lead.id)
    others = pending.by_id, pending.technical_by_id if state is C.TECHNICAL_CHECK else None
    takes = collaboration.host_id in actor.organisations_as(Role.OFFICER) or (state is C.FINANCE_CHECK and actor.id == lead.id)
    office = Words(N_("the partnership office of %(name)s"), {"name": collaboration.host.name})
    return _turn(pending, actor, office, title, text, mine=takes and actor.id not in others)


def _of_report(collaboration: Collaboration, pending: Pending, actor: Actor) -> Turn:
    state = member_of(R, pending.state)
    person = collaboration.host_lead if state is R.SUBMITTED else collaboration.partner_lead
    late = pending.due_on is not None and pending.due_on < clock.today()
    owed = N_("It is late: write it now, or say in a message when it comes.") if late else N_("Its day is near.")
    title, text = _REPORTS.get(state, (N_("%(kind)s: write and submit it"), owed))
    kind = Words(pending.label)
    return _turn(pending, actor, person.name, Words(title, {"kind": kind}), Words(text), mine=person.id == actor.id)


def _turn(pending: Pending, actor: Actor, holder: str | Words, title: Words, text: Words, *, mine: bool) -> Turn:
    who = Words(N_("Your turn, %(name)s") if mine else N_("Waiting for %(name)s"), {"name": actor.name if mine else holder})
    return Turn(mine, who, title, text, pending.href, N_("Open the report") if pending.kind else N_("Open the claim"))
