"""Before something weighty, people show again that it is them, and come back to where they were."""

import datetime as dt

import pytest

from portal.kernel import clock
from tests.accounts.steps import PASSWORD, an_account, is_in, sign_in

LATER = dt.timedelta(minutes=16)


@pytest.fixture
def stale(ada, client_of, frozen):
    """Ada's browser, in which she signed in 16 minutes ago, and another one of hers."""
    client, elsewhere = client_of(), client_of()
    sign_in(elsewhere)
    sign_in(client)
    with clock.at(frozen + LATER):
        yield client, elsewhere


@pytest.fixture
def operator(app, client_of, frozen):
    """A browser in which an administrator of the portal signed in 16 minutes ago."""
    client = client_of(an_account(app, "operator@example.org", PASSWORD, is_admin=True))
    with clock.at(frozen + LATER):
        yield client


@pytest.mark.parametrize("path", ["/me/password", "/me/second-factor"])
def test_weighty_pages_come_after_the_password(stale, path):
    client, _ = stale

    assert client.get(path).location == f"/verify?next={path}"
    assert client.submit("/verify", {"password": PASSWORD, "next": path}).location == path
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", ["/me/password", "/me/sessions/1/end", "/me/sessions/end-others", "/me/second-factor"])
def test_weighty_forms_sent_too_late_change_nothing(stale, path):
    client, elsewhere = stale

    answer = client.submit(path, {"current": PASSWORD, "password": "nine loud magpies"})

    assert (answer.status_code, answer.location) == (303, "/verify?next=/me/security")
    assert "Nothing was changed" in client.get(answer.location).text
    assert is_in(elsewhere)


def test_after_the_password_one_is_back_on_the_page_the_form_was_on(stale):
    client, elsewhere = stale

    sent_away = client.submit("/me/sessions/end-others", headers={"Referer": "http://localhost/me/sessions?page=2"})
    back = client.submit("/verify", {"password": PASSWORD, "next": "/me/sessions?page=2"})

    assert sent_away.location == "/verify?next=/me/sessions?page%3D2"
    assert back.location == "/me/sessions?page=2"
    assert client.submit("/me/sessions/end-others").location == "/me/sessions"
    assert not is_in(elsewhere)


@pytest.mark.parametrize(
    "page", ["http://evil.example/me", "//evil.example", "http://localhost//evil.example", "javascript:alert(1)", "x" * 9000]
)
def test_no_page_named_by_others_is_come_back_to(stale, page):
    client, _ = stale

    answer = client.submit("/me/sessions/end-others", headers={"Referer": page})

    assert answer.location == "/verify?next=/me/security"


def test_administrators_read_as_before_and_change_after_the_password(operator):
    path = "/admin/dead-letters/1/retry"

    assert operator.get("/admin").status_code == 200
    assert (
        operator.submit(path, headers={"Referer": "http://localhost/admin/machinery"}).location == "/verify?next=/admin/machinery"
    )
    step = "/organisations/lindmoor/steps/verify"
    assert operator.submit(step, headers={"Referer": "http://localhost/admin"}).location == "/verify?next=/admin"
    operator.submit("/verify", {"password": PASSWORD})
    assert [operator.submit(each).status_code for each in (path, step)] == [404, 404]  # there is no such thing


def test_for_everybody_else_the_administrators_addresses_stay_missing(stale, client_of):
    client, _ = stale

    assert client.submit("/admin/dead-letters/1/retry").status_code == 404
    assert client_of().submit("/admin/dead-letters/1/retry").location == "/sign-in"
