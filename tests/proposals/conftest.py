"""One listing's two sides with everybody who might look at a proposal, for tests through pages."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from portal.accounts.models import User
from portal.approvals.models import Approval
from portal.approvals.states import ApprovalState
from portal.approvals.workflow import APPROVAL_FLOW, Consent
from portal.kernel.db import transaction
from portal.kernel.policy import Actor, Role
from portal.organisations.states import OrganisationKind
from portal.proposals.models import Proposal
from portal.proposals.queries import FULL
from portal.proposals.states import InterestState, ProposalState
from portal.proposals.workflow import PROPOSAL_FLOW
from tests.build import a_listing, a_member, a_person, a_proposal, actor_of, an_interest, an_organisation

OUTSIDERS = ("visitor", "stranger", "administrator", "host member", "colleague")
SUMMARY = "We learn the normal state and report departures."


@dataclass(frozen=True)
class Thing:
    """What a test needs of a row, without the row: a session that is asked anything takes SQLite's one place to write."""

    id: int
    reference: str
    href: str
    version: int
    listing: str  # its address
    sent: bool = False


@dataclass
class Case:
    """`people` by the role they play; the methods commit what they make, so that pages can be asked at once."""

    db: Session
    people: dict[str, User | None] = field(default_factory=dict)
    host: Any = None
    partner: Any = None

    def actor(self, name: str) -> Actor:
        account = self.people[name]
        assert account is not None
        return actor_of(self.db, account)

    def listing(self, **values: Any) -> Thing:
        with transaction(self.db):
            listing = a_listing(self.db, self.people["owner"], self.host, **values)
            return Thing(listing.id, listing.reference, listing.href, listing.version, listing.href)

    def proposal(self, state: ProposalState = ProposalState.SUBMITTED, **values: Any) -> Thing:
        """A proposal of the author for a new listing, in `state`."""
        with transaction(self.db):
            listing = a_listing(self.db, self.people["owner"], self.host)
            reached = ProposalState.IN_APPROVAL if state is ProposalState.ACCEPTED else state
            proposal = a_proposal(self.db, listing, self.people["author"], state=reached, **values)
            if state is ProposalState.ACCEPTED:
                for slot in self.slots(proposal):
                    officer = "host officer" if slot.organisation_id == self.host.id else "partner officer"
                    APPROVAL_FLOW.perform(self.db, slot, "approve", actor=self.actor(officer), given=Consent())
            return Thing(proposal.id, proposal.reference, proposal.href, proposal.version, listing.href)

    def withdrawn(self) -> Thing:
        """A proposal that was submitted and then taken back."""
        proposal = self.proposal()
        self.step(proposal, "withdraw", "author")
        return proposal

    def interest(self, state: InterestState = InterestState.SENT, **values: Any) -> Thing:
        with transaction(self.db):
            listing = a_listing(self.db, self.people["owner"], self.host, **values)
            interest = an_interest(self.db, listing, self.people["author"], state=state)
            sent = interest.sent_at is not None
            return Thing(interest.id, interest.reference, interest.href, interest.version, listing.href, sent)

    def step(self, proposal: Thing, action: str, name: str, given: Any = None) -> None:
        with transaction(self.db):
            PROPOSAL_FLOW.perform(self.db, self._fresh(proposal), action, actor=self.actor(name), given=given)

    def look(self, proposal: Thing, ask: Callable[[Proposal], Any]) -> Any:
        """What `ask` says of the proposal as the database has it now."""
        with transaction(self.db):
            return ask(self._fresh(proposal))

    def slots(self, proposal: Thing | Proposal) -> list[Approval]:
        """The open slots, the host's first."""
        query = select(Approval).where(Approval.subject_id == proposal.id, Approval._state == ApprovalState.OPEN)
        return list(self.db.scalars(query.order_by(Approval.id)))

    def _fresh(self, proposal: Thing) -> Proposal:
        options = (*FULL, joinedload(Proposal.versions))
        query = select(Proposal).where(Proposal.id == proposal.id).options(*options)
        return self.db.scalars(query, execution_options={"populate_existing": True}).unique().one()


@pytest.fixture
def case(db: Session) -> Case:
    """Two organisations, their people, and some who have no business here."""
    case = Case(db)
    with transaction(db):
        case.host = an_organisation(db, "Host Water", kind=OrganisationKind.COMPANY)
        case.partner = an_organisation(db, "Partner University")
        elsewhere = an_organisation(db, "Elsewhere")
        case.people = {
            "visitor": None,
            "owner": a_member(db, case.host, Role.POSTER, name="Olive Owner"),
            "host member": a_member(db, case.host, Role.ADMINISTRATOR),
            "host officer": a_member(db, case.host, Role.OFFICER, name="Hugo Hostofficer"),
            "author": a_member(db, case.partner, name="Anna Author"),
            "colleague": a_member(db, case.partner, Role.ADMINISTRATOR, Role.SIGNATORY),
            "partner officer": a_member(db, case.partner, Role.OFFICER, name="Petra Partnerofficer"),
            "stranger": a_member(db, elsewhere, Role.OFFICER, Role.POSTER),
            "administrator": a_person(db, admin=True),
        }
    return case
