"""Setting up an authenticator, and doing without again."""

import re

import pytest

from tests.accounts.steps import an_account, code_from, field, is_in, kinds, mails, set_up_factor, sign_in, stored, token_of


@pytest.fixture
def client(ada, client_of):
    """Ada's browser, just signed in."""
    client = client_of()
    sign_in(client)
    return client


def test_the_page_shows_a_picture_and_the_key_in_letters(client):
    page = client.get("/me/second-factor")

    assert re.search(r'<img src="data:image/svg\+xml;base64,[A-Za-z0-9+/=]+"[^>]*alt="QR code[^"]+"', page.text)
    assert re.search(r"type in the key: [A-Z2-7]{4}-", page.text)


def test_setting_up_shows_ten_codes_once_and_signs_other_devices_out(app, client, client_of):
    elsewhere = client_of()
    sign_in(elsewhere)
    before = token_of(client)

    _key, codes = set_up_factor(client)

    assert len(set(codes)) == 10
    assert is_in(client)
    assert token_of(client) != before
    assert not is_in(elsewhere)
    assert "10 codes left" in client.get("/me/second-factor").text
    assert not any(code in client.get("/me/second-factor").text for code in codes)
    assert "account.second_factor_added" in kinds(app)
    assert "asks for a code" in mails(app)[-1].subject


def test_neither_the_secret_nor_the_codes_are_stored_as_they_are(app, client):
    key, codes = set_up_factor(client)

    account = stored(app, "ada@example.org")
    assert key.replace("-", "") not in account.tf_totp_secret
    assert not set(codes) & set(account.mf_recovery_codes)
    assert not {code.replace("-", "") for code in codes} & set(account.mf_recovery_codes)


def test_a_wrong_first_code_changes_nothing_and_keeps_the_key(app, client):
    page = client.get("/me/second-factor")
    key = re.search(r"type in the key: ([A-Z2-7-]+)", page.text)[1]

    answer = client.submit("/me/second-factor", {"set_up": field(page, "set_up"), "code": "000000"})

    assert (answer.status_code, 'id="code-error"' in answer.text) == (422, True)
    assert key in answer.text
    assert not stored(app, "ada@example.org").has_second_factor


def test_a_form_that_is_not_this_persons_starts_again(app, client, client_of):
    mallory = client_of(an_account(app, "mallory@example.org"))
    foreign = mallory.get("/me/second-factor")
    key = re.search(r"type in the key: ([A-Z2-7-]+)", foreign.text)[1]
    for set_up in (field(foreign, "set_up"), "", "x", "\x00", "a.b.c", "é" * 10_000):
        answer = client.submit("/me/second-factor", {"set_up": set_up, "code": code_from(key)})
        assert (answer.status_code, answer.location) == (303, "/me/second-factor")

    assert not stored(app, "ada@example.org").has_second_factor


def test_a_second_authenticator_does_not_take_the_place_of_the_first(app, client):
    page = client.get("/me/second-factor")
    set_up_factor(client)
    secret = stored(app, "ada@example.org").tf_totp_secret
    key = re.search(r"type in the key: ([A-Z2-7-]+)", page.text)[1]

    client.submit("/me/second-factor", {"set_up": field(page, "set_up"), "code": code_from(key)})

    assert stored(app, "ada@example.org").tf_totp_secret == secret


def test_new_recovery_codes_make_the_old_ones_void(client, client_of):
    _key, old = set_up_factor(client)
    new = re.findall(r"<code>([a-z0-9-]+)</code>", client.submit("/me/second-factor/codes").text)

    answers = []
    for code in (old[0], new[0]):
        browser = client_of()
        sign_in(browser)
        answers.append(browser.submit("/sign-in/code", {"code": code}).status_code)
    assert answers == [422, 303]


def test_without_the_app_the_password_alone_opens_again(app, client, client_of):
    set_up_factor(client)

    assert client.submit("/me/second-factor/remove").location == "/me/security"

    browser = client_of()
    assert sign_in(browser).location == "/work"
    assert is_in(client)
    assert "no longer asks for a code" in mails(app)[-1].subject
    assert kinds(app).count("account.second_factor_removed") == 1


def test_what_is_not_there_cannot_be_removed_or_renewed(client):
    assert [client.submit(f"/me/second-factor/{what}").status_code for what in ("codes", "remove")] == [409, 409]
