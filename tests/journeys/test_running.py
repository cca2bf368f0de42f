"""Common work: each side settles what comes before the start, one judges how it goes, and more time is agreed by both leads."""

import datetime as dt

import pytest

from portal.collaborations.models import Collaboration
from portal.collaborations.queries.lists import items_of
from portal.collaborations.states import Checklist, CollaborationState, ItemKind
from portal.kernel.policy import Role
from portal.organisations.states import OrganisationKind
from tests import build

pytestmark = pytest.mark.timeout(600)  # a busy machine is no failure


def test_two_leads_set_up_judge_and_lengthen_the_work(portal):
    with portal.database() as session:
        host = build.an_organisation(session, "Tidewell Water", kind=OrganisationKind.COMPANY)
        owner = build.a_member(session, host, Role.POSTER, name="Helena Brandt")
        university = build.an_organisation(session, "Lindmoor University")
        writer = build.a_member(session, university, name="Ingrid Solheim")
        for side in (host, university):
            build.a_member(session, side, Role.OFFICER)
        work = build.a_collaboration(session, build.a_listing(session, owner, host), writer)
        at, number, until = work.href, work.id, work.ends_on + dt.timedelta(days=60)
        items = [
            (item.side_id == work.host_id, item.id, item.kind is ItemKind.KICK_OFF)
            for item in items_of(session, work, Checklist.SET_UP)
        ]
    helena, ingrid = portal.browser_of(owner), portal.browser_of(writer)

    helena.go(f"{at}/set-up").clean()
    for of_host, item, is_day in items:
        browser = helena if of_host else ingrid
        browser.go(f"/check-items/{item}/steps/settle")
        browser.fill(detail="2027-03-01" if is_day else "Done as agreed.").press("Settle")
    helena.go(f"{at}/set-up").sees("Nothing is open").press("Start the work").sees("Running").clean()

    ingrid.go(f"{at}/health").clean().page.locator("#health").select_option(label="At risk")
    ingrid.fill(text="The sensor arrives in May.").press("Judge the work")
    helena.go(at).sees("The sensor arrives in May.")

    ingrid.go(f"{at}/changes").clean().press("Ask for a change").clean()
    ingrid.fill(text="Two months more, for the second season.", until_on=until.isoformat()).press("Save the draft")
    helena.go(f"{at}/changes")
    assert "second season" not in helena.page.content()
    ingrid.press("Submit the change: More time").sees("To be assessed")
    helena.go("/work").sees("Assess a change of").go(f"{at}/changes").press("Assess the change: More time").clean()
    helena.fill(text="It costs nothing, and results come two months later.").press("Assess the change")
    helena.go(f"{at}/changes").press("Agree as", exact=False).sees("In force").clean()

    with portal.database() as session:
        done = session.get_one(Collaboration, number)
        assert (done.ends_on, done.state) == (until, CollaborationState.ACTIVE)
