"""From a form to a confirmed account."""

import re

from portal.accounts.models import Kind
from portal.accounts.second_factor import fingerprints
from portal.kernel import clock
from portal.kernel.db import transaction
from tests.accounts.steps import (
    PASSWORD,
    REGISTRATION,
    an_account,
    is_in,
    kinds,
    link_in,
    mails,
    sessions,
    sign_in,
    stored,
)


def test_the_form_offers_the_four_roles(client_of):
    page = client_of().get("/register")

    assert re.findall(r'type="radio"[^>]*value="(\w+)"', page.text) == ["professor", "company", "student", "officer"]
    assert 'autocomplete="new-password"' in page.text
    assert "maxlength" not in page.text  # a browser would cut off what is pasted


def test_registering_sends_one_message_and_waits(app, client_of):
    client = client_of()

    answer = client.submit("/register", REGISTRATION)

    account = stored(app, "grace@example.org")
    assert (answer.status_code, answer.location) == (303, "/register/sent")
    assert client.get("/register/sent").status_code == 200
    assert (account.kind, account.is_confirmed, account.is_admin) == (Kind.PROFESSOR, False, False)
    assert [mail.account_id for mail in mails(app, "grace@example.org")] == [account.id]
    assert not is_in(client)


def test_what_a_stranger_typed_stands_in_no_mail(app, client_of):
    client_of().submit("/register", {**REGISTRATION, "name": "Win a prize at evil.example"})

    (mail,) = mails(app)
    assert "evil.example" not in mail.text + mail.html + mail.subject
    assert PASSWORD not in mail.text + mail.html


def test_the_link_and_the_password_confirm_the_address_and_sign_in(app, client_of):
    client_of().submit("/register", REGISTRATION)
    (mail,) = mails(app)
    elsewhere = client_of()  # the mail may be read on another device

    page = elsewhere.get(link_in(mail))
    answer = elsewhere.submit(link_in(mail), {"password": PASSWORD})

    assert (page.status_code, page.headers["Cache-Control"]) == (200, "no-store")
    assert (answer.status_code, answer.location) == (303, "/work")
    assert is_in(elsewhere)
    assert stored(app, "grace@example.org").is_confirmed
    assert kinds(app) == ["account.registered", "account.confirmed", "account.signed_in"]


def test_following_the_link_changes_nothing_by_itself(app, client_of):
    client_of().submit("/register", REGISTRATION)

    client_of().get(link_in(mails(app)[0]))  # as mail scanners do

    assert not stored(app, "grace@example.org").is_confirmed


def test_the_link_without_the_password_confirms_nothing(app, client_of):
    client_of().submit("/register", REGISTRATION)
    client = client_of()

    answer = client.submit(link_in(mails(app)[0]), {"password": "another one"})

    assert answer.status_code == 422
    assert not stored(app, "grace@example.org").is_confirmed
    assert not is_in(client)


def test_the_link_works_once(app, client_of):
    client_of().submit("/register", REGISTRATION)
    link = link_in(mails(app)[0])
    client_of().submit(link, {"password": PASSWORD})

    again = client_of().submit(link, {"password": PASSWORD})

    assert again.status_code == 410
    assert len(sessions(app)) == 1


def test_the_link_works_for_an_hour(app, client_of, frozen):
    client_of().submit("/register", REGISTRATION)
    link = link_in(mails(app)[0])

    with clock.at(frozen + clock.dt.timedelta(minutes=61)):
        assert client_of().get(link).status_code == 410
        assert client_of().submit(link, {"password": PASSWORD}).status_code == 410


def test_links_nobody_sent_look_like_expired_ones(client_of):
    client = client_of()
    for token in ("x", "%00", "a" * 3000, "%F0%9F%98%80"):
        assert client.get(f"/confirm/{token}").status_code == 410
        assert client.submit(f"/confirm/{token}", {"password": PASSWORD}).status_code == 410


def test_a_known_address_gets_the_same_answer_and_another_mail(app, ada, client_of):
    new, known = client_of(), client_of()

    answers = [
        new.submit("/register", REGISTRATION),
        known.submit("/register", {**REGISTRATION, "email": "Ada@example.org", "password": "another long password"}),
    ]

    assert len({(answer.status_code, answer.location, answer.text) for answer in answers}) == 1
    (mail,) = mails(app, "ada@example.org")
    assert "already have an account" in mail.subject
    assert stored(app, "ada@example.org").name == "Ada Fenwick"
    assert sign_in(client_of(), "ada@example.org", PASSWORD).status_code == 303
    assert kinds(app).count("account.registered") == 2


