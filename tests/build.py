"""Builders: the shortest honest way to a thing in a state. States are reached by the portal's own steps."""

import datetime as dt
import itertools
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.actions import add_account
from portal.accounts.models import Kind as AccountKind
from portal.accounts.models import User
from portal.approvals.models import Approval
from portal.approvals.workflow import APPROVAL_FLOW, Consent
from portal.collaborations.inputs import Correction, HandIn, NewDate, Paid, Word
from portal.collaborations.models import Collaboration
from portal.collaborations.queries import FULL
from portal.collaborations.states import DeliverableState, OutcomeKind
from portal.collaborations.workflow import COLLABORATION_FLOW, DELIVERABLE_FLOW, MILESTONE_FLOW
from portal.kernel import clock
from portal.kernel.events import Event
from portal.kernel.inputs import Reason
from portal.kernel.policy import SYSTEM, SYSTEM_ACTOR, Actor, Role, Seat
from portal.kernel.workflow import Workflow
from portal.listings.inputs import Review
from portal.listings.models import (
    ChallengeDetail,
    ComputeDetail,
    InternshipDetail,
    Listing,
    ListingReader,
    ProjectDetail,
    TrainingDetail,
)
from portal.listings.states import Intake, Kind, ListingState, Visibility
from portal.listings.workflow import LISTING_FLOW
from portal.mergers.inputs import Compared
from portal.organisations.models import Membership, Organisation, OrganisationDomain
from portal.organisations.queries import seats_of
from portal.organisations.states import OrganisationKind, OrganisationState
from portal.organisations.workflow import MEMBERSHIP_FLOW, ORGANISATION_FLOW
from portal.proposals import inputs as answers
from portal.proposals.inputs import Acceptance, Answer, Decline
from portal.proposals.models import Interest, Proposal
from portal.proposals.states import DeclineCode, InterestState, Onward, ProposalState
from portal.proposals.workflow import INTEREST_FLOW, PROPOSAL_FLOW
from portal.questions.actions import answer_question, ask_question
from portal.questions.inputs import Answered, Asked
from portal.questions.models import Question
from tests.collaborations.make import SETTLED, settle, settle_for
from tests.proposals.contents import content

_numbers = itertools.count(1)
ADMIN = Actor(id=None, name="Operator", is_admin=True)
GIVEN: dict[str, Any] = {
    "Settled": SETTLED,
    "Word": Word("It is done."),
    "Reason": Reason("Because of the test."),
    "Review": Review("Because of the test."),
    "Answer": Answer("Welcome."),
    "Acceptance": Acceptance("Welcome."),
    "Consent": Consent(),
    "HandIn": HandIn("Here it is."),
    "Paid": Paid(dt.date(2020, 1, 1)),
    "NewDate": NewDate(dt.date(2099, 1, 1), "Because of the test."),
    "Compared": Compared(seen=True),
    "Correction": Correction(OutcomeKind.PAPER, "Pumps, corrected", text="Its title was misspelt."),
    "Query": answers.Query("Which of the pumps do you know?"),
    "Reply": answers.Reply("The two at the inlet."),
    "PassOn": answers.PassOn(Onward.OFFICE, "", "Our office knows a better place."),
    "Screened": answers.Screened("The budget lacks a currency.", "They always forget it."),
    "Conditional": answers.Conditional(["Name a data steward.", "Start in March."], "Nearly."),
    "Reserve": answers.Reserve(1, dt.date(2099, 12, 31), "Should a place become free."),
    "Decline": Decline(DeclineCode.FIT, "It does not fit."),
}


def a_person(session: Session, name: str = "", *, kind: AccountKind = AccountKind.PROFESSOR, admin: bool = False) -> User:
    """A confirmed account without a password."""
    number = next(_numbers)
    account = add_account(session, email=f"person{number}@example.org", name=name or f"Person {number}", kind=kind)
    account.is_admin = admin
    session.flush()
    return account


def an_organisation(
    session: Session,
    name: str = "",
    *,
    kind: OrganisationKind = OrganisationKind.UNIVERSITY,
    verified: bool = True,
    domain: str | None = None,
) -> Organisation:
    """An organisation, verified by the portal unless told otherwise."""
    number = next(_numbers)
    organisation = Organisation(
        slug=f"organisation-{number}", name=name or f"Organisation {number}", kind=kind, created_at=clock.now()
    )
    session.add(organisation)
    session.flush()
    if domain:
        session.add(OrganisationDomain(organisation_id=organisation.id, domain=domain, verified_at=clock.now()))
    if verified:
        walk(session, ORGANISATION_FLOW, organisation, OrganisationState.VERIFIED, by=ADMIN)
    return organisation


