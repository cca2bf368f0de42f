"""An owner hears of interests by mail, reads why, keeps one kind of news in the list alone, and stops all mails by one click."""

import pytest

from portal.accounts.models import User
from portal.kernel.policy import Role
from portal.listings.models import Listing
from portal.organisations.states import OrganisationKind
from tests import build

pytestmark = pytest.mark.timeout(600)  # a busy machine is no failure


def test_news_come_as_they_were_chosen_until_they_are_stopped(portal, operator):
    with portal.database() as session:
        host = build.an_organisation(session, "Tidewell Water", kind=OrganisationKind.COMPANY)
        owner = build.a_member(session, host, Role.POSTER, name="Helena Brandt")
        university = build.an_organisation(session, "Lindmoor University")
        writer = build.a_member(session, university, name="Ingrid Solheim").id
        titles = ("Hear pumps", "See pumps", "Mend pumps")
        listings = [build.a_listing(session, owner, host, title=title).id for title in titles]
        address = owner.email
    helena, visitor = portal.browser_of(owner), portal.browser_of()

    express(portal, listings[0], writer)
    link = portal.link_sent_to(address, about="Somebody is interested")
    helena.go(link).clean().sees("Ingrid Solheim")
    helena.go("/me/notifications").sees("because you").clean().press("Choose for each kind of news, and quiet hours").clean()
    for topic in ("turn", "answers"):
        helena.page.locator(f"[id='{topic}']").select_option("listed")
    helena.press("Save choice").sees("Notifications")

    express(portal, listings[1], writer)
    helena.comes("/me/notifications", "Somebody is interested in “See pumps”")

    helena.go("/me/notifications/choices")
    for topic in ("turn", "answers"):
        helena.page.locator(f"[id='{topic}']").select_option("at_once")
    helena.press("Save choice")
    express(portal, listings[2], writer)
    portal.link_sent_to(address, about="Somebody is interested in “Mend pumps”")
    mails = portal.mails.sent_to(address)
    assert not any("interested in “See pumps”" in str(mail["Subject"]) for mail in mails)
    stop = mails[-1]["List-Unsubscribe"].strip(" <>").split("://", 1)[1].partition("/")[2]
    visitor.go(f"/{stop}").clean().press("Stop these mails").sees("You get no more of these mails").clean()
    helena.go("/me/notifications/choices").sees("You get no mails at present")
    portal.browser_of(operator).go("/admin/machinery").clean().sees("Mails in the outbox").sees("Alive")


def express(portal, listing, writer):
    """Somebody says that they are interested."""
    with portal.database() as session:
        build.an_interest(session, session.get_one(Listing, listing), session.get_one(User, writer))
