"""Passkeys: making one, signing in with it, showing once more who one is, doing without."""

import re

import pytest

from portal.kernel import clock
from portal.kernel.db import transaction
from tests.accounts.device import Device, add_passkey, sign_in_with
from tests.accounts.steps import an_account, is_in, kinds, mails, set_up_factor, sign_in, stored


@pytest.fixture
def client(ada, client_of):
    """Ada's browser, just signed in."""
    client = client_of()
    sign_in(client)
    return client


def test_the_first_one_comes_with_recovery_codes_and_signs_other_devices_out(app, client, client_of):
    elsewhere = client_of()
    sign_in(elsewhere)

    answer = add_passkey(client, Device())

    assert len(set(re.findall(r"<code>([a-z0-9-]+)</code>", answer.text))) == 10
    assert (is_in(client), is_in(elsewhere)) == (True, False)
    page = client.get("/me/passkeys").text
    assert "My laptop" in page and "Without password" in page and "never used" in page
    assert {"account.passkey_added", "account.second_factor_added"} <= set(kinds(app))
    assert "A passkey was added" in mails(app, "ada@example.org")[-1].subject
    assert add_passkey(client, Device(checks=False), name="Key ring").location == "/me/passkeys"
    assert "Besides the password" in client.get("/me/passkeys").text


def test_one_that_checks_its_user_opens_the_account_alone(client, client_of):
    device = Device()
    add_passkey(client, device)
    browser = client_of()

    answer = sign_in_with(browser, device, next="/me/sessions")

    assert (answer.status_code, answer.location) == (303, "/me/sessions")
    assert is_in(browser)
    assert "last used" in browser.get("/me/passkeys").text


def test_one_that_does_not_opens_it_after_the_password_only(client, client_of):
    device = Device(checks=False)
    add_passkey(client, device)
    browser = client_of()
    assert sign_in_with(browser, device).status_code == 422
    assert not is_in(browser)

    first = sign_in(browser)

    assert first.location.startswith("/sign-in/code")
    assert "Use a passkey instead" in browser.get(first.location, base_url="http://localhost").text
    assert sign_in_with(browser, device).location == "/work"
    assert is_in(browser)


def test_the_password_of_one_person_and_the_passkey_of_another_open_nothing(app, client, client_of):
    add_passkey(client, Device())
    an_account(app, "mallory@example.org", "nine loud magpies")
    mallory, device = client_of(), Device(checks=False)
    sign_in(mallory, "mallory@example.org", "nine loud magpies")
    add_passkey(mallory, device)
    browser = client_of()
    sign_in(browser)

    assert sign_in_with(browser, device).status_code == 422
    assert not is_in(browser)


def test_an_answer_is_good_once_and_only_where_it_was_asked_for(client, client_of):
    device = Device()
    add_passkey(client, device)
    browser, other = client_of(), client_of()
    question = browser.submit("/sign-in/passkey/question").json
    with browser.session_transaction() as cookie:
        kept = list(cookie["passkey-question"])
    answer = device.show(question)

    assert other.submit("/sign-in/passkey", {"passkey": answer}).status_code == 422
    assert browser.submit("/sign-in/passkey", {"passkey": answer}).status_code == 303
    for again in (answer, device.show(question)):  # the same, and a later one of a device that counts its uses
        with other.session_transaction() as cookie:  # the cookie from before the answer, put back
            cookie["passkey-question"] = kept
        assert other.submit("/sign-in/passkey", {"passkey": again}).status_code == 422


def test_a_question_is_open_for_five_minutes(client, client_of):
    device = Device()
    add_passkey(client, device)
    browser = client_of()
    question = browser.submit("/sign-in/passkey/question").json
    with clock.at(clock.now() + clock.dt.timedelta(minutes=5, seconds=1)):
        assert browser.submit("/sign-in/passkey", {"passkey": device.show(question)}).status_code == 422


def test_a_copied_device_and_another_address_are_refused(client, client_of):
    device, browser = Device(), client_of()
    add_passkey(client, device)
    device.uses = 5
    sign_in_with(client_of(), device)

    device.uses = 1  # a copy that does not know of the uses since
    assert sign_in_with(browser, device).status_code == 422
    device.uses, device.origin = 9, "http://localhost.example"
    assert sign_in_with(browser, device).status_code == 422
    assert not is_in(browser)


HOSTILE = ["", "{}", "[" * 19_000, '{"response": {}}', '{"response": 1}', "\x00", "é" * 30_000, "null"]


