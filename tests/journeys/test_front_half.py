"""What surrounds listings, each part once in a browser: organisations, people, moderation, files of listings, administration."""

import datetime as dt

import pytest
from sqlalchemy import select

from portal.accounts.models import Kind
from portal.announcements.models import Announcement
from portal.kernel import clock
from portal.kernel.policy import Role
from portal.listings.states import ListingState
from portal.organisations.states import OrganisationKind
from tests import build

pytestmark = pytest.mark.timeout(600)  # a busy machine is no failure
FILE = """id;title;summary;budget;currency;closes_on
A-1;Hear a bearing wear out;Microphones stand beside forty pumps.;25000;EUR;2028-03-31
A-2;;A row without a title.;;EUR;
A-3;Find the leak nobody sees;Pressure drops at night.;12000;EUR;2028-04-30
"""


@pytest.fixture
def host(portal):
    """A company with an administrator and somebody who posts."""
    with portal.database() as session:
        company = build.an_organisation(session, "Tidewell Water", kind=OrganisationKind.COMPANY, domain="tidewell.example")
        keeper = build.a_member(session, company, Role.ADMINISTRATOR, Role.POSTER, name="Kim Keeper")
        owner = build.a_member(session, company, Role.POSTER, name="Helena Brandt")
    return company, keeper, owner


def test_an_administrator_of_an_organisation_invites_somebody(portal, host):
    company, keeper, _owner = host
    with portal.database() as session:
        guest = build.a_person(session, "Nora Whitfield")
    administrator, invited = portal.browser_of(keeper), portal.browser_of(guest)

    administrator.go(f"{company.href}/invitations").clean().fill(email=guest.email, title="Counsel")
    administrator.press("Send the invitation").sees(guest.email)
    invited.go(portal.link_sent_to(guest.email)).clean().press("Accept").sees("Tidewell Water")
    administrator.go(f"{company.href}/members").clean().sees("Nora Whitfield")
    administrator.go(f"{company.href}/settings").clean()
    portal.browser_of().go(f"{company.href}/record").clean()
    assert portal.browser_of().go(f"{company.href}/members").page.get_by_text("Nora Whitfield").count() == 0


def test_a_person_is_found_by_those_they_agreed_to(portal, host):
    _company, _keeper, owner = host
    person = portal.browser_of(owner)

    person.go("/me").clean().fill(headline="Head of assets", expertise="hydraulics: expert\nacoustics", languages="en de")
    person.press("Save my profile").sees("Head of assets")
    page = person.path
    assert portal.browser_of().go(page).page.title().startswith("This page is not on the road")
    person.go("/me/outputs").fill(text="10.5555/12345678").press("Add them").clean()
    person.go("/me").choose("Let everybody find me").press("Save my profile")
    person.go("/me/seen-as/visitor").clean().sees("This is how your page looks")
    portal.browser_of().go("/people?q=helena").clean().press("Helena Brandt").sees("hydraulics")


def test_moderation_asks_for_changes_suspends_and_hears_an_appeal(portal, host, operator):
    company, _keeper, poster = host
    with portal.database() as session:
        href = build.a_listing(session, poster, company, state=ListingState.IN_REVIEW, title="Quiet pumps").href
    owner, administrator = portal.browser_of(poster), portal.browser_of(operator)

    administrator.go("/admin").clean().press("Quiet pumps").clean().press("Ask for changes").clean()
    administrator.fill(text="Almost there.", title="Which pumps?").press("Ask for changes").sees("Changes asked for")
    owner.go(f"{href}/edit").clean().sees("Which pumps?").fill(title="Quiet pumps at forty stations")
    owner.press("Save and preview").press("Send for review").sees("In review")
    administrator.go(href).press("Publish").sees("Open")
    portal.browser_of().finds("quiet", "Quiet pumps at forty stations")
    administrator.go(href).press("Suspend").fill(text="Somebody complains.").press("Suspend").sees("Suspended")
    assert portal.browser_of().go(href).page.title().startswith("This page is not on the road")
    owner.go(href).press("Appeal").clean().fill(text="It is our own text.").press("Appeal").sees("Suspended")
    administrator.go(href).press("Restore").sees("Open")
    portal.browser_of().finds("quiet", "Quiet pumps at forty stations")


def test_a_file_of_listings_comes_in_and_goes_out(portal, host):
    _company, keeper, _owner = host
    administrator = portal.browser_of(keeper)

    administrator.go("/imports/new").clean()
    file = {"name": "ours.csv", "mimeType": "text/csv", "buffer": FILE.encode("cp1252")}
    administrator.page.locator("input[type=file]").set_input_files(file)
    administrator.page.get_by_label("Each record is").select_option(label="Challenge")
    administrator.press("Upload the file").clean().sees("Hear a bearing wear out").sees("Left out")
    administrator.press("Import without checking")
    for _ in range(60):
        if administrator.page.get_by_role("link", name="See how far it is").count() == 0:
            break
        administrator.press("See how far it is")
    administrator.clean().sees("Read").go("/listings").clean().sees("Find the leak nobody sees")
    with administrator.page.expect_download() as taken:
        administrator.page.get_by_role("link", name="table (CSV)").first.click()
    assert "Hear a bearing wear out" in taken.value.path().read_text(encoding="utf-8-sig")


def test_an_administrator_looks_after_the_portal(portal, host, operator):
    administrator = portal.browser_of(operator)

    for page in (
        "/admin",
        "/admin/machinery",
        "/admin/accounts",
        "/admin/security",
        "/admin/settings",
        "/audit",
        "/admin/emergencies",
    ):
        administrator.go(page).clean()
        assert administrator.page.locator("h1").count() == 1
    visitor = portal.browser_of().go("/").clean()
    assert visitor.page.locator("main h2").count() > 2


def test_an_administrator_announces_something_to_students(portal, operator):
    with portal.database() as session:
        students = [build.a_person(session, name, kind=Kind.STUDENT) for name in ("Mei Tan", "Ola Nordmann")]
    text, ends = "The library of theses is open on Sunday.", clock.now() + dt.timedelta(days=2)
    administrator = portal.browser_of(operator)

    administrator.go("/admin/announcements").clean().press("Announce something").fill(text=text, ends=f"{ends:%Y-%m-%dT%H:%M}")
    administrator.page.get_by_label("Whose pages it stands on").select_option(label="Students")
    administrator.press("Show how it will look").clean().sees("How it will look").press("Announce it").sees("It is announced.")
    first, again = (portal.browser_of(students[0]) for _ in range(2))
    again.go("/work").sees(text)
    first.go("/organisations?q=pump").clean().sees(text).press(f"Dismiss: {text}")
    assert first.path == "/organisations?q=pump"
    for reader in (first, again.go("/help"), portal.browser_of().go("/"), administrator.go("/work")):
        assert reader.page.get_by_text(text).count() == 0
    other = portal.browser_of(students[1]).go("/").sees(text)
    with portal.database() as session:
        announcement = session.scalars(select(Announcement)).one()
        announcement.starts_at, announcement.ends_at = ends - dt.timedelta(days=9), ends - dt.timedelta(days=3)
    assert other.go("/help").page.get_by_text(text).count() == 0
    administrator.go("/admin/announcements").clean().sees("Over")
