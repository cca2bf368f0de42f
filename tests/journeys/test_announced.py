"""A listing is announced, found, followed, opened by the clock, and answered."""

import datetime as dt
import time

import pytest

from portal.accounts.models import Kind as AccountKind
from portal.kernel import clock
from portal.kernel.policy import Role
from portal.listings.actions import open_due
from portal.listings.states import Kind, ListingState
from portal.organisations.states import OrganisationKind
from tests import build
from tests.journeys.conftest import PATIENCE_SECONDS

pytestmark = pytest.mark.timeout(600)  # a whole journey; a busy machine is no failure


def test_what_is_announced_is_followed_and_answered_once_it_opens(portal, operator):
    opens = clock.now() + dt.timedelta(days=20)
    with portal.database() as session:
        company = build.an_organisation(session, "Tidewell Water", kind=OrganisationKind.COMPANY)
        poster = build.a_member(session, company, Role.POSTER, name="Helena Brandt")
        listing = build.a_listing(
            session, poster, company, kind=Kind.INTERNSHIP, state=ListingState.DRAFT, title="Which valve next"
        )
        student, href = build.a_person(session, "Mei Tan", kind=AccountKind.STUDENT), listing.href
    owner, administrator, mei = portal.browser_of(poster), portal.browser_of(operator), portal.browser_of(student)

    owner.go(f"{href}/edit").fill(opens_on=opens.date().isoformat())
    owner.choose("Announce it before it opens").clean().press("Save and preview").press("Send for review").sees("In review")
    administrator.go(href).press("Approve and announce").sees("Announced")
    mei.go("/search?q=valve").clean()
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not mei.page.get_by_text("1 listing is announced and opens later").count() and time.monotonic() < deadline:
        mei.go("/search?q=valve")
    mei.press("1 listing is announced and opens later").clean().sees("Announced: opens")
    mei.press("Which valve next", exact=False).clean().sees("It can be answered from that day on")
    assert mei.page.get_by_role("link", name="Show your interest").count() == 0
    mei.press("Tell me when it opens").sees("Nobody else sees that").go("/searches").clean().sees("Which valve next")
    owner.go("/listings").clean().sees("Announced")

    with clock.at(opens + dt.timedelta(days=1)), portal.database() as session:
        assert open_due(session) == 1
    assert href in portal.link_sent_to(student.email)
    assert "is open now" in str(portal.mails.sent_to(student.email)[-1]["Subject"])
    mei.go("/me/notifications").clean().sees("because you follow this listing")
    mei.go(href).press("Show your interest").fill(motivation="I like valves.").choose("nothing").press("Send your interest")
    mei.sees("Sent")
