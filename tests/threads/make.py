"""Two sides with a case between them."""

from dataclasses import dataclass

from portal.accounts.models import User
from portal.kernel.policy import Actor, Role
from portal.proposals.models import Proposal
from portal.proposals.states import ProposalState
from tests.build import a_listing, a_member, a_proposal, actor_of, an_organisation


@dataclass(frozen=True)
class Case:
    """A submitted proposal; owner and author with an officer each, a colleague of the author, and a stranger."""

    proposal: Proposal
    people: dict[str, User]
    actors: dict[str, Actor]

    @property
    def host(self) -> int:
        return self.proposal.host_id

    @property
    def partner(self) -> int:
        return self.proposal.organisation_id


def a_case(session) -> Case:
    company, university = an_organisation(session, "Tidewell"), an_organisation(session, "Lindmoor")
    people = {
        "owner": a_member(session, company, Role.POSTER, name="Helena Brandt"),
        "host officer": a_member(session, company, Role.OFFICER, name="Nora Quist"),
        "author": a_member(session, university, name="Ingrid Solheim"),
        "officer": a_member(session, university, Role.OFFICER, name="Farid Haddad"),
        "colleague": a_member(session, university, name="Olga Petrenko"),
        "stranger": a_member(session, an_organisation(session, "Elsewhere"), Role.OFFICER, name="Ingrid Else"),
    }
    proposal = a_proposal(session, a_listing(session, people["owner"], company), people["author"], state=ProposalState.SUBMITTED)
    return Case(proposal, people, {name: actor_of(session, person) for name, person in people.items()})
