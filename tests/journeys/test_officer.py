"""A partnership officer verifies a member, sees what waits, approves, and reads who did what."""

import pytest

from portal.accounts.models import Kind
from portal.kernel.policy import Role
from portal.organisations.states import OrganisationKind
from portal.proposals.states import ProposalState
from tests import build

pytestmark = pytest.mark.timeout(600)  # a whole journey; a busy machine is no failure


def test_an_officer_from_a_new_member_to_the_audit_trail(portal):
    with portal.database() as session:
        lindmoor = build.an_organisation(session, "Lindmoor University")
        tidewell = build.an_organisation(session, "Tidewell Water", kind=OrganisationKind.COMPANY)
        farid = build.a_member(session, lindmoor, Role.OFFICER, Role.ADMINISTRATOR, name="Farid Haddad", kind=Kind.OFFICER)
        ingrid = build.a_member(session, lindmoor, name="Ingrid Solheim")
        helena = build.a_member(session, tidewell, Role.POSTER, name="Helena Brandt")
        build.a_member(session, tidewell, Role.OFFICER)
        build.a_request(session, build.a_person(session, "Bram Janssen"), lindmoor)
        listing = build.a_listing(session, helena, tidewell)
        proposal = build.a_proposal(session, listing, ingrid, state=ProposalState.IN_APPROVAL).href
        members = f"{lindmoor.href}/members"
    officer = portal.browser_of(farid)

    officer.go("/work").clean().sees("Edge-side early warning")
    officer.go(members).clean().sees("Bram Janssen").press("Confirm: Bram Janssen")
    officer.go(members).sees("Who belongs to it")

    officer.go(proposal).clean().press("Approve").fill(text="Publication review of thirty days.").press("Approve")
    officer.go(proposal).sees("Publication review of thirty days.")

    officer.go("/audit").clean().sees("Farid Haddad")
