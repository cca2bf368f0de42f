"""Writing claims, and telling what one's own side put in."""

from sqlalchemy.orm import Session

from portal.approvals.states import Side
from portal.collaborations.events import ClaimWritten, ContributionRecorded
from portal.collaborations.inputs import ClaimEntry, ContributionEntry
from portal.collaborations.models import Claim, ClaimLine, Collaboration, Contribution
from portal.collaborations.policies import CLAIM_OWNS, LEAD, PARTNER_LEAD
from portal.collaborations.queries import claimants_of
from portal.collaborations.states import ClaimState, CollaborationState
from portal.kernel import clock
from portal.kernel.errors import Forbidden, Invalid, Refused
from portal.kernel.events import record
from portal.kernel.policy import Actor, require
from portal.kernel.text import N_

_SPENDING = (CollaborationState.ACTIVE, CollaborationState.PAUSED, CollaborationState.CLOSING)


def write_claim(session: Session, collaboration: Collaboration, entry: ClaimEntry, *, actor: Actor) -> Claim:
    """Begin a claim on the host; the other side reads it once it is submitted.

    Raises:
        Forbidden: `actor` does not lead the partner's side.
        Refused: the work has not begun, or is over.
        Invalid: it is claimed for nobody of the budget.
    """
    require(PARTNER_LEAD, actor, collaboration)
    _require_spending(collaboration)
    claim = Claim(collaboration=collaboration, by_id=actor.id, lines=[])
    _fill(session, claim, entry)
    session.add(claim)
    session.flush()
    record(session, ClaimWritten(), actor=actor, subject=claim)
    return claim


def revise_claim(session: Session, claim: Claim, entry: ClaimEntry, *, actor: Actor) -> None:
    """Write a draft, or what came back with questions, anew.

    Raises:
        Forbidden: `actor` does not lead the partner's side.
        Refused: others look at it.
        Invalid: it is claimed for nobody of the budget.
    """
    require(CLAIM_OWNS, actor, claim)
    if claim.state not in (ClaimState.DRAFT, ClaimState.QUERIED):
        raise Refused(N_("This was submitted: what others look at does not change under their eyes."))
    claim.lines.clear()
    session.flush()
    _fill(session, claim, entry)
    session.flush()
    record(session, ClaimWritten(), actor=actor, subject=claim)


def record_contribution(
    session: Session, collaboration: Collaboration, entry: ContributionEntry, *, actor: Actor
) -> Contribution:
    """Tell what one's own side put in.

    Raises:
        Forbidden: `actor` leads neither side.
        Refused: the work has not begun, or is over.
    """
    require(LEAD, actor, collaboration)
    _require_spending(collaboration)
    contribution = Contribution(
        collaboration=collaboration,
        side=Side.HOST if actor.id == collaboration.host_lead_id else Side.PARTNER,
        funding=entry.funding,
        category=entry.category,
        text=entry.text,
        amount_minor=entry.amount_minor,
        method=entry.method,
        spent_on=entry.spent_on,
        evidence=entry.evidence,
        by_id=actor.id,
        at=clock.now(),
    )
    session.add(contribution)
    session.flush()
    _told(session, contribution, actor)
    return contribution


def withdraw_contribution(session: Session, contribution: Contribution, *, actor: Actor) -> None:
    """Say that it was a mistake: it stays readable and counts no more.

    Raises:
        Forbidden: `actor` does not lead the side whose it is.
        Refused: it was withdrawn already, or all is over.
    """
    collaboration = contribution.collaboration
    lead_id = collaboration.host_lead_id if contribution.side is Side.HOST else collaboration.partner_lead_id
    if not actor.is_person or actor.id != lead_id:
        raise Forbidden
    _require_spending(collaboration)
    if contribution.withdrawn_at:
        raise Refused(N_("This was withdrawn already."))
    contribution.withdrawn_at = clock.now()
    session.flush()
    _told(session, contribution, actor)


def _fill(session: Session, claim: Claim, entry: ClaimEntry) -> None:
    names = claimants_of(session, claim.collaboration)
    if entry.partner not in (names or [""]):
        raise Invalid("partner", N_("Choose one of the partners of the budget."))
    claim.partner, claim.from_on, claim.to_on = entry.partner, entry.from_on, entry.to_on
    claim.text, claim.evidence, claim.total_minor = entry.text, entry.evidence, sum(entry.amounts.values())
    claim.lines = [ClaimLine(category=category, amount_minor=amount) for category, amount in entry.amounts.items()]


def _told(session: Session, contribution: Contribution, actor: Actor) -> None:
    fact = ContributionRecorded(contribution_id=contribution.id, withdrawn=contribution.withdrawn_at is not None)
    record(session, fact, actor=actor, subject=contribution.collaboration)


def _require_spending(collaboration: Collaboration) -> None:
    if collaboration.state not in _SPENDING:
        raise Refused(N_("Money is spent while the work goes on: it has not begun, or is over."))
