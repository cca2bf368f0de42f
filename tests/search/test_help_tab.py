"""The help is found by its words, leads to the part of the page, and follows the portal it comes with."""

import pytest
from click.testing import CliRunner

from portal.search.cli import search
from portal.search.indexing import ensure_all
from tests.search.finding import behind, tabs, titles


@pytest.mark.parametrize(
    ("words", "title", "address"),
    [
        ("withdraw proposal", "Steps: proposal", "/help#proposal"),
        ("search_backend", "search_backend", "/help/operators#setting-search_backend"),
        ("index anew", "portal search rebuild", "/help/operators#commands"),
        ("COLLEAGUE", "Rules of people", "/help/rules#people"),
        ("erased account", "The account of … was erased", "/help/facts"),
    ],
)
def test_the_help_is_found_by_everybody(client_of, take_in, words, title, address):
    take_in()
    page = client_of().get("/search", query_string={"in": "help", "q": words})

    assert title in titles(page)
    assert f'href="{address}"' in page.text
    assert tabs(page)["Help"] == tabs(client_of().get("/search", query_string={"q": words}))["Help"] > 0


def test_every_part_of_it_leads_to_what_is_on_the_page(client_of, app):
    help_part = next(each for each in app.extensions["shelves"] if each.name == "help").indexed
    pages = {}
    for row in help_part.rows(None, None, list(help_part.all_ids(None)), lambda text, _most, _number: text):
        path, _, anchor = row["href"].partition("#")
        page = pages.setdefault(path, client_of().get(path).text)
        assert not anchor or f'id="{anchor}"' in page


def test_an_upgrade_that_changes_the_help_changes_what_is_found(app, db, take_in):
    take_in()
    shelf = next(each for each in app.extensions["shelves"] if each.name == "help")
    shelf.index.delete([1])
    assert behind(app) == ["help"]

    ensure_all(app.extensions["database"], app.extensions["shelves"])
    assert behind(app) == []
    assert "help: " in CliRunner().invoke(search, ["check"], obj=lambda: app).output
