"""What takes more than one person: a duplicate merged by two administrators, a domain shown by whoever reads its mail."""

import re
import time

import pytest

from portal.kernel.policy import Role
from tests import build
from tests.journeys.conftest import PATIENCE_SECONDS

pytestmark = pytest.mark.timeout(600)  # a busy machine is no failure


def test_two_administrators_merge_what_stands_twice(portal, operator):
    with portal.database() as session:
        second = build.a_person(session, "Ruth Adeyemi", admin=True)
        kept, gone = build.an_organisation(session, "Lindmoor University"), build.an_organisation(session, "Lindmoor University")
        build.a_member(session, kept, Role.ADMINISTRATOR, name="Farid Haddad")
        listing = build.a_listing(session, build.a_member(session, gone, Role.POSTER), gone, title="Quiet pumps")
        addresses, href = (gone.href, kept.href), listing.href
    asking, deciding = portal.browser_of(operator), portal.browser_of(second)

    asking.go("/admin/mergers").clean().fill(gone=addresses[0], kept=addresses[1])
    with asking.page.expect_navigation():
        asking.page.locator("#others button").click()
    asking.clean().fill(reason="One house, entered twice.")
    asking.choose("I compared the two").press("Ask the other administrators").sees("cannot be undone")
    assert asking.page.get_by_role("link", name="Merge them for good").count() == 0
    deciding.go("/work").press("Lindmoor University", exact=False).clean().press("Merge them for good").clean()
    deciding.choose("I compared the two").press("Merge them for good").sees("Roles that ended")
    visitor = portal.browser_of().go(addresses[0])
    assert visitor.path == addresses[1]
    visitor.go(href).sees("Lindmoor University")


def test_an_organisation_shows_by_mail_that_a_domain_is_its_own(portal):
    with portal.database() as session:
        organisation = build.an_organisation(session, "Tidewell Water")
        keeper = build.a_member(session, organisation, Role.ADMINISTRATOR)
    administrator = portal.browser_of(keeper)

    administrator.go(f"{organisation.href}/domains").clean().fill(domain="tidewell.example").press("Send the code").clean()
    administrator.fill(code=code_sent_to(portal, "postmaster@tidewell.example")).press("Add its domain")
    administrator.sees("tidewell.example belongs to it now.").clean().go(organisation.href).press(
        "What its people offer", exact=False
    )
    administrator.clean().sees("Nothing is on its way at present.")


def code_sent_to(portal, address):
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not (sent := portal.mails.sent_to(address)):
        assert time.monotonic() < deadline, f"no mail to {address}"
        time.sleep(0.1)
    return re.search(r"\b[0-9A-Z]{5}-[0-9A-Z]{5}\b", sent[-1].get_body(("plain",)).get_content())[0]
