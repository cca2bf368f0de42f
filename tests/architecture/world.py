"""A small world that holds every kind of thing in every state, and one actor for every relation to it."""

import datetime as dt
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import wiring
from portal.accounts.models import Kind as AccountKind
from portal.approvals.models import Approval
from portal.approvals.states import ApprovalState
from portal.approvals.workflow import APPROVAL_FLOW
from portal.board.actions import open_calendar
from portal.board.models import BoardView
from portal.collaborations.states import CollaborationState, DeliverableState, MilestoneState
from portal.collaborations.workflow import COLLABORATION_FLOW, DELIVERABLE_FLOW, MILESTONE_FLOW
from portal.emergencies.actions import ask_to_read
from portal.emergencies.inputs import Emergency as Wish
from portal.emergencies.states import EmergencyState
from portal.emergencies.workflow import EMERGENCY_FLOW
from portal.files.models import File
from portal.files.states import FileState
from portal.imports.models import ImportRun
from portal.kernel import clock, subjects
from portal.kernel.db import Base
from portal.kernel.policy import SYSTEM_ACTOR, VISITOR, Actor, Role
from portal.kernel.workflow import Workflow
from portal.listings.models import Listing, ListingCoOwner, ListingFollow, ListingReader
from portal.listings.states import ListingState, Visibility
from portal.mergers.actions import ask_for_merger
from portal.mergers.inputs import Wanted
from portal.mergers.states import MergerState
from portal.mergers.workflow import MERGER_FLOW
from portal.organisations.actions import invite
from portal.organisations.inputs import Inviting
from portal.organisations.models import Organisation
from portal.organisations.states import InvitationState, MembershipState, OrganisationKind, OrganisationState
from portal.organisations.workflow import INVITATION_FLOW, MEMBERSHIP_FLOW, ORGANISATION_FLOW
from portal.people.models import Profile
from portal.proposals.actions import hold_decision
from portal.proposals.models import Proposal
from portal.proposals.queries import CORE
from portal.proposals.states import InterestState, ProposalState
from portal.search.actions import save_search
from tests import build
from tests.annexes.make import annex_every_other
from tests.announcements.make import announce_everything
from tests.collaborations.make import in_every_state, waive_one
from tests.collaborations.make_meetings import meetings_in_every_state
from tests.collaborations.make_papers import papers_in_every_state
from tests.collaborations.make_people import people_everywhere, people_in_every_state
from tests.collaborations.make_risks import risks_in_every_state
from tests.proposals.make import CO_AUTHORS, write_everything_together


@dataclass
class World:
    """`actors` by the name the golden matrices use; `things` by table name, each kept alive."""

    session: Session
    actors: dict[str, Actor] = field(default_factory=dict)
    things: dict[str, list[Any]] = field(default_factory=dict)


@contextmanager
def a_world(session: Session) -> Iterator[World]:
    """Build it; objects stay in the session's identity map because the world holds them."""
    gc.collect()
    world = World(session)
    host = build.an_organisation(session, "Host", kind=OrganisationKind.COMPANY)
    partner, elsewhere = (build.an_organisation(session, name) for name in ("Partner", "Elsewhere"))
    owner = build.a_member(session, host, Role.POSTER, name="owner")
    author = build.a_member(session, partner, name="author")
    people = {
        "owner": owner,
        "co-owner": build.a_member(session, host, Role.POSTER, name="co-owner"),
        "host member": build.a_member(session, host, name="host member"),
        "host officer": build.a_member(session, host, Role.OFFICER, name="host officer"),
        "host administrator": build.a_member(session, host, Role.ADMINISTRATOR, name="host administrator"),
        "author": author,
        "partner member": build.a_member(session, partner, name="partner member"),
        "partner officer": build.a_member(session, partner, Role.OFFICER, name="partner officer"),
        "partner administrator": build.a_member(session, partner, Role.ADMINISTRATOR, name="partner administrator"),
        "stranger": build.a_member(session, elsewhere, Role.OFFICER, Role.ADMINISTRATOR, name="stranger"),
        "student": build.a_person(session, "student", kind=AccountKind.STUDENT),
        **{name: build.a_member(session, elsewhere, name=name) for name in CO_AUTHORS},
        "administrator": build.a_person(session, "administrator", admin=True),
    }
    _listings(world, host, owner)
    _readers(world, partner, people["student"])
    _answers(world, host, owner, author)
    _collaborations(world, host, owner, author)
    _share(world, people)
    annex_every_other(session)
    write_everything_together(session, people)
    _organisations(world, people["stranger"])
    _invitations(world, people["host administrator"], people["stranger"])
    _mergers(world, people["administrator"])
    _emergencies(world, people["administrator"])
    announce_everything(session, build.actor_of(session, people["administrator"]))
    _profiles(world, owner, people["student"])
    _files(world, people["host administrator"], host, people["administrator"])
    world.actors = {"visitor": VISITOR, **{name: build.actor_of(session, who) for name, who in people.items()}}
    world.actors["portal itself"] = SYSTEM_ACTOR
    _collect(world)
    yield world


