"""What those who look after an organisation see of it: its people, its listings, what came in and went out, what was promised.

Administrators count what was sent and read titles and states of listings; partnership officers read the titles of what was sent.
"""

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, String, case, cast, exists, func, literal, null, or_, select, union_all
from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.approvals.models import Approval
from portal.approvals.states import ApprovalState
from portal.collaborations.models import Collaboration
from portal.collaborations.states import CollaborationState
from portal.kernel import clock
from portal.kernel.db import AnySelect, UtcDateTime
from portal.kernel.ids import reference
from portal.kernel.policy import Actor, Role
from portal.kernel.states import Labelled, member_of
from portal.kernel.text import N_
from portal.listings.models import Listing
from portal.listings.policies import LISTED
from portal.listings.states import Kind, ListingState
from portal.organisations.models import Invitation, Membership, Organisation
from portal.organisations.queries import holds
from portal.organisations.states import InvitationState, MembershipState
from portal.proposals.models import Interest, Proposal
from portal.proposals.states import InterestState as I
from portal.proposals.states import ProposalState as P

MOST_PEOPLE, MOST_LISTINGS, MOST_EACH, MOST_PROMISES = 50, 12, 10, 2000
_POWERS = (Role.ADMINISTRATOR, Role.OFFICER, Role.SIGNATORY)
_LIVE = (CollaborationState.PLANNED, CollaborationState.ACTIVE, CollaborationState.PAUSED, CollaborationState.CLOSING)
_UNANSWERED = (I.SENT, I.ACKNOWLEDGED)
_UNSETTLED = (*_UNANSWERED, I.ASKED)
_UNSETTLED = (*_UNANSWERED, I.ASKED)
_YEAR = dt.timedelta(days=365)
_OF: dict[str, tuple[type[Labelled], str, str]] = {
    "interest": (I, "EI", "interests"),
    "proposal": (P, "PR", "proposals"),
    "sent": (P, "PR", "proposals"),
    "collaboration": (CollaborationState, "CO", "collaborations"),
}
_NO_DAY = cast(null(), UtcDateTime)


@dataclass(frozen=True)
class Person:
    """Somebody with an office, or somebody invited: then `until` says how long."""

    name: str
    roles: tuple[str, ...]
    since: dt.datetime
    until: dt.datetime | None = None


def people_of(session: Session, organisation_id: int) -> tuple[list[Person], list[Person], int]:
    """Those who hold an office, those invited who have not answered, and how many belong to it."""
    active = Membership.organisation_id == organisation_id, Membership._state == MembershipState.ACTIVE
    count = select(func.count()).where(*active).scalar_subquery()
    offices = (
        select(User.name.label("name"), cast(Membership.roles, String).label("roles"), Membership.since.label("since"))
        .add_columns(_NO_DAY.label("until"), count.label("members"))
        .join(Membership.account)
        .where(*active, holds(*_POWERS))
        .order_by(Membership.id)
        .limit(MOST_PEOPLE)
        .subquery()
    )
    asked = (
        select(Invitation.email, cast(Invitation.roles, String), Invitation.created_at, Invitation.expires_at, literal(0))
        .where(Invitation.organisation_id == organisation_id, Invitation._state == InvitationState.OPEN)
        .limit(MOST_PEOPLE)
        .subquery()
    )
    rows = session.execute(union_all(select(offices), select(asked))).all()
    people = [Person(row.name, tuple(json.loads(row.roles)), row.since, row.until) for row in rows]
    holders, waiting = ([one for one in people if bool(one.until) is invited] for invited in (False, True))
    return holders, waiting, max((row.members for row in rows), default=0)


@dataclass(frozen=True)
class Line:
    """Something with a state; `href` where the reader may open it."""

    title: str
    state: Labelled
    href: str = ""
    owner: str = ""
    since: dt.datetime | None = None
    due: dt.datetime | None = None


def listings_of(
    session: Session, actor: Actor, organisation: Organisation, *, open_to: bool
) -> tuple[dict[ListingState, int], list[Line]]:
    """How many listings stand in which state, and the newest, as far as this person may know; `open_to` whether to read them."""
    theirs = Listing.organisation_id == organisation.id, LISTED.where(actor)
    state = cast(Listing._state, String).label("state")
    no_kind, nothing = cast(null(), String), literal("")
    counts = select(func.count().label("id"), no_kind.label("kind"), nothing.label("title"), state, nothing.label("owner"))
    newest = (
        select(Listing.id, cast(Listing.kind, String).label("kind"), Listing.title, state, User.name.label("owner"))
        .join(User, User.id == Listing.owner_id)
        .where(*theirs)
        .order_by(Listing.id.desc())
        .limit(MOST_LISTINGS)
        .subquery()
    )
    rows = session.execute(union_all(counts.where(*theirs).group_by(Listing._state), select(newest))).all()
    counted = {state: row.id for row in rows if row.kind is None and (state := member_of(ListingState, row.state))}
    lines = [
        Line(row.title, state, _address(kind.facts.prefix, kind.facts.path, row.id) if open_to else "", row.owner)
        for row in rows
        if (kind := member_of(Kind, row.kind)) and (state := member_of(ListingState, row.state))
    ]
    return {state: counted[state] for state in ListingState if state in counted}, lines


class Part(Labelled):
    """What came in or went out, by whose turn it is."""

    INTEREST_OURS = "interest_ours", N_("Interests to answer"), "turn"
    PROPOSAL_OURS = "proposal_ours", N_("Proposals to decide or approve"), "turn"
    SENT_OURS = "sent_ours", N_("Own proposals to finish, revise or approve"), "turn"
    PROPOSAL_THEIRS = "proposal_theirs", N_("Proposals received, in the hands of the other side")
    INTEREST_THEIRS = "interest_theirs", N_("Interests sent, without an answer")
    SENT_THEIRS = "sent_theirs", N_("Own proposals, in the hands of the other side")
    COLLABORATION = "collaboration", N_("Collaborations under way"), "info"


