"""The domains of an organisation as its administrators and the portal's change them."""

import pytest

from portal.kernel.policy import Role
from portal.organisations.queries import domains_of
from tests.build import a_member, a_person, an_organisation
from tests.fixtures.hostile import TEXTS, sent


@pytest.fixture
def lindmoor(db):
    organisation = an_organisation(db, "Lindmoor University", domain="lindmoor.example")
    db.commit()
    return organisation


@pytest.fixture
def keeper(db, lindmoor):
    account = a_member(db, lindmoor, Role.ADMINISTRATOR)
    account.email = "nora@library.example"
    db.commit()
    return account


def domains(db, organisation):
    found = [each.domain for each in domains_of(db, organisation.id)]
    db.commit()
    return found


def test_administrator_adds_the_own_domain_and_no_other(client_of, db, lindmoor, keeper):
    client, path = client_of(keeper), f"{lindmoor.href}/domains"
    assert "library.example" in client.get(path).text

    refused = client.submit(path, {"domain": "other.example"})
    assert refused.status_code == 422
    assert 'value="other.example"' in refused.text
    assert client.submit(path, {"domain": "@Library.example"}).status_code == 303
    assert domains(db, lindmoor) == ["library.example", "lindmoor.example"]


def test_portal_administrator_adds_with_a_note(client_of, db, lindmoor):
    operator = a_person(db, admin=True)
    db.commit()
    client, path = client_of(operator), f"{lindmoor.href}/domains"

    assert client.submit(path, {"domain": "other.example"}).status_code == 422
    assert client.submit(path, {"domain": "gmail.com", "note": "Everybody."}).status_code == 422
    assert client.submit(path, {"domain": "other.example", "note": "Their letter of May."}).status_code == 303
    assert "Their letter of May." in client.get(path).text


def test_removing_one(client_of, db, lindmoor, keeper):
    other = an_organisation(db, domain="elsewhere.example")
    (mine,), (theirs,) = domains_of(db, lindmoor.id), domains_of(db, other.id)
    db.commit()
    client = client_of(keeper)

    for number in (theirs.id, 999_999, 10**30):
        assert client.submit(f"{lindmoor.href}/domains/{number}/remove").status_code == 404
    assert client.submit(f"{lindmoor.href}/domains/{mine.id}/remove").status_code == 303
    assert domains(db, lindmoor) == []
    assert domains(db, other) == ["elsewhere.example"]


def test_others_do_not_reach_them(client_of, db, lindmoor, keeper):
    officer = a_member(db, lindmoor, Role.OFFICER)
    db.commit()
    path = f"{lindmoor.href}/domains"

    assert client_of().get(path).location.startswith("/sign-in")
    assert client_of(officer).get(path).status_code == 403
    assert client_of(officer).submit(path, {"domain": "example.org"}).status_code == 403


def test_hostile_values_never_fail(client_of, db, lindmoor, keeper):
    operator = a_person(db, admin=True)
    db.commit()
    client = client_of(operator)
    for text in TEXTS:
        answer = client.submit(f"{lindmoor.href}/domains", {"domain": sent(text), "note": sent(text)})
        assert answer.status_code == 422, text[:20]
    assert domains(db, lindmoor) == ["lindmoor.example"]
