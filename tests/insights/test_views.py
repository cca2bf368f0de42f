"""The help as anybody reads it."""

import re

import pytest

from tests import build
from tests.fixtures.axe import assert_axe_clean

PAGES = ("/help", "/help/rules", "/help/facts", "/help/operators")


@pytest.mark.parametrize("address", PAGES)
def test_help_is_open_to_everybody_and_leads_to_its_other_pages(client_of, address):
    page = client_of().get(address)

    assert page.status_code == 200
    assert page.text.count("<h1") == 1
    assert set(PAGES) <= set(re.findall(r'href="(/help[a-z/-]*)"', page.text))
    assert f'<a href="{address}" aria-current="page"' in page.text


@pytest.mark.parametrize("address", PAGES)
def test_help_asks_the_database_only_who_is_reading(client_of, db, count_statements, address):
    person = build.a_person(db)
    db.commit()
    client = client_of(person)

    with count_statements() as asked:
        client.get(address)

    assert len(asked) <= 2


def test_operators_page_shows_defaults_and_nothing_of_this_portal(client_of, settings):
    page = client_of().get("/help/operators").text

    assert "PORTAL_SECRET_KEY" in page
    assert settings.secret_key not in page
    assert settings.database_url not in page
    assert str(settings.instance) not in page


def test_help_pages_are_accessible(app, live_server, page):
    address = live_server(app)
    for path in PAGES:
        page.goto(address + path)
        assert_axe_clean(page, widths=(390,))