def a_member(session: Session, organisation: Organisation, *roles: Role, name: str = "", kind: Any = None) -> User:
    """A person who belongs to `organisation` with the roles given (besides member)."""
    account = a_person(session, name, kind=kind or AccountKind.PROFESSOR)
    join(session, account, organisation, *roles)
    return account


def join(session: Session, account: User, organisation: Organisation, *roles: Role) -> Membership:
    """Make `account` an active member."""
    membership = Membership(
        account=account,
        organisation=organisation,
        roles=[str(role.value) for role in (Role.MEMBER, *roles)],
        created_at=clock.now(),
    )
    session.add(membership)
    session.flush()
    MEMBERSHIP_FLOW.perform(session, membership, "admit", actor=SYSTEM_ACTOR)
    return membership


def actor_of(session: Session, account: User) -> Actor:
    """The actor `account` is right now."""
    return Actor(account.id, account.name, str(account.kind.value), seats_of(session, account.id), account.is_admin)


def a_listing(
    session: Session,
    owner: User | None = None,
    organisation: Organisation | None = None,
    *,
    kind: Kind = Kind.CHALLENGE,
    state: ListingState = ListingState.PUBLISHED,
    **values: Any,
) -> Listing:
    """A listing in `state`, owned by a poster of a verified organisation unless told otherwise."""
    organisation = organisation or an_organisation(session, kind=OrganisationKind.COMPANY)
    owner = owner or a_member(session, organisation, Role.POSTER)
    now = clock.now()
    details: dict[Kind, Any] = {
        Kind.CHALLENGE: ChallengeDetail,
        Kind.PROJECT: ProjectDetail,
        Kind.INTERNSHIP: lambda: InternshipDetail(supervisor="Sam Host", supervision_hours=2, pay_minor=150000),
        Kind.TRAINING: TrainingDetail,
        Kind.COMPUTE: ComputeDetail,
    }
    values = {
        "title": f"Listing {next(_numbers)}",
        "summary": "A short summary.",
        "description": "A longer description.",
        "intake": Intake.PROPOSAL,
        "closes_at": now + dt.timedelta(days=60),
        "created_at": now,
        "updated_at": now,
        "opens_at": now + dt.timedelta(days=10) if state in (ListingState.SCHEDULED, ListingState.ANNOUNCED) else None,
        "announces": state is ListingState.ANNOUNCED,
    } | values
    listing = Listing(kind=kind, organisation=organisation, owner=owner, field_links=[], **values)
    setattr(listing, str(kind.value), details[kind]())
    session.add(listing)
    session.flush()
    if listing.visibility is Visibility.NAMED:
        session.add(ListingReader(listing_id=listing.id, email="named@example.org"))
    walk(session, LISTING_FLOW, listing, state, by=actor_of(session, owner), admin=ADMIN)
    return listing


def a_question(session: Session, listing: Listing, author: User, *, answer: str = "") -> Question:
    """A question about `listing`, answered by its owner where there is an `answer`."""
    question = ask_question(session, listing, Asked("How old is the data?"), actor=actor_of(session, author))
    if answer:
        owner = actor_of(session, session.get_one(User, listing.owner_id))
        answer_question(session, question, Answered(answer), actor=owner)
    return question


def an_interest(session: Session, listing: Listing, author: User, *, state: InterestState = InterestState.SENT) -> Interest:
    """An expression of interest in `state`."""
    actor = actor_of(session, author)
    interest = Interest(
        listing=listing,
        host=session.get_one(Organisation, listing.organisation_id),
        organisation=session.get_one(Organisation, min(actor.organisations)) if actor.organisations else None,
        author=author,
        motivation="It fits our work.",
        created_at=clock.now(),
    )
    session.add(interest)
    session.flush()
    if state is InterestState.REDIRECTED:
        interest.host.role_mailbox = "office@example.org"
    owner = session.get_one(User, listing.owner_id)
    walk(session, INTEREST_FLOW, interest, state, by=actor, owner=actor_of(session, owner))
    return interest


