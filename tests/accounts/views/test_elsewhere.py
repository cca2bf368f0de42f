"""Signing in over another service, with a real provider behind a socket."""

import dataclasses

import pytest
from joserfc.jwk import RSAKey

from portal.accounts.models import Link
from portal.kernel import clock
from portal.kernel.db import transaction
from tests.accounts.provider import PERSON, answer_of, provider_at_work, travel
from tests.accounts.steps import PASSWORD, an_account, is_in, kinds, link_in, mails, set_up_factor, sign_in, stored

OUT = "/sign-in/with/lindmoor"


@pytest.fixture
def provider():
    with provider_at_work() as provider:
        yield provider


@pytest.fixture
def settings(settings, provider):
    return dataclasses.replace(settings, sign_in_with=(provider.as_setting(),))


@pytest.fixture
def linked(ada, client_of):
    """Ada's browser, after linking."""
    client = client_of()
    sign_in(client)
    travel(client, "/me/links/lindmoor")
    assert client.submit("/me/links").location == "/me/links"
    return client


def links(app):
    with app.extensions["database"].reading() as session:
        return session.query(Link).all()


def shown(client, start=OUT):
    """Go over the provider and press the button there is."""
    travel(client, start)
    return client.submit("/sign-in/with", {"next": "/me/sessions"})


def test_a_link_is_made_by_pressing_a_button_and_opens_the_account_from_then_on(app, ada, client_of):
    client, browser = client_of(), client_of()
    sign_in(client)
    back = travel(client, "/me/links/lindmoor")
    assert client.get(back.location).location == "/me/links"
    assert links(app) == []
    assert "ada@lindmoor.example" in client.get("/me/links").text

    client.submit("/me/links")

    assert [(link.subject, link.account_id) for link in links(app)] == [("ada-7", ada.id)]
    assert "Another service opens your account" in mails(app, "ada@example.org")[-1].subject
    assert "account.linked" in kinds(app)
    assert "Sign in with Lindmoor University" in browser.get("/sign-in").text

    arrived = travel(browser, f"{OUT}?next=/me/sessions")
    assert not is_in(browser)
    assert "Go on as Ada Fenwick" in browser.get(arrived.location).text
    answer = browser.submit("/sign-in/with", {"next": "/me/sessions"})
    assert (answer.status_code, answer.location, is_in(browser)) == (303, "/me/sessions", True)


def test_the_second_factor_is_still_asked_for(linked, client_of):
    set_up_factor(linked)
    browser = client_of()

    assert shown(browser).location.startswith("/sign-in/code")
    assert not is_in(browser)


def test_what_was_shown_opens_once_whatever_happens_to_the_cookie(linked, client_of):
    browser, thief = client_of(), client_of()
    travel(browser, OUT)
    with browser.session_transaction() as cookie:
        kept = dict(cookie)
    browser.submit("/sign-in/with")
    browser.submit("/sign-out")
    with thief.session_transaction() as cookie:
        cookie.update(kept)

    thief.submit("/sign-in/with")

    assert not is_in(thief)


def test_nothing_opens_unless_everything_fits(app, provider, linked, client_of):
    now = int(clock.now().timestamp())
    lies = [
        {"nonce": "another"}, {"aud": "somebody else"}, {"aud": ["the portal", "other"]}, {"azp": "other"}, {"iss": "http://other"},
        {"exp": now - 130}, {"iat": now + 200}, {"nbf": now + 200}, {"sub": ""}, {"sub": 7}, {"sub": "s" * 256}, {"exp": "x"},
    ]  # fmt: skip
    for lie in lies:
        provider.lies = lie
        browser = client_of()
        assert travel(browser, OUT).location == "/sign-in", lie
        assert "did not show who you are" in browser.get("/sign-in").text
    provider.lies = {}
    for algorithm in ("none", "HS256"):
        provider.algorithm = algorithm
        assert travel(client_of(), OUT).location == "/sign-in", algorithm
    provider.algorithm = "RS256"
    for answers in (
        {"state": "guessed"},
        {"iss": "http://other"},
        {"code": ""},
        {"code": "guessed"},
        {"error": "access_denied", "code": ""},
    ):
        provider.answers = answers
        assert travel(client_of(), OUT).location == "/sign-in", answers
    provider.answers = {}
    ours, theirs = client_of(), client_of()
    back = answer_of(ours.get(OUT).location).removeprefix("http://127.0.0.1:8000")
    assert theirs.get(back).location == "/sign-in"
    assert ours.get(back).location.startswith("/sign-in/with")
    assert ours.get(back).location == "/sign-in"  # a second time
    provider.lies = {"iat": now + 90, "exp": now - 90}  # a clock that is a little off
    assert shown(client_of()).location == "/me/sessions"


