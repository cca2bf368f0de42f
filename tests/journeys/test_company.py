"""A company's challenge from two proposals to a closed collaboration, with the officers of both sides."""

from types import SimpleNamespace

import pytest

from portal.kernel.policy import Role
from portal.listings.models import Listing
from portal.listings.states import Intake
from portal.organisations.states import OrganisationKind
from portal.proposals.states import ProposalState
from tests import build

pytestmark = pytest.mark.timeout(600)  # a whole journey; a busy machine is no failure
_PACKAGE = {"title": "Baseline", "first_month": "1", "last_month": "3"}
_RESULT = {"title": "Baseline report", "package": "WP1", "month": "3"}
_LINE = {"label": "Researcher", "amount_minor": "84,500"}


def test_a_company_from_challenge_to_close(portal, operator):
    people = the_people(portal)
    company, author = portal.browser_of(people.helena), portal.browser_of(people.ingrid)

    listing = post_a_challenge(company)
    portal.browser_of(operator).go(listing).press("Publish").sees("Open")
    proposal = write_a_proposal(author, listing)
    other = another_proposal(portal, listing, people.amara)
    ask_for_changes_and_get_them(company, author, proposal)
    decline(company, other)
    company.go(proposal).press("Eligible and complete: start the review")
    company.choose("Accept").press("Send decision").sees("In approval")
    for officer in (people.farid, people.nora):
        desk = portal.browser_of(officer).go("/approvals").clean().sees("Edge-side early warning")
        desk.go(proposal).press("Approve").press("Approve")
    company.go(proposal).sees("Accepted")
    work_until_closed(company, author)


def the_people(portal):
    with portal.database() as session:
        tidewell = build.an_organisation(session, "Tidewell Water", kind=OrganisationKind.COMPANY)
        lindmoor = build.an_organisation(session, "Lindmoor University")
        hallam = build.an_organisation(session, "Port Hallam Polytechnic")
        build.a_member(session, hallam, Role.OFFICER)
        return SimpleNamespace(
            helena=build.a_member(session, tidewell, Role.POSTER, name="Helena Brandt"),
            nora=build.a_member(session, tidewell, Role.OFFICER, name="Nora Whitfield"),
            ingrid=build.a_member(session, lindmoor, name="Ingrid Solheim"),
            farid=build.a_member(session, lindmoor, Role.OFFICER, name="Farid Haddad"),
            amara=build.a_member(session, hallam, name="Amara Okafor"),
        )


def post_a_challenge(company):
    company.go("/listings/new/challenge").clean()
    company.fill(
        title="Predict pump failure",
        summary="Nine hundred pumps, eleven surprises a year.",
        description="Find the warning and make it fit on the gateway.",
        budget_minor="90,000",
    )
    company.page.locator(f"input[name=intake][value={Intake.PROPOSAL.value}]").check()
    company.press("Save and preview").press("Send for review").sees("In review")
    return company.path


def write_a_proposal(author, listing):
    """Through all parts of the form, each looked at by axe."""
    author.go(listing).clean().press("Start a proposal", exact=False)
    if "/propose" in author.path:
        author.press("Start the proposal", exact=False)
    author.clean().fill(title="Edge-side early warning", summary="We learn the normal state on the device.")
    author.press("Continue", exact=False).clean().press("Continue", exact=False)
    fill_row(author, "packages", "Add a work package", _PACKAGE)
    fill_row(author, "deliverables", "Add a deliverable", _RESULT)
    author.press("Continue", exact=False)
    fill_row(author, "lines", "Add a budget line", _LINE)
    author.page.locator("[name='lines-0-partner']").select_option("Lindmoor University")
    author.press("Continue", exact=False)
    author.page.locator("#results_owner").select_option("university")
    author.page.locator("#personal_data-1").check()
    author.press("Continue", exact=False).clean().press("Continue", exact=False).clean()  # files: none
    author.press("Submit the proposal").sees("Submitted").clean()
    return author.path


def fill_row(author, rows, add, values):
    if not author.page.locator(f"[name^='{rows}-0-']").count():
        author.press(add, exact=False)
    author.clean()
    for name, value in values.items():
        author.page.locator(f"[name='{rows}-0-{name}']").fill(value)


def another_proposal(portal, listing, author):
    with portal.database() as session:
        offered = session.get_one(Listing, int(listing.rpartition("-")[2]))
        return build.a_proposal(session, offered, session.merge(author), state=ProposalState.IN_REVIEW).href


def ask_for_changes_and_get_them(company, author, proposal):
    company.go(proposal).clean().press("Eligible and complete: start the review").clean()
    company.choose("Ask for changes").fill(text="Say who owns the code.").press("Send decision")
    author.go(proposal).sees("Say who owns the code.")
    author.go(f"{proposal}/edit/rights").fill(rights="The university owns it; Tidewell may use it for ever.")
    author.press("Continue", exact=False).press("Continue", exact=False).press("Submit the proposal")


def decline(company, proposal):
    company.go(proposal).choose("Decline").fill(text="Too far from our plants.")
    company.page.locator("select[name=code]").select_option("fit")
    company.press("Send decision").sees("Declined")


def work_until_closed(company, author):
    company.go("/collaborations").clean().press("Edge-side early warning", exact=False).clean()
    collaboration = company.path
    settle_all(company, f"{collaboration}/set-up")
    settle_all(author, f"{collaboration}/set-up")
    company.go(collaboration).press("Start the work").sees("Running")
    author.go(collaboration).clean().press("Hand in: Baseline report")
    author.fill(text="The report is on the first page of the file.").press("Hand in")
    company.go(collaboration).press("Accept: Baseline report").sees("Accepted")
    company.go(f"{collaboration}/plan").press("Mark as achieved: Baseline").go(collaboration).press("Begin closing")
    settle_all(company, f"{collaboration}/closing")
    settle_all(author, f"{collaboration}/closing")
    company.go(collaboration).press("Close").sees("Nothing waits for anybody.")


def settle_all(person, page):
    """Settle each item of a list that is this person's own; a day is an answer to all of them."""
    while person.go(page).page.locator("a[href$='/steps/settle']").count():
        person.press("Settle", exact=False).fill(detail="2027-01-15").press("Settle")
    person.clean()
