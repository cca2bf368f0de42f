"""A forgotten password."""

import re

from portal.accounts.actions import register
from portal.accounts.closing import deactivate_account
from portal.accounts.inputs import Registration
from portal.accounts.queries import account_by_email
from portal.kernel import clock
from portal.kernel.db import transaction
from portal.kernel.policy import SYSTEM_ACTOR
from tests.accounts.steps import PASSWORD, REGISTRATION, an_account, is_in, kinds, link_in, mails, sign_in, stored

NEW = "nine loud magpies"


def reset_link(app, client, email="ada@example.org"):
    client.submit("/reset", {"email": email})
    return link_in(mails(app, email)[-1])


def test_the_form_asks_for_the_address_alone(client_of):
    page = client_of().get("/reset")

    assert page.status_code == 200
    assert re.findall(r'<input[^>]* type="(?!hidden)(\w+)"', page.text) == ["email"]


def test_known_unknown_and_closed_addresses_get_the_same_answer_and_one_mail_each(app, ada, client_of):
    an_account(app, "closed@example.org", PASSWORD)
    with app.extensions["database"].writing() as session, transaction(session):
        deactivate_account(session, account_by_email(session, "closed@example.org"), actor=SYSTEM_ACTOR)
    addresses = ["ada@example.org", "nobody@example.org", "closed@example.org"]

    answers = [client_of().submit("/reset", {"email": address}) for address in addresses]

    assert {(answer.status_code, answer.location, answer.text) for answer in answers} == {(303, "/reset/sent", answers[0].text)}
    assert client_of().get("/reset/sent").status_code == 200
    assert [mail.to_address for mail in mails(app)] == addresses
    subjects = [mail.subject for mail in mails(app)]
    assert "new password" in subjects[0]
    assert subjects[1:] == ["There is no account with this address – Causeway"] * 2


def test_the_link_starts_with_the_configured_address_whatever_host_was_named(app, ada):
    client = app.test_client()
    token = re.search(r'name="csrf_token" value="([^"]*)"', client.get("/reset", base_url="http://localhost:4444").text)[1]
    client.post("/reset", data={"csrf_token": token, "email": "ada@example.org"}, base_url="http://localhost:4444")

    (mail,) = mails(app)
    assert set(re.findall(r"https?://[\w.]+\w(?::\d+)?", mail.text + mail.html)) == {"http://127.0.0.1:8000"}


def test_a_new_password_is_in_force_and_everybody_is_out(app, ada, client_of):
    at_home, client = client_of(), client_of()
    sign_in(at_home)
    link = reset_link(app, client)

    page = client.get(link)
    answer = client.submit(link, {"password": NEW})

    assert (page.status_code, page.headers["Cache-Control"]) == (200, "no-store")
    assert (answer.status_code, answer.location) == (303, "/sign-in")
    assert "Your new password is in force" in client.get("/sign-in").text
    assert not is_in(at_home)
    assert not is_in(client)
    assert sign_in(client, password=PASSWORD).status_code == 422
    assert sign_in(client, password=NEW).status_code == 303
    assert "Your password was changed" in mails(app, "ada@example.org")[-1].subject
    assert [kind for kind in kinds(app) if kind != "account.sign_in_failed"][-3:] == [
        "account.session_ended",
        "account.password_changed",
        "account.signed_in",
    ]


def test_the_link_works_once_and_takes_the_other_links_with_it(app, ada, client_of):
    client = client_of()
    first, second = reset_link(app, client), reset_link(app, client)
    client.submit(second, {"password": NEW})

    assert [client.submit(link, {"password": "another of mine"}).status_code for link in (first, second)] == [410, 410]
    assert sign_in(client, password=NEW).status_code == 303


def test_the_link_works_for_an_hour(app, ada, client_of, frozen):
    link = reset_link(app, client_of())

    with clock.at(frozen + clock.dt.timedelta(minutes=61)):
        assert client_of().get(link).status_code == 410
        assert client_of().submit(link, {"password": NEW}).status_code == 410


def test_following_the_link_proves_an_unconfirmed_address(app, client_of):
    client = client_of()
    with app.extensions["database"].writing() as session, transaction(session):
        register(session, Registration(**REGISTRATION), password_hash="chosen by somebody else")
    client.submit(reset_link(app, client, "grace@example.org"), {"password": NEW})

    assert stored(app, "grace@example.org").is_confirmed
    assert sign_in(client, "grace@example.org", NEW).status_code == 303


def test_weak_passwords_are_refused_and_the_link_stays_good(app, ada, client_of):
    client = client_of()
    link = reset_link(app, client)
    for weak in (
        "",
        "short",
        "Password1234",
        "sojdlg123aljg",
        "ada.fenwick.ada",
        "causeway causeway",
        "x" * 100_000,
        "\x00" * 20,
    ):
        answer = client.submit(link, {"password": weak})
        assert (answer.status_code, 'id="password-error"' in answer.text) == (422, True), weak

    assert client.submit(link, {"password": NEW}).status_code == 303


def test_hostile_addresses_are_refused_beside_the_field(app, client_of):
    client = client_of()
    for hostile in (
        {},
        {"email": ""},
        {"email": "\x00"},
        {"email": "a" * 100_000},
        {"email": "a@b"},
        {"email": ["", "a@example.org"]},
    ):
        answer = client.submit("/reset", hostile)
        assert (answer.status_code, 'id="email-error"' in answer.text) == (422, True), hostile

    assert mails(app) == []


def test_links_nobody_sent_look_like_expired_ones(client_of):
    client = client_of()
    for token in ("x", "%00", "a" * 3000):
        assert client.get(f"/reset/{token}").status_code == 410
        assert client.submit(f"/reset/{token}", {"password": NEW}).status_code == 410


def test_forms_without_their_token_are_refused(app, ada, client_of):
    link = reset_link(app, client_of())

    assert [app.test_client().post(path, data={"password": NEW}).status_code for path in ("/reset", link)] == [400, 400]
    assert sign_in(client_of(), password=PASSWORD).status_code == 303
