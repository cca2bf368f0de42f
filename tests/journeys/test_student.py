"""A student finds an internship through facets, shows interest and reads the answer, on the page and by mail."""

import pytest

from portal.accounts.models import Kind
from portal.kernel.policy import Role
from portal.listings.states import Intake
from portal.listings.states import Kind as ListingKind
from portal.organisations.states import OrganisationKind
from portal.search.indexing import rebuild
from tests import build

pytestmark = pytest.mark.timeout(600)  # a whole journey; a busy machine is no failure


def test_a_student_from_search_to_answer(portal):
    with portal.database() as session:
        rail = build.an_organisation(session, "Arcadia Rail", kind=OrganisationKind.COMPANY)
        grid = build.an_organisation(session, "Kestrel Grid", kind=OrganisationKind.COMPANY)
        owner = build.a_member(session, rail, Role.POSTER, name="Ruben de Wit")
        wanted = {"kind": ListingKind.INTERNSHIP, "intake": Intake.INTEREST}
        listing = build.a_listing(session, owner, rail, title="Computer vision for track inspection", **wanted)
        build.a_listing(session, None, grid, title="Computer vision for meters", **wanted)
        build.a_listing(session, None, grid, title="Computer vision challenge", kind=ListingKind.CHALLENGE)
        student = build.a_person(session, "Mei Tan", kind=Kind.STUDENT)
        address, href = student.email, listing.href
    rebuild(portal.app.extensions["database"], portal.app.extensions["index"], portal.app.extensions["searched"])
    mei = portal.browser_of(student)

    # Search, narrow by kind and organisation.
    mei.go("/search?q=vision").clean().sees("3 results")
    mei.press("Internships 2").sees("2 results")
    mei.choose("Arcadia Rail").sees("1 result")
    mei.press("Computer vision for track inspection", exact=False).clean().sees("Sam Host")

    # Interest.
    mei.go(f"{href}/interest").fill(motivation="I label, train and ride.").choose("nothing").press("Send your interest")
    mei.sees("Sent").clean()
    interest = mei.path

    # The company declines with a reason; the student reads it.
    ruben = portal.browser_of(owner).go(interest).clean()
    ruben.press("Decline")
    ruben.page.locator("select[name=code]").select_option("capacity")
    ruben.fill(text="All places are taken until autumn.").press("Decline")
    mei.go(interest).sees("All places are taken until autumn.").sees("No capacity at present")
    assert interest in portal.link_sent_to(address)
