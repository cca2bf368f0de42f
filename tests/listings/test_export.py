"""Listings taken along: the right ones, with no more than their pages show."""

import csv
import datetime as dt
import io
import json

from portal.kernel import clock
from portal.kernel.policy import Role
from portal.listings.queries import exported
from portal.listings.states import Kind, ListingState, Visibility
from tests import build


def taken(browser, form="csv", of=""):
    answer = browser.get(f"/listings/export/{form}{of}")
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig")))) if form == "csv" else answer


def test_owners_take_their_own_and_no_formula_runs(browser_of, post, db):
    listing = post(title="=HYPERLINK(1)", kind=Kind.INTERNSHIP)
    draft = post(state=ListingState.DRAFT)

    rows = taken(browser_of("owner"))

    assert [(row["reference"], row["title"], row["state"]) for row in rows] == [
        (listing.reference, "'=HYPERLINK(1)", "published"),
        (draft.reference, draft.title, "draft"),
    ]
    assert (rows[0]["pay"], rows[0]["supervisor"], rows[0]["href"][-len(listing.href) :]) == ("1500", "Sam Host", listing.href)
    assert taken(browser_of("colleague")) == []
    found = json.loads(taken(browser_of("owner"), "json").data)
    assert [each["title"] for each in found] == ["=HYPERLINK(1)", draft.title]
    assert taken(browser_of("owner"), "xlsx").data.startswith(b"PK")
    assert taken(browser_of("owner"), "exe").status_code == 404


def test_administrators_of_the_organisation_see_in_it_what_its_pages_show_them(browser_of, post):
    post(description="All may read this.")
    post(state=ListingState.DRAFT, description="A secret draft.", title="Only the title")
    post(visibility=Visibility.NAMED, description="A secret for few.")

    answer = browser_of("administrator").get("/listings/export/csv?of=organisation").text
    assert ("All may read this." in answer, "Only the title" in answer, "secret" in answer) == (True, True, False)
    assert "A secret draft." in browser_of("officer").get("/listings/export/csv?of=organisation").text
    assert browser_of("stranger").get("/listings/export/csv?of=organisation").text.count("\n") == 1


def test_an_export_asks_again_who_somebody_is(browser_of, post):
    post()
    owner = browser_of("owner")
    assert owner.get("/listings/export/csv").status_code == 200

    with clock.at(clock.now() + dt.timedelta(minutes=20)):
        assert owner.get("/listings/export/csv").status_code == 303
    assert browser_of("visitor").get("/listings/export/csv").status_code == 303


def test_any_number_of_listings_is_read_in_batches(session, monkeypatch):
    monkeypatch.setattr("portal.listings.queries.export._AT_ONCE", 2)
    host = build.an_organisation(session)
    owner = build.a_member(session, host, Role.POSTER)
    made = [build.a_listing(session, owner, host).reference for _ in range(5)]

    assert [row["reference"] for row in exported(session, build.actor_of(session, owner))] == made
