"""Confidential annexes: written by owners, read by their own side, and for everybody else no more than a sentence."""

import io

import pytest

from portal.annexes.models import Annex
from portal.kernel.policy import Role
from portal.listings.states import ListingState
from tests import build

SECRET = "The bearing on pump seven fails every March."
SAVED = {"text": f"## Figures\n\n{SECRET}"}


@pytest.fixture
def people(db):
    company = build.an_organisation(db, "Tidewell Water")
    everybody = {
        "owner": build.a_member(db, company, Role.POSTER, name="Helena Brandt"),
        "officer": build.a_member(db, company, Role.OFFICER),
        "colleague": build.a_member(db, company, Role.POSTER),
        "keeper": build.a_member(db, company, Role.ADMINISTRATOR),
        "stranger": build.a_person(db),
        "operator": build.a_person(db, admin=True),
    }
    db.commit()
    return everybody


@pytest.fixture
def listing(db, people):
    made = build.a_listing(db, people["owner"], db.get_one(build.Organisation, 1), title="Quiet pumps")
    db.commit()
    return made


@pytest.fixture
def browsers(client_of, people):
    return {name: client_of(account) for name, account in people.items()} | {"visitor": client_of()}


@pytest.fixture
def href(listing, browsers):
    """Of the annex, once it is written."""
    assert browsers["owner"].submit(f"{listing.href}/annex", SAVED).status_code == 303
    return f"{listing.href}/annex"


def test_its_own_side_reads_it_and_for_everybody_else_there_is_no_such_page(browsers, href):
    statuses = {name: browser.get(href).status_code for name, browser in browsers.items()}

    assert {name for name, status in statuses.items() if status == 200} == {"owner", "officer"}
    assert {status for name, status in statuses.items() if name not in ("owner", "officer")} == {404}
    assert SECRET in browsers["officer"].get(href).text
    for name in ("colleague", "keeper", "stranger", "operator", "visitor"):
        assert browsers[name].submit(href, SAVED).status_code == 404
    assert browsers["officer"].submit(href, SAVED).status_code == 403


def test_readers_of_the_listing_learn_that_there_is_one(browsers, listing, href):
    for name in ("stranger", "visitor", "colleague"):
        page = browsers[name].get(listing.href).text
        assert "A confidential annex belongs to it." in page
        assert SECRET not in page
        assert f'{listing.href}/annex"' not in page
    assert f'href="{href}">Confidential annex' in browsers["officer"].get(listing.href).text


@pytest.mark.parametrize(
    "path", ["/search?q=bearing", "/search.csv?q=bearing", "/search/suggest?q=bear", "/activity", "/listings"]
)
def test_what_it_says_stands_nowhere_else(browsers, href, path):
    for browser in browsers.values():
        assert "pump seven" not in browser.get(path).text
    assert "pump seven" not in browsers["owner"].get("/listings/export/json").text


def test_of_a_draft_and_of_what_waits_for_moderation(browsers, db, people):
    draft = build.a_listing(db, people["owner"], db.get_one(build.Organisation, 1), state=ListingState.DRAFT)
    waiting = build.a_listing(db, people["owner"], db.get_one(build.Organisation, 1), state=ListingState.IN_REVIEW)
    db.commit()

    for listing in (draft, waiting):
        assert "Add a confidential annex" in browsers["owner"].get(listing.href).text
        assert browsers["owner"].submit(f"{listing.href}/annex", SAVED).status_code == 303
    assert browsers["operator"].get(f"{waiting.href}/annex").status_code == 404
    assert "A confidential annex belongs to it." in browsers["operator"].get(waiting.href).text
    assert browsers["owner"].submit(f"{draft.href}/discard").status_code == 409
    assert browsers["owner"].submit(f"{draft.href}/annex/remove").status_code == 303
    assert browsers["owner"].submit(f"{draft.href}/discard").status_code == 303


def test_nothing_typed_is_lost_when_a_co_owner_was_faster(browsers, href):
    stale = {"version": "1", "text": "What I wrote meanwhile."}
    assert browsers["owner"].submit(href, {"version": "1", "text": "Newer."}).status_code == 303

    refused = browsers["owner"].submit(href, stale)

    assert refused.status_code == 409
    assert "What I wrote meanwhile." in refused.text
    assert 'name="version" type="hidden" value="2"' in refused.text
    assert browsers["owner"].submit(href, {"version": "1", "text": ""}).status_code == 422


def test_its_files_are_read_by_those_who_read_it(browsers, href, db):
    number = db.query(Annex.id).scalar()
    db.commit()
    file = {"file": (io.BytesIO(b"Pump;Fails\n7;March\n"), "secret.csv")}
    added = browsers["owner"].submit(f"/files/to/annex/{number}", file, content_type="multipart/form-data")
    assert added.status_code == 303
    address = browsers["owner"].get(href).text.partition('href="/files/')[2].partition('"')[0]

    statuses = {}
    for name, browser in browsers.items():
        with browser.get(f"/files/{address}") as answer:
            statuses[name] = answer.status_code

    assert {name for name, status in statuses.items() if status == 200} == {"owner", "officer"}
    assert browsers["owner"].submit(f"{href}/remove").status_code == 409


def test_it_asks_little_of_the_database(browsers, href, listing, count_statements):
    for name, path in (("owner", href), ("officer", href), ("owner", listing.href), ("stranger", listing.href)):
        browsers[name].get(path)
        with count_statements() as asked:
            assert browsers[name].get(path).status_code == 200
        assert len(asked) <= 6


def test_the_annex_of_what_is_over_stays_as_it_is(browsers, db, people):
    over = build.a_listing(db, people["owner"], db.get_one(build.Organisation, 1), state=ListingState.ARCHIVED)
    db.commit()

    refused = browsers["owner"].submit(f"{over.href}/annex", SAVED)

    assert (refused.status_code, SECRET in refused.text) == (409, True)
