"""Somebody searches without a mouse: typed filters, how they were read, why one is there, two side by side, a search to keep."""

import re

import pytest
from playwright.sync_api import expect

from portal.listings.states import Kind
from portal.search.indexing import rebuild, rebuild_all
from tests import build
from tests.search.finding import tell

pytestmark = pytest.mark.timeout(600)  # a whole journey; a busy machine is no failure
MOST_TABS = 150


def reach(page, name, role):
    """Go from one thing to the next until the one called so has the focus."""
    wanted = page.get_by_role(role, name=name).first if role else page.get_by_text(name).first
    for _ in range(MOST_TABS):
        if wanted.evaluate("node => (node.closest('summary') ?? node) === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{name} cannot be reached")


def test_tabs_and_names_with_the_keyboard_alone(portal):
    with portal.database() as session:
        reader, found = build.a_person(session, "Mei Tan"), build.a_person(session, "Ingrid Bearingson")
        build.an_organisation(session, "Bearing Works")
        session.commit()
        tell(session, found, expertise="Bearings", headline="Listens to bearings")
    rebuild_all(portal.app.extensions["database"], portal.app.extensions["shelves"])
    mei = portal.browser_of(reader).go("/search")
    page = mei.page

    reach(page, "Search for", "combobox")
    page.keyboard.type("bearings")
    page.keyboard.press("Enter")
    mei.sees("No open listing uses all of these words").sees("Found on other tabs").clean()
    reach(page, "People 1", "link")
    page.keyboard.press("Enter")
    mei.sees("1 result").sees("Ingrid Bearingson").clean()
    reach(page, "Bearings 1", "checkbox")
    page.keyboard.press("Space")
    expect(page.get_by_role("link", name="Bearings , remove filter")).to_be_visible()
    assert "in=people" in page.url and "skill=Bearings" in page.url

    mei.go("/search")
    reach(page, "Search for", "combobox")
    expect(page.get_by_role("option", name="bearings").first).to_be_visible()
    page.keyboard.type("bearing w")
    expect(page.get_by_role("option", name="Bearing Works")).to_be_visible()
    mei.clean()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    mei.sees("Bearing Works")
    assert "/organisations/" in page.url

    mei.go("/searches").sees("Lately looked for").clean()
    reach(page, "Forget all of it", "button")
    page.keyboard.press("Enter")
    mei.sees("What you looked for lately is forgotten.")


def test_searching_with_the_keyboard_alone(portal):
    with portal.database() as session:
        reader = build.a_person(session, "Mei Tan")
        for title in ("Bearings that warn", "Bearings that heal"):
            build.a_listing(session, kind=Kind.PROJECT, title=title, skills=["Acoustics"])
        build.a_listing(session, title="Bearings for a challenge")
    rebuild(portal.app.extensions["database"], portal.app.extensions["index"], portal.app.extensions["searched"])
    mei = portal.browser_of(reader).go("/search")
    page = mei.page

    reach(page, "Search for", "searchbox" if page.get_by_role("searchbox", name="Search for").count() else "combobox")
    page.keyboard.type('bearings OR hoses kind:project skill:acoustics -"dark matter"')
    page.keyboard.press("Enter")
    mei.sees("2 results").sees("“bearings” or “hoses”").sees("“dark matter”, side by side").clean()
    expect(page.get_by_role("link", name="Acoustics , remove filter")).to_be_visible()

    reach(page, "Why this result", None)
    page.keyboard.press("Enter")
    mei.sees("found in: title")

    for title in ("Bearings that warn", "Bearings that heal"):
        reach(page, title, "checkbox")
        page.keyboard.press("Space")
    reach(page, "Compare what is ticked", "button")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/compare"))
    mei.sees("Listings side by side").sees("Bearings that warn").sees("Bearings that heal").clean()

    page.go_back()
    reach(page, "Save this search", "button")
    page.keyboard.press("Enter")
    mei.sees("Saved. You are told at most once a day")