def test_a_provider_that_is_away_or_strange_leaves_the_other_ways_open(app, provider, client_of):
    client = client_of()
    for broken in (("", 500), ("[]", 200), ("{" * 5000, 200), ("x" * 300_000, 200), ("", 302, {"Location": "/"})):
        provider.broken = broken
        assert client.get(OUT).location == "/sign-in"
        assert "does not answer" in client.get("/sign-in").text
    provider.broken, provider.about = None, {"issuer": "https://other.example"}
    assert client.get(OUT).location == "/sign-in"
    provider.about = {"authorization_endpoint": 7}
    assert client.get(OUT).location == "/sign-in"
    assert client.get("/sign-in/with/unheard-of").status_code == 404


def test_the_address_is_exact_and_next_stays_inside(provider, linked, client_of):
    browser = client_of()
    travel(browser, f"{OUT}?next=https://evil.example/")

    assert provider.asked[-1]["redirect_uri"] == "http://127.0.0.1:8000/sign-in/with/lindmoor/back"
    assert browser.submit("/sign-in/with", {"next": "//evil.example"}).location == "/work"


def test_an_address_alone_opens_and_links_nothing(app, provider, ada, client_of):
    provider.person |= {"email": "ada@example.org"}
    client = client_of()

    arrived = travel(client, OUT)
    assert "An address alone links nothing" in client.get(arrived.location).text
    assert client.submit("/sign-in/with").location.startswith("/sign-in")
    travel(client, OUT)
    answer = client.submit("/register/with", {"kind": "professor", "name": "Not Ada"})

    assert answer.location == "/register/sent"
    assert "already have an account" in mails(app, "ada@example.org")[-1].subject
    assert (links(app), is_in(client), stored(app, "ada@example.org").name) == ([], False, "Ada Fenwick")


def test_an_address_the_provider_did_not_verify_makes_no_account(app, provider, client_of):
    for strange in ({"email_verified": False}, {"email_verified": "true"}, {"email": ""}):
        provider.person = PERSON | strange
        client = client_of()
        assert "no address that it has verified" in client.get(travel(client, OUT).location).text
        client.submit("/register/with", {"kind": "professor", "name": "Ada"})
    assert stored(app, PERSON["email"]) is None


def test_a_new_account_opens_once_its_address_is_confirmed_by_whoever_was_shown(app, provider, client_of):
    provider.in_userinfo = ("email", "email_verified")
    client, other = client_of(), client_of()
    travel(client, OUT)
    assert client.submit("/register/with", {"kind": "pope", "name": ""}).status_code == 422
    client.submit("/register/with", {"kind": "professor", "name": "Ada Fenwick"})
    assert shown(other).location.startswith("/sign-in")  # not yet

    confirm = link_in(mails(app, PERSON["email"])[-1])
    assert "Show first" in other.get(confirm).text
    other.submit(confirm)
    assert not stored(app, PERSON["email"]).is_confirmed
    assert "Open my account" in client.get(confirm).text
    client.submit(confirm)

    assert stored(app, PERSON["email"]).is_confirmed
    assert is_in(client)
    client.submit("/sign-out")
    assert shown(client).location == "/me/sessions"


def test_who_only_reads_the_mail_gets_the_account_without_the_link(app, provider, client_of):
    mallory, owner = client_of(), client_of()
    travel(mallory, OUT)
    mallory.submit("/register/with", {"kind": "professor", "name": "Mallory"})
    owner.submit("/reset", {"email": PERSON["email"]})

    owner.submit(link_in(mails(app, PERSON["email"])[-1]), {"password": PASSWORD})

    assert links(app) == []
    assert stored(app, PERSON["email"]).is_confirmed
    assert shown(mallory).location.startswith("/sign-in")


def test_unlinking_is_refused_where_nothing_else_opens_the_account(app, ada, linked, client_of):
    (link,) = links(app)
    with app.extensions["database"].writing() as session, transaction(session):
        session.merge(stored(app, "ada@example.org")).password = None
    assert linked.submit(f"/me/links/{link.id}/remove").status_code == 409
    later = clock.now() + clock.dt.timedelta(minutes=20)
    with clock.at(later):
        assert "once more where you usually do" in linked.get("/verify").text
    with app.extensions["database"].writing() as session, transaction(session):
        session.merge(stored(app, "ada@example.org")).password = "kept"

    assert linked.submit(f"/me/links/{link.id}/remove").location == "/me/links"
    assert linked.submit(f"/me/links/{link.id}/remove").status_code == 404
    assert "account.unlinked" in kinds(app)
    assert shown(client_of()).location.startswith("/sign-in")


def test_one_person_there_opens_one_account_here(app, linked, client_of):
    other = client_of()
    an_account(app, "mallory@example.org", PASSWORD)
    sign_in(other, "mallory@example.org")
    travel(other, "/me/links/lindmoor")

    assert other.submit("/me/links").status_code == 409
    assert other.submit("/me/links").status_code == 409  # nobody is shown any more


def test_new_keys_of_the_provider_are_asked_for(provider, linked, client_of):
    provider.key = RSAKey.generate_key(2048, {"kid": "2", "use": "sig"})
    later = clock.now() + clock.dt.timedelta(seconds=70)
    with clock.at(later):
        assert shown(client_of(), f"{OUT}?again=yes").location == "/me/sessions"
    assert provider.asked[-1]["prompt"] == "login"