def _listings(world: World, host: Any, owner: Any) -> None:
    for state in ListingState:
        for visibility in Visibility:
            build.a_listing(world.session, owner, host, state=state, visibility=visibility)
    build.a_listing(world.session, owner, host, closes_at=None)
    later = clock.now() + dt.timedelta(days=9)
    for announces in (True, False):
        build.a_listing(world.session, owner, host, state=ListingState.IN_REVIEW, opens_at=later, announces=announces)


def _readers(world: World, partner: Any, student: Any) -> None:
    """Those that listings for named readers name: an organisation and a person, beside an address nobody has confirmed."""
    named = select(Listing.id).where(Listing.visibility == Visibility.NAMED)
    for listing_id in world.session.scalars(named).all():
        world.session.add(ListingReader(listing_id=listing_id, organisation_id=partner.id))
        world.session.add(ListingReader(listing_id=listing_id, email=student.email, account_id=student.id))
    world.session.flush()
    world.session.expire_all()


def _share(world: World, people: dict[str, Any]) -> None:
    """All listings have two co-owners, one of whom left the organisation; all collaborations a member and a guest."""
    now = clock.now()
    for listing_id in world.session.scalars(select(Listing.id)).all():
        for person in (people["co-owner"], people["student"]):
            world.session.add(ListingCoOwner(listing_id=listing_id, account_id=person.id, named_at=now))
    people_everywhere(world.session, people["partner member"], people["co-reader"])


def _answers(world: World, host: Any, owner: Any, author: Any) -> None:
    session = world.session
    for answer in ("", "Three years."):
        build.a_question(session, build.a_listing(session, owner, host), author, answer=answer)
    for state in InterestState:
        build.an_interest(session, build.a_listing(session, owner, host), author, state=state)
    for state in ProposalState:
        if state is not ProposalState.ACCEPTED:  # reached through the officers' approvals, below
            build.a_proposal(session, build.a_listing(session, owner, host), author, state=state)
    _held(world, owner)
    _returned(world, build.a_listing(session, owner, host), author)


def _held(world: World, owner: Any) -> None:
    session = world.session
    for proposal in session.scalars(select(Proposal).where(Proposal._state == ProposalState.IN_REVIEW).options(*CORE)).all():
        hold_decision(session, proposal, "ask_changes", build.GIVEN["Reason"], actor=build.actor_of(session, owner))


def _returned(world: World, listing: Any, author: Any) -> None:
    session = world.session
    proposal = build.a_proposal(session, listing, author, state=ProposalState.IN_APPROVAL)
    query = select(Approval).where(Approval.subject_type == "proposal", Approval.subject_id == proposal.id)
    slot = session.scalars(query).first()
    organisation = session.get_one(Organisation, slot.organisation_id)
    officer = build.actor_of(session, build.a_member(session, organisation, Role.OFFICER))
    build.walk(session, APPROVAL_FLOW, slot, ApprovalState.RETURNED, by=officer)


def _collaborations(world: World, host: Any, owner: Any, author: Any) -> None:
    session = world.session
    for state in CollaborationState:
        collaboration = build.a_collaboration(session, build.a_listing(session, owner, host), author)
        _set(session, COLLABORATION_FLOW, collaboration, state)
    waive_one(session, build.a_collaboration(session, build.a_listing(session, owner, host), author))
    running = build.a_collaboration(session, build.a_listing(session, owner, host), author)
    _set(session, COLLABORATION_FLOW, running, CollaborationState.ACTIVE)
    in_every_state(session, running)
    people_in_every_state(session, build.a_collaboration(session, build.a_listing(session, owner, host), author))
    papers_in_every_state(session, running)
    meetings_in_every_state(session, running)
    risks_in_every_state(session, running)
    for deliverable_state in DeliverableState:
        _part(world, build.a_collaboration(session, build.a_listing(session, owner, host), author), deliverable_state)
    for milestone_state in MilestoneState:
        _part(world, build.a_collaboration(session, build.a_listing(session, owner, host), author), milestone_state)


def _part(world: World, collaboration: Any, state: Any) -> None:
    session = world.session
    _set(session, COLLABORATION_FLOW, collaboration, CollaborationState.ACTIVE)
    flow, part = (
        (DELIVERABLE_FLOW, collaboration.deliverables[0])
        if isinstance(state, DeliverableState)
        else (MILESTONE_FLOW, collaboration.milestones[0])
    )
    _set(session, flow, part, state, collaboration)


