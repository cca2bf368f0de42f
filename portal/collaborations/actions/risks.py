"""Raising risks, assessing them anew, and saying more of them."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.collaborations.events import RiskChanged, RiskRaised, RiskReviewed
from portal.collaborations.inputs import Assessed, RiskEntry, RiskText
from portal.collaborations.models import Collaboration, Risk, RiskReview
from portal.collaborations.policies import RISK_KEEPS, WORKS
from portal.collaborations.queries import team_of
from portal.collaborations.states import RiskState
from portal.collaborations.workflow import OVER
from portal.kernel import clock
from portal.kernel.errors import Invalid, Refused
from portal.kernel.events import record
from portal.kernel.policy import Actor, require
from portal.kernel.text import N_

MOST_RISKS = 100


def raise_risk(session: Session, collaboration: Collaboration, entry: RiskEntry, *, actor: Actor) -> Risk:
    """Write a risk down with a first assessment.

    Raises:
        Forbidden: `actor` neither leads a side nor is a member of the team.
        Refused: the collaboration is over, or has enough of them.
        Invalid: the owner is neither lead nor member.
    """
    require(WORKS, actor, collaboration)
    _require_going_on(collaboration)
    counted = select(func.count()).select_from(Risk).where(Risk.collaboration_id == collaboration.id)
    if (session.scalar(counted) or 0) >= MOST_RISKS:
        raise Refused(N_("A collaboration has at most %(most)s risks."), most=MOST_RISKS)
    _require_owner(session, collaboration, entry.owner)
    now = clock.now()
    risk = Risk(
        collaboration=collaboration,
        title=entry.title,
        text=entry.text,
        mitigation=entry.mitigation,
        likelihood=entry.likelihood,
        impact=entry.impact,
        owner_id=entry.owner,
        review_on=entry.review_on,
        raised_by_id=actor.id,
        raised_at=now,
        reviewed_at=now,
    )
    session.add(risk)
    session.flush()
    session.add(RiskReview(risk_id=risk.id, likelihood=risk.likelihood, impact=risk.impact, by_id=actor.id, at=now))
    record(session, RiskRaised(owner_id=risk.owner_id, score=risk.score), actor=actor, subject=risk)
    return risk


def change_risk(session: Session, risk: Risk, entry: RiskText, *, actor: Actor) -> None:
    """Say it better, do more against it, or let somebody else watch it.

    Raises:
        Forbidden: `actor` does not watch it and leads neither side.
        Refused: it is closed, or the collaboration is over.
        Invalid: the owner is neither lead nor member.
    """
    require(RISK_KEEPS, actor, risk)
    _require_open(risk)
    if entry.owner != risk.owner_id:
        _require_owner(session, risk.collaboration, entry.owner)
    risk.title, risk.text, risk.mitigation, risk.owner_id = entry.title, entry.text, entry.mitigation, entry.owner
    session.flush()
    record(session, RiskChanged(owner_id=risk.owner_id), actor=actor, subject=risk)


def review_risk(session: Session, risk: Risk, entry: Assessed, *, actor: Actor) -> RiskReview:
    """Assess it anew – also where nothing changed: that somebody looked is worth knowing.

    Raises:
        Forbidden: `actor` does not watch it and leads neither side.
        Refused: it is closed, or the collaboration is over.
    """
    require(RISK_KEEPS, actor, risk)
    _require_open(risk)
    before, now = risk.score, clock.now()
    risk.likelihood, risk.impact, risk.review_on, risk.reviewed_at = entry.likelihood, entry.impact, entry.review_on, now
    told = {"likelihood": entry.likelihood, "impact": entry.impact, "note": entry.note}
    review = RiskReview(risk_id=risk.id, by_id=actor.id, at=now, **told)
    session.add(review)
    session.flush()
    record(session, RiskReviewed(before=before, score=risk.score), actor=actor, subject=risk)
    return review


def _require_going_on(collaboration: Collaboration) -> None:
    if collaboration.state in OVER:
        raise Refused(N_("This collaboration is over: nothing can go wrong with it any more."))


def _require_open(risk: Risk) -> None:
    _require_going_on(risk.collaboration)
    if risk.state is not RiskState.OPEN:
        raise Refused(N_("This risk is closed. Open it again first."))


def _require_owner(session: Session, collaboration: Collaboration, number: int) -> None:
    if number not in {mate.id for mate in team_of(session, collaboration) if not mate.is_guest}:
        raise Invalid("owner", N_("Choose a lead or a member of the team."))
