"""What somebody waits for: in whose hands it is, since when, and until when an answer was promised."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Integer, and_, case, cast, exists, func, literal, null, or_, select, union_all
from sqlalchemy.orm import Session, aliased

from portal.accounts.models import User
from portal.approvals.models import Approval
from portal.approvals.states import ApprovalState, Side
from portal.board.states import LANES, PREFIXES, Stage, What
from portal.collaborations.models import Claim, Collaboration, Deliverable, Meeting, Outcome, Report
from portal.collaborations.policies.people import MEMBER
from portal.collaborations.queries.money import CLAIM_SINCE
from portal.collaborations.states import GIVEN, MeetingState, OutcomeState
from portal.collaborations.states import ClaimState as L
from portal.collaborations.states import CollaborationState as C
from portal.collaborations.states import DeliverableState as D
from portal.collaborations.states import ReportState as R
from portal.collaborations.workflow import OVER
from portal.kernel import clock
from portal.kernel.db import AnySelect, UtcDateTime
from portal.kernel.ids import reference
from portal.kernel.policy import Actor
from portal.kernel.prepared import Prepared, moment
from portal.kernel.text import N_
from portal.kernel.work import end_of_day, promised
from portal.listings.models import Listing
from portal.listings.policies import OWNER
from portal.organisations.models import Organisation
from portal.proposals.models import Interest, Proposal
from portal.proposals.states import InterestState as I
from portal.proposals.states import ProposalState as P

MOST = 50  # shown: who waits for more sees what is due first
DAYS_AHEAD = 30  # how long before its date a deliverable is waited for
RUNNING = (C.ACTIVE, C.CLOSING)
_NEVER, _NOBODY = cast(null(), UtcDateTime), cast(null(), Integer)
_Office = aliased(Organisation)
_kept = Prepared()
LABELS = {
    "answer": N_("Answer to your interest"),
    "decision": N_("Decision"),
    "proposal": N_("Proposal after an invitation"),
    "revision": N_("Changed proposal"),
    "approval": N_("Approval"),
    "acceptance": N_("Acceptance of what was handed in"),
    "deliverable": N_("Deliverable"),
    "report": N_("Report"),
    "report_answer": N_("Answer to a report"),
    "minutes": N_("Confirmation of the minutes"),
    "minutes_answer": N_("Answer to your objection to the minutes"),
    "report_day": N_("Answer about another day for a report"),
    "claim_check": N_("Check of a claim"),
    "claim_payment": N_("Payment of a claim"),
    "claim_answer": N_("Answer about a claim"),
    "outcome": N_("Confirmation of an outcome"),
    "outcome_answer": N_("Answer about an outcome"),
}
_PAGES = {
    "report": "reports",
    "claim": "claims",
    "outcome": "outcomes",
    "minutes": "meetings",
}  # of kinds with pages of their own, by their first word


@dataclass(frozen=True)
class Awaited:
    """One thing in the hands of `holder`, a person or an office."""

    kind: str
    id: int
    title: str
    href: str
    holder: str
    since: dt.datetime | None
    due_at: dt.datetime | None

    @property
    def label(self) -> str:
        return LABELS[self.kind]

    @property
    def due_on(self) -> dt.date | dt.datetime | None:
        """What is printed: a day that was promised, or a moment."""
        return promised(self.due_at) if self.due_at else None


def awaited_by(session: Session, actor: Actor) -> list[Awaited]:
    """Everything this person waits for, what was promised for the nearest day first."""
    key = (actor, clock.today())  # what is soon depends on the day
    return [_awaited(row) for row in _kept.rows(session, key, lambda: _awaited_by(actor))]


def _awaited_by(actor: Actor) -> AnySelect:
    each = union_all(*_parts(actor)).subquery().c
    query = select(*each, func.coalesce(_Office.name, User.name, "").label("holder"))
    query = query.outerjoin(User, User.id == each.person_id).outerjoin(_Office, _Office.id == each.office_id)
    return query.order_by(each.due_at.is_(None), each.due_at, each.since, each.kind, each.id).limit(MOST)


def _awaited(row: Any) -> Awaited:
    what = What(row.what)  # type: ignore[call-arg]  # found by its value
    page = _PAGES.get(row.kind.partition("_")[0])
    href = f"/{page}/{row.id}" if page else f"/{what}s/{reference(PREFIXES[what], row.number)}"
    return Awaited(row.kind, row.id, row.title, href, row.holder, moment(row.since), moment(row.due_at))


def _parts(actor: Actor) -> Iterator[AnySelect]:
    yield from _interests(actor)
    yield from _proposals(actor)
    yield _approvals(actor)
    yield from _deliverables(actor)
    yield from _reports(actor)
    yield from _claims(actor)
    yield from _outcomes(actor)
    yield from _minutes(actor)


def _row(kind: str, what: What, number: Any, thing: Any, **columns: Any) -> AnySelect:
    given: dict[str, Any] = {"person_id": _NOBODY, "office_id": _NOBODY, "since": _NEVER, "due_at": _NEVER} | columns
    names = literal(kind).label("kind"), literal(str(what)).label("what"), number.label("number"), thing.id.label("id")
    rest = (given[name].label(name) for name in ("title", "person_id", "office_id", "since", "due_at"))
    return select(*names, *rest)


def _interests(actor: Actor) -> Iterator[AnySelect]:
    base: dict[str, Any] = {"what": What.INTEREST, "number": Interest.id, "thing": Interest, "title": Listing.title}
    sent = _row("answer", person_id=Listing.owner_id, since=Interest.sent_at, due_at=Interest.reply_due_at, **base)
    waits = Interest.author_id == actor.id, Interest._state.in_((I.SENT, I.ACKNOWLEDGED))
    yield sent.join(Listing, Listing.id == Interest.listing_id).where(*waits)
    begun = exists().where(Proposal.listing_id == Interest.listing_id, Proposal.author_id == Interest.author_id)
    asked = _row("proposal", person_id=Interest.author_id, since=Interest.answered_at, due_at=Listing.closes_at, **base)
    asked = asked.join(Listing, Listing.id == Interest.listing_id)
    yield asked.where(OWNER.where(actor), Interest._state == I.INVITED, ~begun)


def _proposals(actor: Actor) -> Iterator[AnySelect]:
    base: dict[str, Any] = {"what": What.PROPOSAL, "number": Proposal.id, "thing": Proposal, "title": Proposal.title}
    deciding = tuple(state for state in (P.SUBMITTED, *LANES[Stage.REVIEW][1]) if state is not P.IN_APPROVAL)
    sent = _row("decision", person_id=Listing.owner_id, since=Proposal.moved_at, due_at=Proposal.decide_by, **base)
    sent = sent.join(Listing, Listing.id == Proposal.listing_id)
    yield sent.where(Proposal.author_id == actor.id, Proposal._state.in_(deciding))
    asked = _row("revision", person_id=Proposal.author_id, since=Proposal.moved_at, **base)
    asked = asked.join(Listing, Listing.id == Proposal.listing_id)
    yield asked.where(OWNER.where(actor), Proposal._state == P.REVISION_REQUESTED)


def _approvals(actor: Actor) -> AnySelect:
    """Open slots on what this person wrote or accepted: nobody fills those of their own."""
    query = _row(
        *("approval", What.PROPOSAL, Proposal.id, Approval),
        title=Proposal.title,
        office_id=Approval.organisation_id,
        since=Approval.asked_at,
        due_at=Approval.due_at,
    )
    query = query.join(Proposal, (Approval.subject_type == "proposal") & (Approval.subject_id == Proposal.id))
    mine = or_(Approval.requester_id == actor.id, Approval.counterpart_id == actor.id)
    return query.where(Approval._state == ApprovalState.OPEN, mine)


def _deliverables(actor: Actor) -> Iterator[AnySelect]:
    soon = clock.today() + dt.timedelta(days=DAYS_AHEAD)
    base: dict[str, Any] = {
        "what": What.COLLABORATION,
        "number": Collaboration.id,
        "thing": Deliverable,
        "title": Deliverable.title,
    }
    owed = _row("deliverable", person_id=Collaboration.partner_lead_id, due_at=end_of_day(Deliverable.due_on), **base)
    due = or_(Deliverable._state == D.REWORK, (Deliverable._state == D.DUE) & (Deliverable.due_on <= soon))
    given = _row("acceptance", person_id=Collaboration.host_lead_id, since=Deliverable.submitted_at, **base)
    for query, mine, state in (
        (owed, Collaboration.host_lead_id == actor.id, due),
        (given, Collaboration.partner_lead_id == actor.id, Deliverable._state.in_(GIVEN)),
    ):
        joined = query.join(Collaboration, Collaboration.id == Deliverable.collaboration_id)
        yield joined.where(mine, state, Collaboration._state.in_(RUNNING))


def _reports(actor: Actor) -> Iterator[AnySelect]:
    base: dict[str, Any] = {
        "what": What.COLLABORATION,
        "number": Collaboration.id,
        "thing": Report,
        "title": Collaboration.title,
    }
    owed = _row("report", person_id=Collaboration.partner_lead_id, due_at=end_of_day(Report.due_on), **base)
    given = _row("report_answer", person_id=Collaboration.host_lead_id, since=Report.submitted_at, **base)
    host, partner = Collaboration.host_lead_id, Collaboration.partner_lead_id
    for side, own, other in ((Side.HOST, host, partner), (Side.PARTNER, partner, host)):
        asked = _row("report_day", person_id=other, since=Report.wish_at, due_at=end_of_day(Report.due_on), **base)
        asked = asked.join(Collaboration, Collaboration.id == Report.collaboration_id)
        yield asked.where(own == actor.id, Report.wish_side == side, Collaboration._state.in_(RUNNING))
    for query, mine, states in (
        (owed, Collaboration.host_lead_id == actor.id, (R.DUE, R.DRAFT, R.QUERIED)),
        (given, Collaboration.partner_lead_id == actor.id, (R.SUBMITTED,)),
    ):
        joined = query.join(Collaboration, Collaboration.id == Report.collaboration_id)
        yield joined.where(mine, Report._state.in_(states), Collaboration._state.in_(RUNNING))


def _claims(actor: Actor) -> Iterator[AnySelect]:
    """What was claimed waits for the host's lead or its office; what came back waits for the partner's lead."""
    base: dict[str, Any] = {
        "what": What.COLLABORATION,
        "number": Collaboration.id,
        "thing": Claim,
        "title": Collaboration.title,
        "since": CLAIM_SINCE,
    }
    claims, pays = Collaboration.partner_lead_id == actor.id, Collaboration.host_lead_id == actor.id
    parts: tuple[tuple[str, dict[str, Any], Any, tuple[L, ...]], ...] = (
        ("claim_check", {"person_id": Collaboration.host_lead_id}, claims, (L.SUBMITTED,)),
        ("claim_check", {"office_id": Collaboration.host_id}, claims, (L.TECHNICAL_CHECK, L.FINANCE_CHECK)),
        ("claim_payment", {"office_id": Collaboration.host_id}, claims, (L.APPROVED,)),
        ("claim_answer", {"person_id": Collaboration.partner_lead_id}, pays, (L.QUERIED,)),
    )
    for kind, holder, mine, states in parts:
        joined = _row(kind, **base, **holder).join(Collaboration, Collaboration.id == Claim.collaboration_id)
        yield joined.where(mine, Claim._state.in_(states))


def _outcomes(actor: Actor) -> Iterator[AnySelect]:
    """What one side reported waits for the other's lead; what they asked about for the lead of the side that reported it."""
    base: dict[str, Any] = {
        "what": What.COLLABORATION,
        "number": Collaboration.id,
        "thing": Outcome,
        "title": Outcome.title,
        "since": Outcome.asked_at,
    }
    host, partner = Collaboration.host_lead_id, Collaboration.partner_lead_id
    of_host, of_partner = Outcome.side_id == Collaboration.host_id, Outcome.side_id != Collaboration.host_id
    own, other = case((of_host, host), else_=partner), case((of_host, partner), else_=host)
    recorded = Outcome.recorded_by_id == actor.id
    reported = or_(and_(host == actor.id, of_host), and_(partner == actor.id, of_partner), and_(MEMBER.where(actor), recorded))
    asked = or_(and_(host == actor.id, of_partner, ~recorded), and_(partner == actor.id, of_host, ~recorded))
    for kind, holder, mine, state in (
        ("outcome", other, reported, OutcomeState.REPORTED),
        ("outcome_answer", own, asked, OutcomeState.QUERIED),
    ):
        joined = _row(kind, **base, person_id=holder).join(Collaboration, Collaboration.id == Outcome.collaboration_id)
        yield joined.where(mine, Outcome._state == state)


def _minutes(actor: Actor) -> Iterator[AnySelect]:
    """What one side wrote waits for the other's lead; what they objected to for whoever wrote it."""
    base: dict[str, Any] = {"what": What.COLLABORATION, "number": Collaboration.id, "thing": Meeting, "title": Meeting.title}
    host, partner = Collaboration.host_lead_id, Collaboration.partner_lead_id
    for side, own, other in ((Side.HOST, host, partner), (Side.PARTNER, partner, host)):
        wrote = _row("minutes", person_id=other, since=Meeting.minutes_at, **base), own, MeetingState.HELD
        objected = _row("minutes_answer", person_id=Meeting.minutes_by_id, **base), other, MeetingState.OBJECTED
        for query, lead, state in (wrote, objected):
            joined = query.join(Collaboration, Collaboration.id == Meeting.collaboration_id)
            mine = lead == actor.id, Collaboration._state.not_in(OVER)
            yield joined.where(*mine, Meeting.minutes_side == side, Meeting._state == state)
