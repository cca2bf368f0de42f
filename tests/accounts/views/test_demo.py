"""One click, and only where the whole portal is a demonstration."""

import dataclasses
import datetime as dt

import pytest

from portal.kernel import clock
from tests.accounts.steps import an_account, is_in, kinds, sign_in

PERSONAS = [
    ("professor", "Ada Fenwick", "Professor, Fjorden University", "ada@example.org"),
    ("ghost", "Nobody Atall", "Nowhere", "nobody@example.org"),
]


@pytest.fixture
def demo_settings(settings):
    """As the demonstration runs."""
    return dataclasses.replace(settings, demo=True)


@pytest.fixture
def demo(demo_settings):
    """A demonstration with one person, and one who is not there."""
    from portal.app import create_app
    from tests.fixtures.portal import Page

    app = create_app(demo_settings)
    app.config["PERSONAS"] = PERSONAS
    an_account(app, "ada@example.org")
    yield Page(app.test_client())
    app.extensions["database"].dispose()


def test_everybody_one_can_be_stands_on_both_pages(demo):
    for path in ("/sign-in", "/demo"):
        page = demo.get(path)
        assert page.status_code == 200
        assert "Professor, Fjorden University" in page.text
        assert 'action="/demo/sign-in/professor"' in page.text


def test_one_click_signs_in_and_leads_where_one_was_going(demo):
    answer = demo.submit("/demo/sign-in/professor", {"next": "/me/sessions"})

    assert (answer.status_code, answer.location) == (303, "/me/sessions")
    assert is_in(demo)
    assert kinds(demo.application)[-1] == "account.signed_in"


def test_nobody_else_can_be_had_by_a_click(demo):
    for slug in ("ghost", "administrator", "x" * 5000, "%00"):
        assert demo.submit(f"/demo/sign-in/{slug}").status_code == 404
    assert demo.post("/demo/sign-in/professor").status_code == 400
    assert demo.get("/demo/sign-in/professor").status_code == 405


def test_outside_the_demonstration_there_is_no_such_thing(app, ada, client_of):
    app.config["PERSONAS"] = PERSONAS
    client = client_of()

    assert client.get("/demo").status_code == 404
    assert client.submit("/demo/sign-in/professor").status_code == 404
    assert "Fjorden" not in client.get("/sign-in").text
    assert sign_in(client, password="").status_code == 422


def test_people_without_a_password_show_who_they_are_by_one_click(demo, frozen):
    demo.submit("/demo/sign-in/professor")

    with clock.at(frozen + dt.timedelta(minutes=16)):
        asked = demo.get("/me/second-factor")
        page = demo.get(asked.location)
        answer = demo.submit("/demo/sign-in/professor", {"next": "/me/second-factor"})

        assert 'action="/demo/sign-in/professor"' in page.text
        assert 'name="next" value="/me/second-factor"' in page.text
        assert answer.location == "/me/second-factor"
        assert demo.get(answer.location).status_code == 200
