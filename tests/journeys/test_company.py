"""A company's challenge from two proposals to a closed collaboration, with the officers of both sides."""

import pytest

from portal.kernel.policy import Role
from portal.listings.states import Intake
from portal.organisations.states import OrganisationKind
from portal.proposals.states import ProposalState
from tests import build

pytestmark = pytest.mark.timeout(600)  # a whole journey; a busy machine is no failure


def test_a_company_from_challenge_to_close(portal, operator):
    with portal.database() as session:
        tidewell = build.an_organisation(session, "Tidewell Water", kind=OrganisationKind.COMPANY)
        lindmoor = build.an_organisation(session, "Lindmoor University")
        hallam = build.an_organisation(session, "Port Hallam Polytechnic")
        helena = build.a_member(session, tidewell, Role.POSTER, name="Helena Brandt")
        nora = build.a_member(session, tidewell, Role.OFFICER, name="Nora Whitfield")
        ingrid = build.a_member(session, lindmoor, name="Ingrid Solheim")
        farid = build.a_member(session, lindmoor, Role.OFFICER, name="Farid Haddad")
        amara = build.a_member(session, hallam, name="Amara Okafor")
        build.a_member(session, hallam, Role.OFFICER)

    # Helena posts; the operator publishes.
    company = portal.browser_of(helena).go("/listings/new/challenge").clean()
    company.fill(
        title="Predict pump failure",
        summary="Nine hundred pumps, eleven surprises a year.",
        description="Find the warning and make it fit on the gateway.",
        budget_minor="90,000",
    )
    company.page.locator(f"input[name=intake][value={Intake.PROPOSAL.value}]").check()
    company.press("Save and preview").press("Send for review").sees("In review")
    listing = company.path
    portal.browser_of(operator).go(listing).press("Publish").sees("Open")

    # Ingrid writes a proposal through all its parts; Amara's came by the same road.
    author = portal.browser_of(ingrid).go(listing).clean().press("Start a proposal", exact=False)
    if "/propose" in author.path:
        author.press("Start the proposal", exact=False)
    author.clean().fill(title="Edge-side early warning", summary="We learn the normal state on the device.")
    author.press("Continue", exact=False).clean().press("Continue", exact=False)
    if not author.page.locator("[name='packages-0-title']").count():
        author.press("Add a work package", exact=False)
    author.clean()
    for name, value in {"title": "Baseline", "first_month": "1", "last_month": "3", "deliverable": "Baseline report"}.items():
        author.page.locator(f"[name='packages-0-{name}']").fill(value)
    author.press("Continue", exact=False)
    if not author.page.locator("[name='lines-0-label']").count():
        author.press("Add a budget line", exact=False)
    author.clean()
    author.page.locator("[name='lines-0-label']").fill("Researcher")
    author.page.locator("[name='lines-0-amount_minor']").fill("84,500")
    author.press("Continue", exact=False).press("Continue", exact=False).clean()
    author.press("Submit the proposal").sees("Submitted").clean()
    proposal = author.path
    with portal.database() as session:
        from portal.listings.models import Listing

        offered = session.get_one(Listing, int(listing.rpartition("-")[2]))
        other = build.a_proposal(session, offered, session.merge(amara), state=ProposalState.SUBMITTED).href

    # Helena asks one for changes and gets them, declines the other, accepts the first.
    company.go(proposal).clean().choose("Ask for changes").fill(text="Say who owns the code.").press("Send decision")
    author.go(proposal).sees("Say who owns the code.")
    author.go(f"{proposal}/edit/rights").fill(rights="The university owns it; Tidewell may use it for ever.")
    author.press("Continue", exact=False).press("Submit the proposal")
    company.go(other).choose("Decline").fill(text="Too far from our plants.")
    company.page.locator("select[name=code]").select_option("fit")
    company.press("Send decision").sees("Declined")
    company.go(proposal).choose("Accept").press("Send decision").sees("In approval")

    # The officers of both sides approve the same version.
    for officer in (farid, nora):
        desk = portal.browser_of(officer).go("/approvals").clean().sees("Edge-side early warning")
        desk.go(proposal).press("Approve").press("Approve")
    company.go(proposal).sees("Accepted")

    # The collaboration opened; work is handed in, accepted, closed.
    company.go("/collaborations").clean().press("Edge-side early warning", exact=False).clean()
    collaboration = company.path
    company.press("Start the work").sees("Running")
    author.go(collaboration).clean().press("Hand in: Baseline report")
    author.fill(text="The report is on the first page of the file.").press("Hand in")
    company.go(collaboration).press("Accept: Baseline report").sees("Accepted")
    company.press("Mark as achieved: Baseline").press("Begin closing").press("Close").sees("Nothing waits for anybody.")
