"""People are found by everybody once they agreed, and by nobody from the moment they do not."""

import dataclasses

import pytest
from sqlalchemy import select

from portal.accounts.models import User
from portal.app import create_app
from portal.kernel.db import transaction
from portal.kernel.policy import Role
from portal.kernel.subscribers import drain
from portal.organisations.workflow import MEMBERSHIP_FLOW
from portal.people.search import LOOKUPS
from tests import build
from tests.search.finding import behind, tabs, tell, titles

WORDS = "/search?in=people&q=tribology"


@pytest.fixture
def people(db, take_in):
    """Ingrid agreed to be found, Rui did not; both know tribology and belong to two organisations, one of them unchecked."""
    lindmoor = build.an_organisation(db, "Lindmoor University")
    waits = build.an_organisation(db, "Stealth Bearings", verified=False)
    ingrid, rui = (build.a_member(db, lindmoor, name=name) for name in ("Ingrid Solheim", "Rui Santos"))
    build.join(db, ingrid, waits)
    db.commit()
    tell(db, ingrid, headline="Professor of machine parts", expertise="Tribology\nPumps", about="I listen to **gearboxes**.")
    tell(db, rui, listed=False, expertise="Tribology", headline="Secret tribologist")
    take_in()
    return ingrid, rui


@pytest.mark.parametrize("who", ["visitor", "stranger", "colleague", "herself"])
def test_only_who_agreed_is_found_counted_and_offered(client_of, db, people, who):
    reader = {"visitor": None, "stranger": build.a_person(db), "colleague": people[1], "herself": people[0]}[who]
    db.commit()
    page = client_of(reader).get(WORDS)

    assert titles(page) == ["Ingrid Solheim"]
    assert tabs(page)["People"] == 1
    assert tabs(client_of(reader).get("/search?q=tribology"))["People"] == 1
    assert 'Tribology<span class="cw-count">1</span>' in page.text
    assert "Lindmoor University" in page.text
    for words in ("santos", "secret"):
        assert titles(client_of(reader).get(f"/search?in=people&q={words}")) == []


def test_organisations_that_wait_are_no_way_to_find_their_people(client_of, people):
    page = client_of().get("/search?in=people&q=stealth")

    assert (titles(page), "Stealth" in page.text.replace('value="stealth"', "")) == ([], False)
    assert titles(client_of().get("/search?in=people&q=lindmoor")) == ["Ingrid Solheim"]


def test_whoever_withdraws_is_gone_from_the_page_at_once_and_from_counts_with_the_log(app, client_of, db, people):
    tell(db, people[0], listed=False, expertise="Tribology")
    assert "Ingrid" not in client_of().get(WORDS).text

    drain(app.extensions["database"], app.extensions["subscribers"])
    assert tabs(client_of().get(WORDS))["People"] == 0
    assert behind(app) == []


def test_a_closed_account_is_gone(app, client_of, db, people):
    with transaction(db):
        db.get_one(User, people[0].id).active = False

    assert "Ingrid" not in client_of().get(WORDS).text


def test_the_index_follows_changes_of_pages_members_and_organisations(app, db, people):
    membership = build.a_request(db, people[0], build.an_organisation(db, "Norrby Works"))
    db.commit()
    drain(app.extensions["database"], app.extensions["subscribers"])
    assert behind(app) == []

    with transaction(db):
        MEMBERSHIP_FLOW.perform(db, membership, "confirm", actor=build.ADMIN)
    assert "people" in behind(app)
    tell(db, people[1], expertise="Tribology, rolling contact")
    drain(app.extensions["database"], app.extensions["subscribers"])
    assert behind(app) == []


def test_facets_narrow_by_organisation_and_skill(client_of, db, people, take_in):
    tell(db, people[1], expertise="Tribology", skills="Python")
    take_in()
    visitor = client_of()

    assert sorted(titles(visitor.get(WORDS))) == ["Ingrid Solheim", "Rui Santos"]
    assert titles(visitor.get(f"{WORDS}&skill=Python")) == ["Rui Santos"]
    assert titles(visitor.get(f"{WORDS}&skill=Python&skill=Pumps&sort=newest")) == ["Rui Santos", "Ingrid Solheim"]
    assert "1 result without “Python”" in visitor.get("/search?in=people&q=gearboxes&skill=Python").text


def test_looking_through_people_has_a_limit(settings, client_of, db, people):
    app = create_app(dataclasses.replace(settings, rate_limits=True))
    client = app.test_client()
    answers = [client.get(f"/search?in=people&q=word{number}").status_code for number in range(LOOKUPS.item.amount + 1)]

    assert (set(answers[:-1]), answers[-1]) == ({200}, 429)
    assert client.get("/search?q=word").status_code == 200
    app.extensions["database"].dispose()


@pytest.mark.parametrize("rows", [1, 3])
def test_statements_stay_few(client_of, db, take_in, count_statements, rows):
    organisation = build.an_organisation(db)
    members = [build.a_member(db, organisation, Role.MEMBER, name=f"Anna {number}") for number in range(rows)]
    db.commit()
    for member in members:
        tell(db, member, expertise="Tribology")
    take_in()
    client = client_of()
    client.get("/search?in=people&q=anna")
    with count_statements() as asked:
        assert len(titles(client.get(WORDS))) == rows

    assert len(asked) <= 6
    assert db.scalars(select(User.id)).all()


def test_a_headline_with_which_what_they_say_begins_is_shown_once(client_of, db, people, take_in):
    tell(db, people[0], headline="Machine parts", expertise="Tribology", about="Machine parts. I listen to gearboxes.")
    take_in()

    assert client_of().get(WORDS).text.count("Machine parts") == 1
