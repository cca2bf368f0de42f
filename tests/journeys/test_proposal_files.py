"""Files go with a proposal: added while it is written, submitted with it, read by the owner, replaced in the next version."""

import pytest

from portal.kernel.policy import Role
from portal.organisations.states import OrganisationKind
from portal.proposals.states import ProposalState
from tests import build
from tests.files.corpus import PDF

pytestmark = pytest.mark.timeout(600)  # a busy machine is no failure


def test_files_are_submitted_read_and_replaced(portal):
    with portal.database() as session:
        company = build.an_organisation(session, "Tidewell Water", kind=OrganisationKind.COMPANY)
        helena = build.a_member(session, company, Role.POSTER, name="Helena Brandt")
        ingrid = build.a_member(session, build.an_organisation(session, "Lindmoor University"), name="Ingrid Solheim")
        draft = build.a_proposal(session, build.a_listing(session, helena, company), ingrid, state=ProposalState.DRAFT)
        at = draft.href
    owner, author = portal.browser_of(helena), portal.browser_of(ingrid)

    add(author.go(f"{at}/edit/files").clean(), "annex", ("annex.pdf", PDF), ("site.pdf", PDF + b"%"))
    author.press("Add these files").sees("2 files were added.").clean()
    author.page.locator("#confidential").check()
    add(author, "cv", ("cv.pdf", PDF + b"%%"))
    author.press("Continue", exact=False).sees("Confidential").clean().press("Submit the proposal").sees("Submitted")
    fetched(owner.go(at).clean(), "cv.pdf")
    owner.press("Eligible and complete: start the review").choose("Ask for changes")
    owner.fill(text="A newer annex, please.").press("Send decision")

    add(author.go(f"{at}/edit/files"), "annex", ("annex.pdf", PDF + b"% newer"))
    author.press("Continue", exact=False).press("Submit the proposal").sees("Submitted")
    owner.go(f"{at}/compare?from=1&to=2").clean().sees("replaced")
    fetched(owner.go(f"{at}/versions/1").clean(), "annex.pdf")


def add(browser, category, *files):
    chosen = [{"name": name, "mimeType": "application/pdf", "buffer": data} for name, data in files]
    browser.page.locator("#files").set_input_files(chosen)
    browser.page.locator("#category").select_option(category)


def fetched(browser, name):
    with browser.page.expect_download() as download:
        browser.page.get_by_role("link", name=name, exact=True).first.click()
    assert download.value.suggested_filename == name
