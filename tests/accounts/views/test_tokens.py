"""Tokens for programs: made and shown once, taken at a few addresses, refused everywhere else."""

import re

import pytest

from portal.kernel import clock
from portal.kernel.db import transaction
from portal.listings.states import Visibility
from portal.search.indexing import ensure_all
from tests.accounts.steps import an_account, kinds, mails, sign_in, stored
from tests.build import a_listing

MADE = {"name": "My calendar", "days": "90"}


@pytest.fixture
def client(app, ada, client_of):
    client = client_of()
    sign_in(client)
    return client


def token_made(client, **changed):
    return re.search(r"causeway_[\w-]{43}", client.submit("/me/tokens", MADE | changed).text)[0]


def bearing(token):
    return {"headers": {"Authorization": f"Bearer {token}"}}


def test_a_token_is_shown_once_and_kept_as_a_fingerprint(app, client):
    token = token_made(client)

    page = client.get("/me/tokens").text
    assert ("My calendar" in page, token in page, token[:13] in page, "never used" in page) == (True, False, True, True)
    with app.extensions["database"].reading() as session:
        kept = "".join(str(tuple(row)) for row in session.connection().exec_driver_sql("SELECT * FROM account_token"))
    assert token not in kept
    assert "account.token_made" in kinds(app)
    assert "can read with your rights" in mails(app, "ada@example.org")[-1].subject
    for wrong in ({"days": "366"}, {"days": "0"}, {"days": "x"}, {"name": ""}, {"name": "n" * 65}):
        assert client.submit("/me/tokens", MADE | wrong).status_code == 422


def test_it_reads_what_its_owner_may_read_without_a_cookie(app, db, client, client_of):
    listing = a_listing(db, title="Only for people with an account", visibility=Visibility.REGISTERED)
    db.commit()
    ensure_all(app.extensions["database"], app.extensions["shelves"])
    token, program = token_made(client), client_of()

    assert listing.title not in program.get("/search.csv").text
    answer = program.get("/search.csv", **bearing(token))

    assert (answer.status_code, listing.title in answer.text, answer.headers.get("Set-Cookie")) == (200, True, None)
    assert answer.headers["Cache-Control"] == "no-store"
    assert [program.get(f"/search.{form}", **bearing(token)).status_code for form in ("atom", "ics")] == [200, 200]
    assert program.get("/listings/export/csv", headers={"Authorization": f"bearer {token}"}).status_code == 200
    assert "last used" in client.get("/me/tokens").text


def test_it_opens_no_page_and_changes_nothing_even_beside_a_cookie(client, client_of):
    token = token_made(client)
    for address in ("/me/tokens", "/work", "/me/security", "/search", "/", "/nowhere", "/admin"):
        answer = client.get(address, **bearing(token))
        assert (answer.status_code, answer.mimetype) == (403, "text/plain"), address
        assert "insufficient_scope" in answer.headers["WWW-Authenticate"]
    assert client.submit("/me/tokens", MADE, **bearing(token)).status_code == 403
    assert client.submit("/search.csv", **bearing(token)).status_code in (403, 405)
    assert "My calendar" in client.get("/me/tokens").text


def test_what_was_ended_or_expired_or_never_was_is_refused_with_a_sentence(app, client, client_of):
    program, ended, old = client_of(), token_made(client), token_made(client, days="30")
    number = re.findall(r"/me/tokens/(\d+)/end", client.get("/me/tokens").text)[-1]
    mallory = client_of(an_account(app, "mallory@example.org"))
    assert mallory.submit(f"/me/tokens/{number}/end").status_code == 404
    assert client.submit(f"/me/tokens/{number}/end").location == "/me/tokens"
    assert "account.token_ended" in kinds(app)

    with clock.at(clock.now() + clock.dt.timedelta(days=31)):
        late = program.get("/search.csv", **bearing(old))
    strange = [program.get("/search.csv", **bearing(text)) for text in (ended, "causeway_", "guessed", "x" * 5000)]
    for answer in (late, *strange):
        assert (answer.status_code, "Make a new one" in answer.text) == (401, True)
        assert answer.headers["WWW-Authenticate"] == 'Bearer realm="Causeway", error="invalid_token"'
    assert program.get("/search.csv", **bearing(old)).status_code != 401


def test_it_ends_with_the_account_and_with_the_password(app, client, client_of):
    program, token = client_of(), token_made(client)
    with app.extensions["database"].writing() as session, transaction(session):
        session.merge(stored(app, "ada@example.org")).active = False
    assert program.get("/search.csv", **bearing(token)).status_code == 401
    with app.extensions["database"].writing() as session, transaction(session):
        session.merge(stored(app, "ada@example.org")).active = True
    assert program.get("/search.csv", **bearing(token)).status_code != 401

    client.submit("/me/password", {"current": "seven quiet herons", "password": "nine slow otters swim"})

    assert program.get("/search.csv", **bearing(token)).status_code == 401


def test_an_account_has_at_most_twenty(client):
    for number in range(20):
        token_made(client, name=f"Program {number}")
    assert client.submit("/me/tokens", MADE).status_code == 409


def test_only_addresses_that_change_nothing_take_tokens(app):
    views = app.view_functions
    taking = [rule for rule in app.url_map.iter_rules() if getattr(views[rule.endpoint], "takes_tokens", False)]

    assert len(taking) == 2
    assert [rule.rule for rule in taking if rule.methods - {"GET", "HEAD", "OPTIONS"} or rule.rule.startswith("/me")] == []