def test_whoever_registers_somebody_elses_address_first_gains_nothing(app, client_of):
    mallory, grace = client_of(), client_of()
    mallory.submit("/register", {**REGISTRATION, "password": "chosen by mallory"})
    first_link = link_in(mails(app)[0])
    grace.submit("/register", REGISTRATION)
    grace.submit(link_in(mails(app)[1]), {"password": PASSWORD})

    assert is_in(grace)
    assert sign_in(mallory, "grace@example.org", "chosen by mallory").status_code == 422
    assert grace.submit(first_link, {"password": "chosen by mallory"}).status_code == 422


def test_a_late_confirmation_does_not_go_round_the_second_factor(app, client_of):
    client_of().submit("/register", REGISTRATION)
    client_of().submit("/register", REGISTRATION)
    first, second = (link_in(mail) for mail in mails(app))
    client_of().submit(first, {"password": PASSWORD})
    with app.extensions["database"].writing() as session, transaction(session):
        account = session.merge(stored(app, "grace@example.org"))
        account.tf_primary_method, account.mf_recovery_codes = "authenticator", fingerprints(["a-code"])
    client = client_of()

    answer = client.submit(second, {"password": PASSWORD})

    assert answer.location.startswith("/sign-in/code")
    assert not is_in(client)


BAD = [
    ({"kind": "administrator"}, ["kind"]),
    ({"kind": ""}, ["kind"]),
    ({"name": ""}, ["name"]),
    ({"name": "\x00\u202e\u2066"}, ["name"]),
    ({"name": "n" * 100_000}, ["name"]),
    ({"email": "grace"}, ["email"]),
    ({"email": "grace@example.org\r\nBcc: x@example.org"}, ["email"]),
    ({"email": "g" * 100_000 + "@example.org"}, ["email"]),
    ({"email": "\x00@example.org"}, ["email"]),
    ({"password": "short"}, ["password"]),
    ({"password": "p" * 100_000}, ["password"]),
    ({"password": "gracemoor123"}, ["password"]),
    ({"password": "causeway causeway"}, ["password"]),
    ({"password": "seven quiet\x00herons"}, ["password"]),
    ({"name": "", "email": "", "password": ""}, ["name", "email", "password"]),
]


def test_bad_input_is_refused_beside_each_field_and_the_rest_is_kept(app, client_of):
    client = client_of()
    for wrong, fields in BAD:
        answer = client.submit("/register", {**REGISTRATION, **wrong})

        assert answer.status_code == 422, wrong
        assert [name for name in ("kind", "name", "email", "password") if f'id="{name}-error"' in answer.text] == fields
        for name in {"name", "email"} - set(fields):
            assert f'value="{REGISTRATION[name]}"' in answer.text
        assert PASSWORD not in answer.text
    assert (stored(app, "grace@example.org"), mails(app)) == (None, [])


def test_fields_that_are_not_asked_for_are_not_taken(app, client_of):
    more = dict.fromkeys(("is_admin", "active", "confirmed_at", "id", "roles", "tf_totp_secret", "portal_name"), "1")
    client_of().submit("/register", {**REGISTRATION, **more})

    account = stored(app, "grace@example.org")
    assert (account.is_admin, account.is_confirmed, account.tf_totp_secret) == (False, False, None)


def test_registering_without_the_forms_token_is_refused(app):
    assert app.test_client().post("/register", data=REGISTRATION).status_code == 400
    assert mails(app) == []


def test_reactions_to_the_confirmation_run_in_its_transaction(app, client_of):
    from portal.accounts.events import AccountConfirmed
    from portal.kernel import events

    met = []
    events.react({AccountConfirmed: (lambda session, fact, account, actor: met.append((account.email, actor.id)),)})
    client_of().submit("/register", REGISTRATION)
    client_of().submit(link_in(mails(app)[0]), {"password": PASSWORD})

    assert met == [("grace@example.org", stored(app, "grace@example.org").id)]


def test_a_known_but_closed_address_is_told_nothing_else(app, client_of):
    an_account(app, "closed@example.org", PASSWORD, active=False)

    answer = client_of().submit("/register", {**REGISTRATION, "email": "closed@example.org"})

    assert answer.location == "/register/sent"