def a_proposal(
    session: Session,
    listing: Listing | None = None,
    author: User | None = None,
    *,
    state: ProposalState = ProposalState.DRAFT,
    **values: Any,
) -> Proposal:
    """A proposal in `state`; both sides get an officer so that it can be approved."""
    listing = listing or a_listing(session)
    if author is None:
        university = an_organisation(session)
        author = a_member(session, university)
        a_member(session, university, Role.OFFICER)
        a_member(session, session.get_one(Organisation, listing.organisation_id), Role.OFFICER)
    actor = actor_of(session, author)
    text = content(**values)
    proposal = Proposal.answering(
        listing,
        host=session.get_one(Organisation, listing.organisation_id),
        organisation=session.get_one(Organisation, actor.seats[0].organisation_id),
        author=author,
        title=text.title,
        draft=text.to_json(),
        asked_minor=text.asked_minor,
        own_minor=text.own_minor,
        created_at=clock.now(),
        edited_at=clock.now(),
    )
    session.add(proposal)
    session.flush()
    if state is ProposalState.REDIRECTED:
        session.get_one(Organisation, listing.organisation_id).role_mailbox = "office@example.org"
    owner = session.get_one(User, listing.owner_id)
    walk(session, PROPOSAL_FLOW, proposal, state, by=actor, owner=actor_of(session, owner))
    return proposal


def a_collaboration(session: Session, listing: Listing | None = None, author: User | None = None) -> Collaboration:
    """A collaboration as it opens: a proposal accepted by its owner and by an officer of each side."""
    proposal = a_proposal(session, listing, author, state=ProposalState.IN_APPROVAL)
    for slot in session.scalars(select(Approval).where(Approval.subject_id == proposal.id)).all():
        organisation = session.get_one(Organisation, slot.organisation_id)
        officer = actor_of(session, a_member(session, organisation, Role.OFFICER))
        APPROVAL_FLOW.perform(session, slot, "approve", actor=officer, given=Consent())
    found = session.scalars(select(Collaboration).options(*FULL).where(Collaboration.proposal_id == proposal.id)).unique()
    return found.one()


def finish_parts(session: Session, collaboration: Collaboration) -> None:
    """Hand in and accept every deliverable and achieve every milestone, whatever the collaboration's state."""
    settle(session, collaboration)
    host, partner = (actor_of(session, lead) for lead in (collaboration.host_lead, collaboration.partner_lead))
    COLLABORATION_FLOW.perform(session, collaboration, "start", actor=host)
    for deliverable in collaboration.deliverables:
        walk(session, DELIVERABLE_FLOW, deliverable, DeliverableState.ACCEPTED, by=host, partner=partner)
    for milestone in collaboration.milestones:
        MILESTONE_FLOW.perform(session, milestone, "achieve", actor=host)


def a_request(session: Session, account: User, organisation: Organisation) -> Membership:
    """Somebody asked to join."""
    membership = Membership(account=account, organisation=organisation, roles=["member"], created_at=clock.now())
    session.add(membership)
    session.flush()
    return membership


def seat(organisation_id: int, *roles: Role) -> Seat:
    """A seat with these roles."""
    return Seat(organisation_id, frozenset(roles))


def walk(session: Session, flow: Workflow, thing: Any, state: Any, *, by: Actor, **others: Actor) -> None:
    """Take the shortest legal path of `flow` to `state`; each step is taken by whoever of those given may take it."""
    for row in flow.path_to(state):
        if thing.state not in row.source:
            continue  # the thing was not at the start
        settle_for(session, thing, row.action)
        takers: Iterable[Actor] = (SYSTEM_ACTOR,) if row.who is SYSTEM else (by, *others.values())
        taker = next(actor for actor in takers if row.who.holds(actor, thing))
        given = GIVEN[row.takes.__name__] if row.takes else None
        flow.perform(session, thing, row.action, actor=taker, given=given)


def facts(session: Session, subject: Any = None) -> list[str]:
    """The kinds of what was recorded, about `subject` or at all, oldest first."""
    query = select(Event.kind).order_by(Event.id)
    if subject is not None:
        query = query.where(Event.subject_type == subject.__tablename__, Event.subject_id == subject.id)
    return list(session.scalars(query))
