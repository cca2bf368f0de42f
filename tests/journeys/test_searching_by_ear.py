"""What a screen reader is told of the search: its parts in an order that makes sense, each with a name."""

import pytest
from playwright.sync_api import expect

from portal.listings.states import Kind
from portal.search.indexing import rebuild
from tests import build

pytestmark = pytest.mark.timeout(600)  # a whole journey; a busy machine is no failure

RESULTS = """
- main:
  - heading "Search" [level=1]
  - search "Search the portal":
    - combobox "Search for": bearings
    - button "Search"
    - navigation "Kind of result":
      - list:
        - listitem:
          - link "All listings 2"
        - listitem:
          - link "Research projects 2"
    - complementary "Filters":
      - group "Skill":
        - checkbox "Acoustics 2"
      - group "Closes within":
        - radio "Any time" [checked]
    - region "2 results":
      - status:
        - heading "2 results" [level=2]
      - paragraph: "Every result holds: “bearings”"
      - combobox "Sort by":
        - option "Best match" [selected]
      - list:
        - listitem:
          - article:
            - heading "Bearings that heal" [level=3]:
              - link "Bearings that heal"
          - checkbox /Compare.* Bearings that heal/
        - listitem:
          - article:
            - heading "Bearings that warn" [level=3]
      - button "Compare what is ticked"
      - paragraph:
        - link "feed of what is new (Atom)"
"""
SUGGESTED = """
- search "Search the portal":
  - combobox "Search for" [expanded]: beari
  - listbox "Search for":
    - option "Bearings that heal"
    - option "Bearings that warn"
"""
NOTHING = """
- region "0 results":
  - status:
    - heading "0 results" [level=2]
  - heading "Nothing matches “zeppelin”" [level=2]
  - paragraph: No open listing uses all of these words. Try fewer or other words.
  - link "See all open listings"
"""


@pytest.fixture
def page(portal):
    with portal.database() as session:
        for title in ("Bearings that warn", "Bearings that heal"):
            build.a_listing(session, kind=Kind.PROJECT, title=title, skills=["Acoustics"])
    rebuild(portal.app.extensions["database"], portal.app.extensions["index"], portal.app.extensions["searched"])
    return portal.browser_of().go("/search?q=bearings").page


def test_results_are_told_in_order_with_their_names(page):
    expect(page.locator("body")).to_match_aria_snapshot(RESULTS)


def test_suggestions_are_a_list_of_options(page):
    box = page.get_by_role("combobox", name="Search for")
    box.fill("")
    box.press_sequentially("beari")
    expect(page.get_by_role("option").first).to_be_visible()
    expect(page.get_by_role("search")).to_match_aria_snapshot(SUGGESTED)

    box.press("ArrowDown")

    active = box.get_attribute("aria-activedescendant")
    expect(page.locator(f"#{active}")).to_have_attribute("aria-selected", "true")


def test_nothing_found_is_said(page):
    page.goto(page.url.replace("bearings", "zeppelin"))

    expect(page.locator("main")).to_match_aria_snapshot(NOTHING)
