"""Typing, leaving and coming back, in a real browser."""

import pytest

from portal.kernel.policy import Role
from portal.listings.models import Field, Skill
from portal.listings.queries import FORD
from tests import build
from tests.journeys.conftest import portal  # noqa: F401

pytestmark = pytest.mark.timeout(300)
NEW = "/listings/new/internship"


def test_typing_leaving_and_coming_back(portal):  # noqa: F811
    with portal.database() as session:
        organisation = build.an_organisation(session, "Tidewell Water")
        owner = build.a_member(session, organisation, Role.POSTER, name="Helena Brandt")
        session.add(Skill(scheme="esco", code="1", label="pump repair"))
        session.add_all(Field(scheme=FORD, code=code, label=label) for code, label in (("1", "Natural"), ("1.3", "Acoustics")))
    first = portal.browser_of(owner)

    first.go(NEW).fill(title="Listen to pumps", summary="Two summers.")
    first.sees("Draft kept").clean()
    first.fill(summary="Two summers at the sea.")
    first.go("/")  # at once: the last words go along
    first.go("/listings").sees("You began these").clean().press("Listen to pumps").sees("You had not saved this").clean()
    assert first.page.locator("#summary").input_value() == "Two summers at the sea."

    finder = first.page.get_by_role("combobox", name="Find a skill")
    finder.type("pum")
    first.sees("pump repair")
    finder.press("ArrowDown")
    first.clean()
    finder.press("Enter")
    finder.type("PUMP rep")
    first.page.get_by_role("option", name="pump repair").click()
    assert first.page.locator("#skills").input_value() == "pump repair"
    first.page.get_by_role("combobox", name="Find a field of research").type("acou")
    first.sees("Acoustics").page.keyboard.press("ArrowDown")
    first.page.keyboard.press("Enter")
    assert first.page.locator("[name=fields][value='1.3']").is_checked()
    assert first.page.url.endswith(NEW)

    first.fill(title="Listen to forty pumps").press("Save as draft").sees("is saved")
    assert first.go(NEW).page.locator("#title").input_value() == ""
    first.go("/listings")
    assert first.page.get_by_text("You began these").count() == 0

    first.go(NEW).page.context.clear_cookies()
    first.fill(title="Signed out in another window").sees("Not kept")


def test_without_scripts_a_draft_is_a_button(portal):  # noqa: F811
    with portal.database() as session:
        owner = build.a_member(session, build.an_organisation(session), Role.POSTER)
    browser = portal.browser_of(owner, java_script_enabled=False)

    browser.go(NEW).fill(title="By hand").press("Save as draft").sees("By hand")