@dataclass(frozen=True)
class Promises:
    """Replies promised by a day, of the last year whose day is over or that were answered."""

    kept: int = 0
    late: int = 0


@dataclass(frozen=True)
class Answers:
    """Each part that holds something: how much, for whoever looks after it; and what, for those who may read titles."""

    parts: list[tuple[Part, int, list[Line]]]
    promises: Promises


@dataclass(frozen=True)
class _Case:
    """The rows of one part: of which table, with which title, since when, until when."""

    part: Part
    model: Any
    title: Any
    since: Any
    due: Any
    where: tuple[ColumnElement[bool], ...]


def answers_of(session: Session, organisation_id: int, *, titles: bool) -> Answers:
    """What is under way between this organisation and others, those that wait longest first, and how it kept its promises."""
    cases = _cases(organisation_id)
    asked = [_rows(each, titles=titles) for each in cases]
    rows = session.execute(union_all(*asked, *_promises(organisation_id))).all()
    found: dict[str, list[Any]] = {}
    for row in rows:
        found.setdefault(row.what, []).append(row)
    listed = [(case_.part, found.get(case_.part.value, [])) for case_ in cases]
    parts = [(part, some[0].found, [_line(part, row) for row in some] if titles else []) for part, some in listed if some]
    now = clock.now()
    promised = ((row.due.date(), row.since) for row in found.get("promise", ()))
    told = [(last, answered) for last, answered in promised if answered or last < now.date()]
    kept = sum(answered is not None and answered.date() <= last for last, answered in told)
    return Answers(parts, Promises(kept, len(told) - kept))


def _line(part: Part, row: Any) -> Line:
    states, prefix, path = _OF[part.value.partition("_")[0]]
    return Line(row.title, member_of(states, row.state), _address(prefix, path, row.id), since=row.since, due=row.due)


def _address(prefix: str, path: str, number: int) -> str:
    return f"/{path}/{reference(prefix, number)}"


def _cases(number: int) -> tuple[_Case, ...]:
    slot = exists().where(
        Approval.subject_type == "proposal",
        Approval.subject_id == Proposal.id,
        Approval.number == Proposal.number,
        Approval.organisation_id == number,
        Approval._state == ApprovalState.OPEN,
    )
    approved = Proposal._state == P.IN_APPROVAL
    received, sent = Proposal.host_id == number, Proposal.organisation_id == number
    deciding, writing = Proposal._state.in_((P.SUBMITTED, P.IN_REVIEW)), Proposal._state.in_((P.DRAFT, P.REVISION_REQUESTED))
    since = case((Proposal._state == P.DRAFT, Proposal.edited_at), (deciding, Proposal.submitted_at), else_=Proposal.decided_at)
    interest = (Interest, Listing.title, Interest.sent_at, Interest.reply_due_at)
    decided = (Proposal, Proposal.title, since, Proposal.decide_by)
    undated = (Proposal, Proposal.title, since, _NO_DAY)
    work = (Collaboration, Collaboration.title, Collaboration.opened_at, _NO_DAY)
    either = or_(Collaboration.host_id == number, Collaboration.organisation_id == number)
    return (
        _Case(Part.INTEREST_OURS, *interest, (Interest.host_id == number, Interest._state.in_((*_UNANSWERED, I.LAPSED)))),
        _Case(Part.INTEREST_THEIRS, *interest, (Interest.organisation_id == number, Interest._state.in_(_UNSETTLED))),
        _Case(Part.PROPOSAL_OURS, *decided, (received, deciding | (approved & slot))),
        _Case(Part.PROPOSAL_THEIRS, *undated, (received, or_(Proposal._state == P.REVISION_REQUESTED, approved & ~slot))),
        _Case(Part.SENT_OURS, *undated, (sent, writing | (approved & slot))),
        _Case(Part.SENT_THEIRS, *decided, (sent, deciding | (approved & ~slot))),
        _Case(Part.COLLABORATION, *work, (Collaboration._state.in_(_LIVE), either)),
    )


def _rows(case_: _Case, *, titles: bool) -> AnySelect:
    """The longest waiting with how many there are in all; without `titles` that number alone."""
    query = select(
        literal(str(case_.part.value)).label("what"),
        case_.model.id.label("id"),
        (case_.title if titles else literal("")).label("title"),
        cast(case_.model._state, String).label("state"),
        case_.since.label("since"),
        case_.due.label("due"),
        func.count().over().label("found"),
    )
    query = query.join(Interest.listing) if case_.model is Interest else query
    chosen = query.where(*case_.where).order_by(case_.since, case_.model.id).limit(MOST_EACH if titles else 1)
    return select(chosen.subquery())


def _promises(number: int) -> list[AnySelect]:
    recent = clock.now() - _YEAR
    given = (
        (Interest, Interest.reply_due_at, Interest.answered_at, I.WITHDRAWN),
        (Proposal, Proposal.decide_by, Proposal.decided_at, P.WITHDRAWN),
    )
    return [
        select(
            select(
                literal("promise").label("what"),
                literal(0).label("id"),
                literal("").label("title"),
                literal("").label("state"),
                told.label("since"),
                due.label("due"),
                literal(0).label("found"),
            )
            .where(model.host_id == number, due > recent, model._state != withdrawn)
            .limit(MOST_PROMISES)
            .subquery()
        )
        for model, due, told, withdrawn in given
    ]
