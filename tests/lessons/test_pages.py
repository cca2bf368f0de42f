"""What went wrong in other systems, and does not here: what pages, mails and files say.

Each test says where it was told, in words of its own.
"""

import csv
import dataclasses
import datetime as dt
import html
import io
import re

import pytest
from sqlalchemy import select

from portal import wiring
from portal.accounts.models import Link, User
from portal.kernel import clock
from portal.kernel.db import transaction
from portal.kernel.errors import Forbidden, Refused
from portal.kernel.policy import Role
from portal.kernel.subscribers import drain
from portal.listings.actions import name_co_owner
from portal.listings.inputs import Colleague, written
from portal.listings.models import Listing
from portal.listings.queries import newest_by_kind, open_listings_of
from portal.listings.states import Kind, ListingState
from portal.notifications.models import Delivery, Notification
from portal.organisations.actions import invite, record_check
from portal.organisations.inputs import Checked, Inviting
from portal.organisations.models import Invitation
from portal.organisations.states import Check
from portal.organisations.workflow import INVITATION_FLOW, ORGANISATION_FLOW
from portal.people.models import Profile
from portal.proposals.states import ProposalState
from portal.proposals.workflow import PROPOSAL_FLOW
from portal.search.indexing import rebuild
from tests import build
from tests.accounts.provider import provider_at_work, travel
from tests.accounts.steps import PASSWORD, REGISTRATION, an_account, is_in, link_in, mails, sign_in, stored
from tests.build import GIVEN, a_listing, a_member, a_person, a_proposal, actor_of, an_interest, an_organisation
from tests.imports.uploading import a_keeper, upload, work


@pytest.fixture
def settings(settings, request):
    """With a service to sign in over where a test asks for one."""
    if "provider" not in request.fixturenames:
        return settings
    return dataclasses.replace(settings, sign_in_with=(request.getfixturevalue("provider").as_setting(),))


@pytest.fixture
def provider():
    with provider_at_work() as provider:
        yield provider


def main_of(client, path):
    """What the page says, without what differs from one visit to the next."""
    answer = client.get(path)
    return answer.status_code, re.sub(r'(nonce|value)="[^"]*"', "", answer.text.partition("<main")[2])


def take_in(app):
    rebuild(app.extensions["database"], app.extensions["index"], app.extensions["searched"])


def test_entering_somebody_elses_address_attaches_nothing_to_their_account(app, provider, client_of):
    """HyphaApp/hypha#2760: what a stranger sent under somebody's address became that person's."""
    ada = an_account(app, "ada@example.org", PASSWORD)
    provider.person |= {"email": "ada@example.org"}
    stranger = client_of()

    stranger.submit("/register", {**REGISTRATION, "email": "Ada@Example.org", "password": "nine loud geese"})
    travel(stranger, "/sign-in/with/lindmoor")
    stranger.submit("/register/with", {"kind": "company", "name": "Not Ada"})

    assert not is_in(stranger)
    sign_in(stranger, "ada@example.org", "nine loud geese")
    assert not is_in(stranger)
    with app.extensions["database"].reading() as session:
        assert session.scalars(select(Link)).all() == []
        assert [(each.id, each.name) for each in session.scalars(select(User))] == [(ada.id, "Ada Fenwick")]
    assert all("already have an account" in mail.subject for mail in mails(app, "ada@example.org"))


def test_an_invitation_belongs_to_whoever_confirms_its_address(app, db, client_of):
    """HyphaApp/hypha#2760, the other way round: to register with an address is not to have it."""
    organisation = an_organisation(db)
    keeper = actor_of(db, a_member(db, organisation, Role.ADMINISTRATOR))
    invite(db, organisation, Inviting("grace@example.org", ("officer",)), actor=keeper)
    db.commit()

    client_of().submit("/register", REGISTRATION)  # somebody says that they are Grace
    assert db.scalars(select(Invitation.account_id)).one() is None
    db.commit()
    client_of().submit(link_in(mails(app, "grace@example.org")[-1]), {"password": REGISTRATION["password"]})

    invitation = db.scalars(select(Invitation).execution_options(populate_existing=True)).one()
    assert invitation.account_id == stored(app, "grace@example.org").id
    with pytest.raises(Forbidden):
        INVITATION_FLOW.perform(db, invitation, "accept", actor=actor_of(db, a_person(db)))


def test_people_who_stay_hidden_change_no_list_no_filter_and_no_page(db, client_of):
    """openreview/openreview#351: counts and filters told of people who were not to be seen."""
    organisation = an_organisation(db)
    shown = a_member(db, organisation, name="Mira Shown")
    db.get_one(Profile, shown.id).listed = True
    db.commit()
    pages = ("/people", "/people?q=mir", "/people?after=WzJd", organisation.href, "/organisations?q=organisation")
    before = [main_of(client_of(), page) for page in pages]

    hidden = [a_member(db, organisation, Role.OFFICER, name=f"Mira Hidden {number}") for number in range(3)]
    db.get_one(Profile, hidden[0].id).listed = True
    hidden[0].active = False
    db.commit()

    assert [main_of(client_of(), page) for page in pages] == before
    assert main_of(client_of(), f"{organisation.href}/members")[0] == 404


