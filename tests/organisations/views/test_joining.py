"""Which organisation is yours: found by the address, or asked."""

import re

import pytest

from portal.accounts.models import Kind
from portal.organisations.queries import membership_of
from portal.organisations.states import MembershipState
from tests.build import a_person, an_organisation, join
from tests.fixtures.hostile import CHOICES, TEXTS, sent
from tests.fixtures.statements import own_statements

ASK = {"join_as": "member", "introduction": "Ask Ada."}


@pytest.fixture
def lindmoor(db):
    organisation = an_organisation(db, "Lindmoor University", domain="lindmoor.example")
    db.commit()
    return organisation


def somebody(db, address="new@cs.lindmoor.example", kind=Kind.PROFESSOR):
    account = a_person(db, kind=kind)
    account.email = address
    db.commit()
    return account


def standing(db, account, organisation):
    membership = membership_of(db, account.id, organisation.id)
    if membership:
        db.refresh(membership)
    found = (membership.state, membership.roles) if membership else None
    db.commit()
    return found


def test_the_page_proposes_what_the_address_shows(client_of, db, lindmoor):
    an_organisation(db, "Hidden Works", verified=False, domain="hidden.example")

    assert "Join Lindmoor University" in client_of(somebody(db)).get("/join").text
    for address in ("a@lindmoor.example.evil.example", "a@hidden.example"):
        page = client_of(somebody(db, address)).get("/join").text
        assert "Join at once" not in page
        assert "Hidden" not in page
    assert client_of().get("/join").location.startswith("/sign-in")


def test_joining_by_address_is_done_at_once(client_of, db, lindmoor):
    account = somebody(db)
    client = client_of(account)
    assert "Your e-mail address shows that you belong here" in client.get(f"{lindmoor.href}/join").text

    answer = client.submit(f"{lindmoor.href}/join", {"join_as": "member", "title": "Professor"})

    assert (answer.status_code, answer.location) == (303, lindmoor.href)
    assert "You belong to Lindmoor University now." in client.get(lindmoor.href).text
    assert client.get(f"{lindmoor.href}/members").status_code == 200  # rights count with the next request
    assert standing(db, account, lindmoor) == (MembershipState.ACTIVE, ["member", "poster"])


def test_officers_and_strangers_wait(client_of, db, lindmoor):
    officer, stranger = somebody(db, kind=Kind.OFFICER), somebody(db, "a@gmail.com")
    form = client_of(officer).get(f"{lindmoor.href}/join").text
    assert " checked" in re.search(r'<input [^>]*value="officer"[^>]*>', form)[0]

    for account, wish in ((officer, "officer"), (stranger, "member")):
        client = client_of(account)
        assert client.submit(f"{lindmoor.href}/join", {"join_as": wish, "introduction": "Ask Ada."}).status_code == 303
        assert standing(db, account, lindmoor)[0] is MembershipState.REQUESTED
        assert "You asked to join" in client.get(lindmoor.href).text
        assert "You asked already" in client.get(f"{lindmoor.href}/join").text
        assert client.get(f"{lindmoor.href}/members").status_code == 404


def test_sending_it_twice_asks_once(client_of, db, lindmoor):
    client = client_of(somebody(db, "a@gmail.com"))
    client.submit(f"{lindmoor.href}/join", ASK)

    again = client.submit(f"{lindmoor.href}/join", ASK)

    assert again.status_code == 409
    assert "You asked already" in again.text


def test_student_is_offered_membership_only(client_of, db, lindmoor):
    account = somebody(db, kind=Kind.STUDENT)
    client = client_of(account)
    assert 'value="officer"' not in client.get(f"{lindmoor.href}/join").text

    refused = client.submit(f"{lindmoor.href}/join", {"join_as": "officer", "title": "My words"})
    assert refused.status_code == 422
    assert "My words" in refused.text
    client.submit(f"{lindmoor.href}/join", ASK)
    assert standing(db, account, lindmoor) == (MembershipState.ACTIVE, ["member"])


def test_visitor_signs_in_first_and_the_hidden_is_not_there(client_of, db, lindmoor):
    hidden = an_organisation(db, verified=False)
    db.commit()

    assert client_of().get(f"{lindmoor.href}/join").location.startswith("/sign-in")
    assert client_of().submit(f"{lindmoor.href}/join", ASK).location == "/sign-in"
    client = client_of(somebody(db))
    for path in (hidden.href, "/organisations/nothing"):
        assert client.get(f"{path}/join").status_code == 404
        assert client.submit(f"{path}/join", {"join_as": "member"}).status_code == 404


def test_hostile_values_never_fail_and_join_nobody(client_of, db, lindmoor):
    account = somebody(db, "a@gmail.com")
    client = client_of(account)
    for choice in CHOICES:
        assert client.submit(f"{lindmoor.href}/join", {"join_as": choice}).status_code == 422
    assert client.submit(f"{lindmoor.href}/join", {"join_as": "member", "title": "x" * 100_000}).status_code == 422
    assert standing(db, account, lindmoor) is None
    for text in TEXTS:
        assert client.submit(
            f"{lindmoor.href}/join", {"join_as": "member", "title": sent(text), "introduction": sent(text)}
        ).status_code in (303, 409, 422)


def test_every_page_asks_the_same_of_the_database_for_one_row_and_for_three(client_of, db, count_statements, lindmoor):
    account = somebody(db)
    join(db, account, an_organisation(db))
    db.commit()
    client = client_of(account)
    asked_by = {"/join": 3, f"{lindmoor.href}/join": 5, "/organisations/new": 2}

    assert {path: own_statements(client, path, count_statements) for path in asked_by} == asked_by
    for _ in range(2):
        join(db, account, an_organisation(db))
    db.commit()
    assert {path: own_statements(client, path, count_statements) for path in asked_by} == asked_by
