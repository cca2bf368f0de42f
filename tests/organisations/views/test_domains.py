"""The domains of an organisation as its administrators and the portal's change them."""

import re

import pytest
from sqlalchemy import select

from portal.kernel.policy import Role
from portal.notifications.models import Delivery
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


def test_administrator_claims_a_domain_by_a_code_that_goes_to_it(client_of, db, lindmoor, keeper):
    an_organisation(db, domain="elsewhere.example")
    db.commit()
    client, path = client_of(keeper), f"{lindmoor.href}/domains"

    refused = client.submit(f"{path}/claims", {"domain": "gmail.com", "mailbox": "postmaster"})
    assert refused.status_code == 422
    assert 'value="gmail.com"' in refused.text
    for wrong in ({"domain": "library.example", "mailbox": "nora"}, {"domain": "e1sewhere.example", "mailbox": "admin"}):
        assert client.submit(f"{path}/claims", wrong).status_code == 422
    assert client.submit(f"{path}/claims", {"domain": "library.example", "mailbox": "postmaster"}).status_code == 303
    mail = db.scalars(select(Delivery)).one()
    code = re.search(r"[0-9A-Z]{5}-[0-9A-Z]{5}", mail.text)[0]
    assert (mail.to_address, code in client.get(path).text) == ("postmaster@library.example", False)
    db.commit()
    assert client.submit(f"{path}/code", {"code": "wrong"}).status_code == 422
    assert client.submit(f"{path}/code", {"code": code}).status_code == 303
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
    for address in (path, f"{path}/claims", f"{path}/code"):
        assert client_of(officer).submit(address, {"domain": "example.org"}).status_code == 403
    assert client_of(keeper).submit(path, {"domain": "example.org", "note": "Mine."}).status_code == 403


def test_hostile_values_never_fail(client_of, db, lindmoor, keeper):
    operator = a_person(db, admin=True)
    db.commit()
    client = client_of(operator)
    for text in TEXTS:
        answer = client.submit(f"{lindmoor.href}/domains", {"domain": sent(text), "note": sent(text)})
        assert answer.status_code == 422, text[:20]
    assert domains(db, lindmoor) == ["lindmoor.example"]
