"""What is answered from memory is what would be made anew, for that person, with a nonce of its own."""

import re

import pytest
from sqlalchemy import update

from portal.accounts.models import User
from portal.kernel.db import transaction
from portal.listings.models import Listing
from tests import build


@pytest.fixture
def listing(db):
    made = build.a_listing(db, title="Cooler pumps")
    db.commit()
    return made


def title(page):
    return re.search("<h1[^>]*>(?:<span[^>]*>)?([^<]*)<", page.text).group(1)


def changed_without_a_fact(db, listing):
    """What no action of the portal does: to see who answers from memory."""
    with transaction(db):
        db.execute(update(Listing).where(Listing.id == listing.id).values(title="Changed in secret"))


def test_a_page_is_kept_while_nothing_happens(client_of, db, listing):
    client = client_of()
    first = client.get(listing.href)
    changed_without_a_fact(db, listing)

    again = client.get(listing.href)

    assert (title(first), title(again)) == ("Cooler pumps", "Cooler pumps")
    assert first.headers["Content-Type"] == again.headers["Content-Type"]


def test_visitors_share_a_page_whatever_forms_they_saw_before(client_of, db, listing):
    client_of().get(listing.href)
    changed_without_a_fact(db, listing)
    other = client_of()
    other.get("/sign-in")  # leaves a token in the cookie

    assert title(other.get(listing.href)) == "Cooler pumps"


def test_a_fact_about_anything_ends_that(client_of, db, listing):
    client = client_of()
    client.get(listing.href)
    changed_without_a_fact(db, listing)
    build.a_listing(db, title="Another")
    db.commit()

    assert title(client.get(listing.href)) == "Changed in secret"


def test_each_answer_has_the_nonce_of_its_policy(client_of, listing):
    client = client_of()
    for page in (client.get(listing.href), client.get(listing.href), client.get("/search"), client.get("/search")):
        (allowed,) = re.findall(r"script-src 'nonce-([\w-]{22})'", page.headers["Content-Security-Policy"])
        assert set(re.findall(r'nonce="([^"]*)"', page.text)) == {allowed}


def test_a_refusal_has_a_nonce_that_nobody_can_guess(client_of, db, listing):
    pages = [client_of().get("/challenges/CH-9999") for _ in range(2)]

    assert [page.status_code for page in pages] == [404, 404]
    nonces = [re.search(r"'nonce-([^']*)'", page.headers["Content-Security-Policy"]).group(1) for page in pages]
    assert len(set(nonces)) == 2
    assert all(len(nonce) == 22 for nonce in nonces)


def test_nobody_gets_the_page_of_another_session(client_of, db, listing):
    owner = db.get_one(User, listing.owner_id)
    stranger = build.a_person(db, "Some Stranger")
    db.commit()
    pages = {}
    for name, account in (("visitor", None), ("owner", owner), ("stranger", stranger)):
        client = client_of(account)
        for _ in range(3):  # the first leaves the form's token in the cookie
            pages[name] = client.get(listing.href).text

    assert owner.name in pages["owner"]
    assert "Some Stranger" in pages["stranger"]
    assert "Some Stranger" not in pages["owner"] + pages["visitor"]
    assert f"{listing.href}/edit" in pages["owner"]
    assert f"{listing.href}/edit" not in pages["stranger"] + pages["visitor"]


def test_a_kept_form_can_be_sent(client_of, db):
    """The token of a kept page is the session's own."""
    person = build.a_person(db)
    db.commit()
    client = client_of(person)
    for _ in range(3):
        page = client.get("/work")
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.text).group(1)

    answer = client.post("/sign-out", data={"csrf_token": token})

    assert answer.status_code in (302, 303)
    assert client.get("/work").status_code == 303


def test_what_is_said_once_is_not_kept(client_of, db):
    person = build.a_person(db)
    db.commit()
    client = client_of(person)
    client.get("/")
    with client.session_transaction() as cookie:
        cookie["_flashes"] = [("good", "You are signed out.")]

    assert "You are signed out." in client.get("/").text
    assert "You are signed out." not in client.get("/").text
