"""Saving what is written in a proposal."""

from sqlalchemy.orm import Session

from portal.kernel import clock
from portal.kernel.errors import Invalid, Refused, Stale
from portal.kernel.events import record
from portal.kernel.policy import Actor, require
from portal.kernel.text import N_, Words
from portal.proposals.events import ProposalEdited
from portal.proposals.inputs import Content
from portal.proposals.models import Proposal
from portal.proposals.policies import WRITABLE, WRITER
from portal.proposals.queries import compute_offer
from portal.proposals.workflow.partners import reopen_confirmations


def save_content(session: Session, proposal: Proposal, content: Content, *, actor: Actor, version: int) -> None:
    """Replace the draft. Saving the same text twice is one save.

    Args:
        version: of the proposal, as it was when the person began to change this text.

    Raises:
        Forbidden: `actor` neither is the author nor may write with them.
        Refused: it is no draft, and nobody asked for changes.
        Stale: somebody saved in between; nothing was overwritten.
        Invalid: it names a compute offer that `actor` cannot read, or leaves out a partner who is to confirm it.
    """
    require(WRITER, actor, proposal)
    require_writable(proposal)
    if content.to_json() == proposal.draft:
        return
    if proposal.version != version:
        raise Stale
    _require_confirming(proposal, content)
    _require_offer(session, content.compute_listing, before=proposal.draft.get("compute_listing"), actor=actor)
    write(proposal, content)
    session.flush()
    reopen_confirmations(session, proposal)
    record(session, ProposalEdited(), actor=actor, subject=proposal)


def require_writable(proposal: Proposal) -> None:
    """Go on only with a draft, or where changes are asked for.

    Raises:
        Refused: neither is so; the sentence says how the proposal stands.
    """
    if proposal.state not in WRITABLE:
        raise Refused(
            N_("This cannot be changed now: it is “%(state)s”. Proposals are changed as drafts, or when changes are asked for."),
            state=Words(proposal.state.label),
        )


def write(proposal: Proposal, content: Content) -> None:
    """Set the draft, for actions that ask and record themselves.

    The columns that lists show follow it only until the other side has a version of its own.
    """
    proposal.draft, proposal.edited_at = content.to_json(), clock.now()
    if not proposal.number:
        proposal.title = content.title
        proposal.asked_minor, proposal.own_minor = content.asked_minor, content.own_minor


def _require_confirming(proposal: Proposal, content: Content) -> None:
    """Whoever confirms the text stands among its partners."""
    there = {each.organisation for each in content.partners}
    gone = [each for each in proposal.written.partners if each.organisation and each.organisation not in there]
    confirming = {asked.partner_id for asked in proposal.partners} if gone else set()
    for each in gone:
        if each.organisation in confirming:
            why = N_("%(name)s is to confirm this text. Leave it out on the page of the team first.")
            raise Invalid("partners", why, name=each.name)


def _require_offer(session: Session, number: int | None, *, before: int | None, actor: Actor) -> None:
    if number not in (None, before) and compute_offer(session, actor, number) is None:
        raise Invalid("compute_listing", N_("There is no compute offer with this reference that you can read."))
