"""Who has power over others sets up a second factor before anything else."""

import dataclasses

import pytest

from portal.app import create_app
from portal.kernel.db import transaction
from portal.kernel.policy import Role
from tests.accounts.steps import PASSWORD, an_account, is_in, set_up_factor, sign_in
from tests.build import an_organisation, join
from tests.fixtures.portal import Page


@pytest.fixture
def strict_settings(settings):
    """As a portal runs unless told otherwise."""
    return dataclasses.replace(settings, require_second_factor=True)


@pytest.fixture
def app(strict_settings):
    """A portal that asks for it, with cheap hashes."""
    app = create_app(strict_settings)
    app.extensions["security"].pwd_context.update(argon2__time_cost=1, argon2__memory_cost=8, argon2__parallelism=1)
    yield app
    app.extensions["database"].dispose()


def give_roles(app, account, *roles):
    with app.extensions["database"].writing() as session, transaction(session):
        organisation = an_organisation(session)
        join(session, session.merge(account, load=True), organisation, *roles)


def test_administrators_of_the_portal_are_led_to_set_one_up_and_go_on_after(app, client_of):
    an_account(app, "ada@example.org", PASSWORD, is_admin=True)
    client = client_of()
    assert sign_in(client).location == "/work"

    for path in ("/", "/work", "/admin", "/me", "/me/security", "/me/email", "/me/sessions", "/search", "/no-such-page"):
        assert (client.get(path).status_code, client.get(path).location) == (303, "/me/second-factor"), path
    assert client.submit("/me/password", {}).location == "/me/second-factor"
    assert "Your role asks for it" in client.get("/me/second-factor").text

    set_up_factor(client)

    assert [client.get(path).status_code for path in ("/", "/work", "/admin", "/me/security")] == [200] * 4


@pytest.mark.parametrize("role", [Role.OFFICER, Role.SIGNATORY, Role.ADMINISTRATOR])
def test_who_acts_for_an_organisation_needs_one(app, ada, client_of, role):
    give_roles(app, ada, role)

    assert client_of(ada).get("/work").location == "/me/second-factor"


@pytest.mark.parametrize("role", [Role.MEMBER, Role.POSTER])
def test_others_may_go_on_without(app, ada, client_of, role):
    give_roles(app, ada, role)
    client = client_of(ada)

    assert client.get("/work").status_code == 200
    assert "Your role asks for it" not in client.get("/me/second-factor").text


def test_the_second_factor_is_owed_as_soon_as_the_role_is_there_and_after_it_is_removed(app, ada, client_of):
    client = client_of()
    sign_in(client)
    assert client.get("/work").status_code == 200
    give_roles(app, ada, Role.OFFICER)
    assert client.get("/work").location == "/me/second-factor"

    set_up_factor(client)
    client.submit("/me/second-factor/remove")

    assert client.get("/work").location == "/me/second-factor"


def test_signing_out_colours_and_a_first_password_work_all_the_same(app, client_of):
    operator = an_account(app, "operator@example.org", is_admin=True)
    client = client_of(operator)

    for path in ("/reset", "/reset/sent", "/verify", "/display"):
        assert client.get(path).status_code == 200, path
    assert client.submit("/reset", {"email": "operator@example.org"}).location == "/reset/sent"
    assert client.submit("/sign-out").location == "/"
    assert client.get("/").status_code == 200
    assert not is_in(client)


def test_visitors_and_what_belongs_to_a_page_are_left_alone(app, client_of):
    operator = client_of(an_account(app, "operator@example.org", is_admin=True))
    page = client_of().get("/")
    style = page.text.partition('rel="stylesheet" href="')[2].partition('"')[0]

    assert page.status_code == 200
    assert operator.get(style).status_code == 200


def test_nobody_of_the_demonstration_needs_one(strict_settings):
    app = create_app(dataclasses.replace(strict_settings, demo=True))
    app.config["PERSONAS"] = [("operator", "Olga Petrov", "Operator", "operator@example.org")]
    an_account(app, "operator@example.org", is_admin=True)
    client = Page(app.test_client())

    client.submit("/demo/sign-in/operator")

    assert client.get("/admin").status_code == 200
    app.extensions["database"].dispose()
