"""How often one may try: by account, by network, and never for good."""

import dataclasses

import pytest

from portal.app import create_app
from portal.kernel import clock
from tests.accounts.steps import PASSWORD, an_account, mails, sign_in, stored
from tests.fixtures.portal import Page


@pytest.fixture(params=[0])
def proxies(request):
    """How many proxies the settings name."""
    return request.param


@pytest.fixture
def portal(settings, proxies):
    """A portal that counts, with Ada in it."""
    app = create_app(dataclasses.replace(settings, rate_limits=True, proxies=proxies))
    app.extensions["security"].pwd_context.update(argon2__time_cost=1, argon2__memory_cost=8, argon2__parallelism=1)
    an_account(app, "ada@example.org", PASSWORD)
    yield app
    app.extensions["database"].dispose()


def browser(app, address="127.0.0.1"):
    client = app.test_client()
    client.environ_base["REMOTE_ADDR"] = address
    return Page(client)


def test_after_ten_wrong_passwords_an_account_waits_even_with_the_right_one(portal):
    answers = [sign_in(browser(portal, f"192.0.2.{number}"), password="not it") for number in range(11)]
    right = sign_in(browser(portal, "198.51.100.1"))

    assert [answer.status_code for answer in answers] == [422] * 10 + [429]
    assert right.status_code == 429
    assert 0 < int(right.headers["Retry-After"]) <= 15 * 60
    assert "minutes" in right.text


def test_the_limit_tells_nothing_about_who_has_an_account(portal):
    known = [sign_in(browser(portal, "192.0.2.1"), "ada@example.org", "x").status_code for _ in range(11)]
    unknown = [sign_in(browser(portal, "192.0.2.1"), "nobody@example.org", "x").status_code for _ in range(11)]
    spelled = sign_in(browser(portal, "192.0.2.1"), " ADA@example.org", "x").status_code

    assert known == unknown
    assert spelled == 429


def test_one_network_cannot_try_many_accounts(portal):
    answers = [sign_in(browser(portal, "192.0.2.1"), f"a{number}@example.org", "x").status_code for number in range(101)]

    assert answers == [422] * 100 + [429]
    assert sign_in(browser(portal, "192.0.2.1")).status_code == 429
    assert sign_in(browser(portal, "192.0.2.2")).status_code == 303


def test_signing_in_rightly_is_not_counted(portal):
    assert [sign_in(browser(portal)).status_code for _ in range(12)] == [303] * 12


def test_a_forged_forwarding_header_changes_nothing(portal):
    answers = []
    for number in range(101):
        client = browser(portal)
        data = {"email": f"a{number}@example.org", "password": "x"}
        headers = {"X-Forwarded-For": f"203.0.113.{number}", "Forwarded": f"for=203.0.113.{number}", "X-Real-IP": "203.0.113.9"}
        answers.append(client.submit("/sign-in", data, headers=headers).status_code)

    assert answers[-1] == 429


@pytest.mark.parametrize("proxies", [1], indirect=True)
def test_behind_a_proxy_that_the_settings_name_the_address_it_wrote_counts(portal):
    answers = []
    for number in range(101):
        data = {"email": f"a{number}@example.org", "password": "x"}
        headers = {"X-Forwarded-For": f"203.0.113.{number}, 192.0.2.1"}
        answers.append(browser(portal).submit("/sign-in", data, headers=headers).status_code)
    other = browser(portal).submit("/sign-in", {"email": "b@example.org"}, headers={"X-Forwarded-For": "192.0.2.2"})

    assert (answers[-2:], other.status_code) == ([422, 429], 422)


def test_three_mails_an_hour_go_to_one_address(portal):
    for path, data in (("/reset", {}), ("/register", {"kind": "professor", "name": "Grace Moor", "password": PASSWORD})):
        answers = [
            browser(portal, f"192.0.2.{number}").submit(path, {**data, "email": "grace@example.org"}) for number in range(4)
        ]
        assert [answer.status_code for answer in answers] == [303, 303, 303, 429]
    assert len(mails(portal, "grace@example.org")) == 6


def test_a_parent_is_named_five_times_a_day(portal):
    child = {"kind": "student", "name": "Mia Moor", "password": PASSWORD, "born_in": str(clock.today().year - 15)}
    answers = [
        browser(portal, f"192.0.2.{number}").submit(
            "/register", child | {"email": f"mia{number}@example.org", "guardian": "pa@example.org"}
        )
        for number in range(6)
    ]

    assert [answer.status_code for answer in answers] == [303] * 5 + [429]


def test_the_right_password_of_an_unconfirmed_account_brings_three_reminders_an_hour(portal):
    browser(portal).submit(
        "/register", {"kind": "professor", "name": "Grace Moor", "email": "grace@example.org", "password": PASSWORD}
    )
    assert not stored(portal, "grace@example.org").is_confirmed

    answers = [sign_in(browser(portal), "grace@example.org").status_code for _ in range(6)]

    assert answers == [422] * 6
    assert len(mails(portal, "grace@example.org")) == 1 + 3


def test_a_signed_in_thief_cannot_guess_the_password_on_and_on(portal):
    client = browser(portal)
    sign_in(client)

    answers = [client.submit("/verify", {"password": "not it"}).status_code for _ in range(11)]

    assert answers == [422] * 10 + [429]