def _set(session: Session, flow: Workflow, thing: Any, state: Any, collaboration: Any = None) -> None:
    parties = collaboration or thing
    leads = [build.actor_of(session, lead) for lead in (parties.host_lead, parties.partner_lead)]
    officer = Actor(id=-1, seats=(build.seat(parties.host_id, Role.OFFICER),))
    if state is CollaborationState.CLOSED:
        build.finish_parts(session, thing)
    build.walk(session, flow, thing, state, by=leads[0], partner=leads[1], officer=officer)


def _organisations(world: World, person: Any) -> None:
    session = world.session
    administrator = Actor(is_admin=True)
    for state in OrganisationState:
        organisation = build.an_organisation(session, verified=False)
        if state is OrganisationState.MERGED:
            organisation.merged_into_id = min(build.actor_of(session, person).organisations)
        build.walk(session, ORGANISATION_FLOW, organisation, state, by=administrator)
        membership = build.a_request(session, person, organisation)
        target = list(MembershipState)[list(OrganisationState).index(state) % len(MembershipState)]
        build.walk(session, MEMBERSHIP_FLOW, membership, target, by=administrator, self=build.actor_of(session, person))


def _invitations(world: World, keeper: Any, invited: Any) -> None:
    """To an organisation of their own, so that whoever accepts one stays a stranger to the parties."""
    session = world.session
    organisation = build.an_organisation(session)
    build.join(session, keeper, organisation, Role.ADMINISTRATOR)
    for state in InvitationState:
        invitation = invite(session, organisation, Inviting(invited.email), actor=build.actor_of(session, keeper))
        actors = {"keeper": build.actor_of(session, keeper), "by": build.actor_of(session, invited)}
        build.walk(session, INVITATION_FLOW, invitation, state, **actors)
        if state is InvitationState.OPEN:
            invitation.email = "open@example.org"  # one address holds one open invitation
            session.flush()


def _mergers(world: World, operator: Any) -> None:
    """Asked by one administrator of the portal, decided by another; somebody lost a role by the one that was done."""
    session = world.session
    asker = build.actor_of(session, build.a_person(session, "asker", admin=True))
    for state in MergerState:
        gone, kept = build.an_organisation(session), build.an_organisation(session)
        build.a_member(session, gone, Role.OFFICER)
        merger = ask_for_merger(session, gone, kept, Wanted("They are one.", seen=True), actor=asker)
        build.walk(session, MERGER_FLOW, merger, state, by=build.actor_of(session, operator))


def _emergencies(world: World, operator: Any) -> None:
    """About one proposal of the two parties; asked by one administrator of the portal, decided by another."""
    session = world.session
    sent = session.scalars(select(Proposal.id).where(Proposal.number > 0).order_by(Proposal.id)).first()
    for state in EmergencyState:
        asker = build.actor_of(session, build.a_person(session, "asker", admin=True))
        emergency = ask_to_read(session, Wish(f"PR-{sent:04d}", "Somebody was threatened in it."), actor=asker)
        build.walk(session, EMERGENCY_FLOW, emergency, state, by=build.actor_of(session, operator))


def _profiles(world: World, *listed: Any) -> None:
    """Of the last of those in the directory the account is closed."""
    for person in listed:
        world.session.get_one(Profile, person.id).listed = True
        save_search(world.session, "pump", "q=pump", actor=build.actor_of(world.session, person))
        open_calendar(world.session, actor=build.actor_of(world.session, person))
        world.session.add(BoardView(account_id=person.id, name="Late", address="overdue=y&view=table", kept_at=clock.now()))
        world.session.add(ListingFollow(account_id=person.id, listing_id=1, begun_at=clock.now()))
    closed = build.a_member(world.session, build.an_organisation(world.session), name="closed")
    world.session.get_one(Profile, closed.id).listed = True
    closed.active = False


def _files(world: World, keeper: Any, host: Any, admin: Any) -> None:
    """Uploaded files of records: an organisation's, and one of public records; and files in each state, of two people."""
    for person, organisation_id in ((keeper, host.id), (admin, None)):
        given = {"kind": "own_project", "name": "list.csv", "stored_as": "x", "size_bytes": 1}
        when = {"asked_at": clock.now(), "changed_at": clock.now()}
        world.session.add(ImportRun(asked_by_id=person.id, organisation_id=organisation_id, **given, **when))
    given = {"subject_type": "listing", "subject_id": 1, "name": "plan.txt", "sha256": "", "size_bytes": 1}
    for number, (person, state) in enumerate((person, state) for person in (keeper, admin) for state in FileState):
        file = File(stored_as=str(number), content_type="text/plain", uploaded_by_id=person.id, state=state, **given)
        file.at = file.next_at = clock.now()
        world.session.add(file)


def _collect(world: World) -> None:
    """Every thing that the engines know, by table name."""
    world.session.flush()
    for mapper in Base.registry.mappers:
        name = mapper.local_table.name
        if name in wiring.SUBJECTS:
            options = subjects.subject_named(name).options
            things = world.session.scalars(select(mapper.class_).options(*options).order_by(mapper.class_.id))
            world.things[name] = list(things.unique())
