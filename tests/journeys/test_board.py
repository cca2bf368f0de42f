"""An officer looks over what is under way, keeps a view of it, reminds who has it in hand; they settle it from My work."""

import pytest

from portal.kernel.policy import Role
from portal.organisations.states import OrganisationKind
from portal.proposals.models import Interest
from portal.proposals.states import InterestState
from tests import build

pytestmark = pytest.mark.timeout(600)  # a busy machine is no failure


def test_an_officer_reminds_many_and_their_owner_answers_from_my_work(portal):
    with portal.database() as session:
        host = build.an_organisation(session, "Tidewell Water", kind=OrganisationKind.COMPANY)
        owner = build.a_member(session, host, Role.POSTER, name="Helena Brandt")
        officer = build.a_member(session, host, Role.OFFICER, name="Farid Haddad")
        writer = build.a_member(session, build.an_organisation(session, "Lindmoor University"), name="Ingrid Solheim")
        listings = [build.a_listing(session, owner, host, title=title) for title in ("Hear pumps", "See pumps")]
        interests = [build.an_interest(session, listing, writer, state=InterestState.SENT) for listing in listings]
        numbers = [each.id for each in interests]
    farid, helena = portal.browser_of(officer), portal.browser_of(owner)

    farid.go("/board").clean().sees("Hear pumps").press("Table").sees("See pumps").clean()
    farid.page.locator("summary", has_text="Filters").click()
    farid.fill(name="All of it").press("Keep this view").sees("Kept.")
    farid.press("All of it").press("With all shown here").clean()
    farid.page.get_by_label("Do with each").select_option(label="Remind whoever’s turn it is")
    farid.press("Do this with each").sees("Done with 2 of them").clean()
    assert portal.link_sent_to(owner.email, "reminds you of").startswith("/")

    helena.go("/calendar").clean().sees("Hear pumps").press("Month").clean()
    helena.go("/work").clean()
    helena.page.get_by_role("button", name="Acknowledge", exact=False).first.click()
    helena.sees("Done: Acknowledge")
    with portal.database() as session:
        states = {session.get_one(Interest, number).state for number in numbers}
    assert states == {InterestState.SENT, InterestState.ACKNOWLEDGED}

    address = helena.go("/calendar/address").press("Make an address").page.locator("code").inner_text()
    secret = "/" + address.split("://", 1)[1].partition("/")[2]  # as served here; the portal tells its public name
    feed = helena.page.request.get(secret)
    assert feed.headers["content-type"].startswith("text/calendar")
    assert "See pumps" in feed.text()
    helena.go("/calendar/address").press("End the address")
    assert helena.page.request.get(secret).status == 404
