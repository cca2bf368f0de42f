"""The tabs beside the listings: each finds, counts and offers what its reader may find, and nothing else."""

import pytest
from sqlalchemy import select

from portal.kernel.db import transaction
from portal.kernel.policy import Role
from portal.kernel.subscribers import drain
from portal.organisations.actions import edit_organisation
from portal.organisations.inputs import OrganisationProfile
from portal.organisations.models import Organisation
from portal.organisations.states import OrganisationKind, OrganisationState
from tests import build
from tests.search.finding import behind, tabs


@pytest.fixture
def organisations(db, take_in):
    """Two that everybody finds and one that waits to be checked, with a member of its own."""
    water = build.an_organisation(db, "Tidewell Water", kind=OrganisationKind.COMPANY)
    water.city, water.country_code, water.sector, water.about = "Port Hallam", "NO", "Utilities", "We run *pumps* day and night."
    build.an_organisation(db, "Pump Institute")
    waits = build.an_organisation(db, "Secret Pumps", verified=False)
    member = build.a_member(db, waits, Role.MEMBER)
    take_in()
    return member


def test_organisations_are_found_on_their_tab_with_facets_and_marks(client_of, organisations):
    page = client_of().get("/search?in=organisations&q=pumps")

    assert tabs(page)["Organisations"] == 2
    assert ">Tidewell Water</a>" in page.text
    assert "We run <mark>pumps</mark> day and night." in page.text
    assert 'name="country" value="NO"' in page.text
    assert "Norway" in page.text
    assert "Secret" not in page.text
    assert client_of().get("/search?in=organisations&q=pumps&country=NO").text.count("cw-listing-top") == 1


def test_an_organisation_that_waits_is_found_by_its_members_alone(client_of, db, organisations):
    stranger = build.a_person(db)
    db.commit()

    assert [tabs(client_of(who).get("/search?q=pumps"))["Organisations"] for who in (None, stranger, organisations)] == [2, 2, 3]
    assert "Not verified yet" in client_of(organisations).get("/search?in=organisations&q=secret").text
    for who in (None, stranger):
        page = client_of(who).get("/search?in=organisations&q=secret")
        assert ("Nothing matches" in page.text, "Secret" in page.text) == (True, False)


def test_an_organisation_that_is_suspended_is_gone_at_once(client_of, db, organisations):
    db.scalars(select(Organisation).where(Organisation.name == "Pump Institute")).one()._state = OrganisationState.SUSPENDED
    db.commit()

    assert "Institute" not in client_of().get("/search?in=organisations&q=pumps").text
    assert "Institute" not in client_of().get("/search/suggest?q=pump").text


def test_where_a_tab_finds_nothing_it_names_those_that_do(client_of, organisations):
    page = client_of().get("/search?q=tidewell").text

    assert "Found on other tabs" in page
    assert '<a class="cw-title" href="/search?in=organisations&amp;q=tidewell">Organisations</a>' in page
    assert "Found on other tabs" not in client_of().get("/search?in=organisations&q=tidewell").text


def test_what_was_misspelt_is_offered_on_the_same_tab(client_of, organisations):
    page = client_of().get("/search?in=organisations&q=tideweel").text

    assert 'href="/search?in=organisations&amp;q=tidewell"' in page


@pytest.mark.parametrize("asked", ["in=organisations", "in=organisations&sort=amount&page=9&at=x&kind=no", "in=no&q=%00"])
def test_whatever_a_tab_is_asked_is_answered(client_of, organisations, asked):
    assert client_of().get(f"/search?{asked}").status_code == 200


def test_without_an_index_a_tab_says_so_and_others_have_no_number(client_of, db):
    page = client_of().get("/search?in=organisations&q=pump")

    assert (page.status_code, "The search is being put in order" in page.text) == (200, True)
    assert tabs(page)["Organisations"] is None


def test_every_index_equals_the_database_after_what_happened(app, db, organisations):
    water = db.scalars(select(Organisation).where(Organisation.name == "Tidewell Water")).one()
    admin = build.a_member(db, water, Role.ADMINISTRATOR)
    given = {"name": "Tidewell Water", "kind": water.kind, "country_code": "SE", "city": "Norrby"}
    with transaction(db):
        edit_organisation(db, water, OrganisationProfile(**given), actor=build.actor_of(db, admin))

    assert behind(app) == ["organisations"]
    drain(app.extensions["database"], app.extensions["subscribers"])
    assert behind(app) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_statements_of_a_tab_stay_few(client_of, db, take_in, count_statements, rows):
    for number in range(rows):
        build.an_organisation(db, f"Pumps of row {number}")
    take_in()
    client = client_of()
    client.get("/search?in=organisations&q=row")
    with count_statements() as asked:
        client.get("/search?in=organisations&q=pumps")

    assert len(asked) <= 4