def test_what_is_no_answer_is_refused_with_a_sentence(client, client_of):
    browser = client_of()
    for answer in HOSTILE:
        client.submit("/me/passkeys/question")
        refused = client.submit("/me/passkeys", {"name": "Mine", "passkey": answer})
        assert (refused.status_code, "has not made a passkey" in refused.text, 'value="Mine"' in refused.text) == (
            422,
            True,
            True,
        )
        browser.submit("/sign-in/passkey/question")
        assert browser.submit("/sign-in/passkey", {"passkey": answer}).status_code == 422


def test_spoilt_parts_of_right_answers_are_refused(client, client_of):
    device = Device()
    for part in ("clientDataJSON", "attestationObject"):
        whole = device.make(client.submit("/me/passkeys/question").json)
        spoilt = re.sub(rf'("{part}": ")[^"]+', r"\1oWFhgA", whole)
        assert client.submit("/me/passkeys", {"name": "Mine", "passkey": spoilt}).status_code == 422
    add_passkey(client, device)
    browser = client_of()
    for part in ("clientDataJSON", "authenticatorData", "signature", "rawId"):
        whole = device.show(browser.submit("/sign-in/passkey/question").json)
        spoilt = re.sub(rf'("{part}": ")[^"]+', r"\1oWFhgA", whole)
        assert browser.submit("/sign-in/passkey", {"passkey": spoilt}).status_code == 422


def test_it_shows_again_who_one_is(client, ada):
    device, stranger = Device(), Device()
    add_passkey(client, device)
    later = clock.now() + clock.dt.timedelta(minutes=20)
    with clock.at(later):
        assert client.get("/me/passkeys").location.startswith("/verify")
        assert "Use a passkey" in client.get("/verify", base_url="http://localhost").text
        question = client.submit("/verify/question").json
        assert client.submit("/verify", {"passkey": stranger.show(question)}).status_code == 422
        question = client.submit("/verify/question").json
        shown = client.submit("/verify", {"passkey": device.show(question), "next": "/me/passkeys"})
        assert (shown.status_code, shown.location) == (303, "/me/passkeys")
        assert client.get("/me/passkeys").status_code == 200


def test_it_gets_another_name_and_goes(app, client, client_of):
    device = Device()
    add_passkey(client, device)
    number = re.search(r"/me/passkeys/(\d+)", client.get("/me/passkeys").text)[1]
    mallory = client_of(an_account(app, "mallory@example.org"))

    assert client.submit(f"/me/passkeys/{number}", {"name": ""}).status_code == 422
    client.submit(f"/me/passkeys/{number}", {"name": "Old laptop"})
    assert "Old laptop" in client.get("/me/passkeys").text
    assert [mallory.get(f"/me/passkeys/{number}").status_code, mallory.submit(f"/me/passkeys/{number}/remove").status_code] == [
        404
    ] * 2

    assert client.submit(f"/me/passkeys/{number}/remove").location == "/me/passkeys"

    assert sign_in_with(client_of(), device).status_code == 422
    assert not stored(app, "ada@example.org").has_second_factor
    assert is_in(client)
    assert "no longer asks" in mails(app, "ada@example.org")[-1].subject
    assert kinds(app).count("account.second_factor_removed") == 1


def test_app_and_passkeys_are_removed_one_by_one(app, client):
    add_passkey(client, Device())
    set_up_factor(client)
    client.submit("/me/second-factor/remove")
    assert stored(app, "ada@example.org").has_second_factor
    assert "account.app_removed" in kinds(app)
    set_up_factor(client)
    number = re.search(r"/me/passkeys/(\d+)", client.get("/me/passkeys").text)[1]
    client.submit(f"/me/passkeys/{number}/remove")
    assert stored(app, "ada@example.org").has_second_factor
    assert "account.passkey_removed" in kinds(app)


def test_a_closed_account_is_opened_by_none(app, client, client_of):
    device = Device()
    add_passkey(client, device)
    with app.extensions["database"].writing() as session, transaction(session):
        session.merge(stored(app, "ada@example.org")).active = False

    assert sign_in_with(client_of(), device).status_code == 422


def test_an_account_holds_ten_and_each_once(client):
    device = Device()
    add_passkey(client, device)
    assert add_passkey(client, device).status_code == 409
    for number in range(9):
        add_passkey(client, Device(), name=f"Device {number}")
    assert add_passkey(client, Device()).status_code == 409


def test_pages_say_where_passkeys_work(client):
    client.set_cookie("session", client.get_cookie("session").value, domain="127.0.0.1")

    elsewhere = client.get("/me/passkeys", environ_overrides={"HTTP_HOST": "127.0.0.1:8000"}).text
    assert "Open the portal at http://localhost:8000" in elsewhere
    assert "runs scripts" in client.get("/me/passkeys").text
