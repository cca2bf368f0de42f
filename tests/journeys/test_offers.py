"""Listings of three kinds from the form to the search, and what a page looks like on paper."""

import re

import pytest

from portal.kernel.policy import Role
from portal.organisations.states import OrganisationKind
from tests import build

pytestmark = pytest.mark.timeout(600)  # a busy machine is no failure
SAID = {
    "challenge": (
        {
            "title": "Hear a bearing wear out",
            "budget_minor": "25,000",
            "prize_minor": "5,000",
            "criteria": "Few alarms.",
        },
        ("Few alarms.", "€25,000", "First round"),
    ),
    "internship": (
        {"title": "Data engineer for pumps", "supervisor": "Sam Host", "supervision_hours": "3", "pay_minor": "1,450"},
        ("Sam Host, 3 hours a week", "€1,450 per month, before tax"),
    ),
    "compute": (
        {"title": "Hours on four accelerators", "accelerator": "A100 80 GB", "accelerators_per_node": "4", "gpu_hours": "120000"},
        ("4 × A100 80 GB per node", "120,000"),
    ),
}


@pytest.fixture
def company(portal):
    with portal.database() as session:
        organisation = build.an_organisation(session, "Tidewell Water", kind=OrganisationKind.COMPANY)
        return organisation, build.a_member(session, organisation, Role.POSTER, name="Helena Brandt")


def test_three_kinds_are_written_previewed_approved_and_found(portal, company, operator):
    organisation, poster = company
    owner, administrator, visitor = portal.browser_of(poster), portal.browser_of(operator), portal.browser_of()

    for kind, (fields, shown) in SAID.items():
        owner.go(f"/listings/new/{kind}")
        if kind == "challenge":
            owner.press("Add a phase", exact=False).fill(**{"phases-0-name": "First round", "phases-0-ends_on": "2028-03-31"})
        owner.fill(summary="Nine hundred pumps.", description="What we know of them.", **fields).press("Save and preview").clean()
        for text in shown:
            owner.sees(text)
        address = owner.press("Send for review").sees("In review").path
        administrator.go(address).press("Publish").sees("Open")
        visitor.finds(fields["title"].split()[0].lower(), fields["title"]).go(address).clean()

    for page, title in ((address, SAID["compute"][0]["title"]), (organisation.href, "Tidewell Water")):
        on_paper(visitor.go(page).page, title)


def on_paper(page, title):
    """Printed, it is a few pages of text: no way around the portal, and nothing to press."""
    page.emulate_media(media="print")
    assert page.get_by_role("heading", name=title, level=1).is_visible()
    assert not page.locator("header, footer, nav, .btn").locator("visible=true").count()
    paper = page.pdf()
    page.emulate_media(media="screen")
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", paper)) <= 3
    assert len(paper) > 5000