def test_a_listing_is_called_open_only_while_somebody_can_answer_it(app, db, client_of):
    """pretalx said that a call was open while none of its tracks took a submission."""
    gone = a_listing(db, title="Past its hour", closes_at=clock.now() + dt.timedelta(seconds=30))
    halted = a_listing(db, title="Of a suspended house")
    reader = a_member(db, an_organisation(db))
    host = halted.organisation
    ORGANISATION_FLOW.perform(db, host, "suspend", actor=build.ADMIN, given=GIVEN["Reason"])
    db.commit()
    take_in(app)

    with clock.at(clock.now() + dt.timedelta(minutes=1)):  # before anything was moved
        assert newest_by_kind(db)[Kind.CHALLENGE] == [] or "Past its hour" not in str(newest_by_kind(db))
        assert open_listings_of(db, build.ADMIN, gone.organisation_id) == []
        for move in wiring.TIMED:
            move(db)
        db.commit()
        assert halted.state is ListingState.CLOSED
        take_in(app)
        found = client_of().get("/search").text
        assert "Past its hour" not in found and "Of a suspended house" not in found
        for listing in (gone, halted):
            with pytest.raises(Refused, match="takes no more answers"):
                an_interest(db, listing, reader)


def test_a_file_full_of_programs_comes_in_and_goes_out_as_text(app, db, client_of):
    """ubccr/coldfront#551, the whole way: a spreadsheet in, a page, a spreadsheet out."""
    titles = ["=1201*7", "@SUM(1201*7)", "__import__('os').getpid()", "<script>1201*7</script>x", "%(asctime)s {0.__class__}"]
    keeper, organisation = a_keeper(db)
    client = client_of(keeper)
    table = io.StringIO()
    csv.writer(table).writerows([["id", "title", "summary"], *([number, title, title] for number, title in enumerate(titles, 1))])

    run = upload(client, table.getvalue(), organisation).location
    client.submit(f"{run}/start")
    work(app)

    made = db.scalars(select(Listing).order_by(Listing.id)).all()
    shown = [(each.title, html.unescape(client.get(each.href).text)) for each in made]
    db.commit()
    assert [title for title, _page in shown] == [*titles[:3], "x", titles[4]]
    assert all(title in page and "8407" not in page for title, page in shown)
    exported = client.get("/listings/export/csv").data.decode("utf-8-sig")
    assert {row["title"] for row in csv.DictReader(io.StringIO(exported))} == {
        "'=1201*7",
        "'@SUM(1201*7)",
        titles[2],
        "x",
        titles[4],
    }


def test_whoever_saves_a_search_is_told_first_that_it_sends_mail_and_how_to_stop(app, db, client_of):
    """HHS/simpler-grants-gov#8193: people saved a search and were surprised by mails."""
    mei = a_person(db)
    a_listing(db)
    db.commit()
    take_in(app)
    client = client_of(mei)

    before = html.unescape(client.get("/search").text)
    offer = before[before.index("Save this search") :][:600]
    client.submit("/searches", {"address": "q=pump"})
    kept = html.unescape(client.get("/searches").text)

    assert all(words in offer for words in ("mail", "once a day", "stop"))
    assert all(words in kept for words in ("by mail", "at most as often as you choose", "Remove"))
    assert "Save this search" not in client_of().get("/search").text


def test_an_office_that_is_asked_is_people_who_are_told_and_so_is_whoever_is_named(app, db):
    """inveniosoftware/invenio-rdm-records#1903: a group got no mail. HyphaApp/hypha#2511: nobody told whom it was given to."""
    proposal = a_proposal(db, state=ProposalState.IN_REVIEW)
    host = db.get_one(User, proposal.listing.owner_id)
    named = a_member(db, proposal.host, Role.POSTER)
    officers = [a_member(db, side, Role.OFFICER) for side in (proposal.host, proposal.organisation) for _ in range(2)]
    drain(app.extensions["database"], wiring.SUBSCRIBERS) if db.commit() else None
    PROPOSAL_FLOW.perform(db, proposal, "accept", actor=actor_of(db, host), given=GIVEN["Acceptance"])
    name_co_owner(db, proposal.listing, Colleague(named.email), actor=actor_of(db, host))
    db.commit()

    drain(app.extensions["database"], wiring.SUBSCRIBERS)

    told = set(db.scalars(select(Notification.account_id).where(Notification.kind == "approval.asked")))
    assert {each.id for each in officers} <= told
    assert set(db.scalars(select(Delivery.to_address))) >= {each.email for each in (*officers, named)}
    assert db.scalars(select(Notification.account_id).where(Notification.kind == "listing.co_owner_named")).all() == [named.id]


def test_an_internship_that_says_nothing_has_one_place_and_shows_it(db, client_of):
    """richarddmorey/studentProjectAllocation#16: how many a project took stood nowhere until it was too late."""
    assert written(Kind.INTERNSHIP, title="Pumps").details.places == 1
    listing = a_listing(db, kind=Kind.INTERNSHIP)
    db.commit()

    page = client_of().get(listing.href).text

    assert re.search(r"<dt>Places</dt>\s*<dd>1</dd>", page)
    assert (
        'value="1"'
        in re.search(
            r"<input[^>]*name=\"places\"[^>]*>", client_of(a_member_of(db, listing)).get("/listings/new/internship").text
        )[0]
    )


def a_member_of(db, listing):
    with transaction(db):
        return a_member(db, listing.organisation, Role.POSTER)


def test_trust_is_shown_as_checks_with_their_days_and_nowhere_as_a_score(db, client_of):
    """Handshake rated employers by one number, and gave it up: nobody could say what it meant."""
    organisation = an_organisation(db)
    until = clock.today() + dt.timedelta(days=300)
    record_check(db, organisation, Checked(Check.DOMAIN, "Written to the registrar.", until), actor=build.ADMIN)
    db.commit()

    page = main_of(client_of(), organisation.href)[1]

    assert "Its e-mail domains are its own" in page
    assert str(clock.today().year) in page and str(until.year) in page
    assert not re.search(r"\b(score|rating|stars?|trust level|rank)\b", page, re.IGNORECASE)
    columns = organisation.__table__.columns.keys()
    assert not [name for name in columns if re.search("score|rating|rank|level", name)]
