"""A lead notes a meeting with minutes and what was agreed; the partner does it from My work, objects once, and confirms."""

import datetime as dt

import pytest

from portal.collaborations.states import CollaborationState
from portal.collaborations.workflow import COLLABORATION_FLOW
from portal.kernel import clock
from tests import build

pytestmark = pytest.mark.timeout(600)  # a busy machine is no failure


def test_a_meeting_from_the_call_to_confirmed_minutes(portal):
    with portal.database() as session:
        work = build.a_collaboration(session)
        lead, partner_lead, at = work.host_lead, work.partner_lead, work.href
        build.walk(session, COLLABORATION_FLOW, work, CollaborationState.ACTIVE, by=build.actor_of(session, lead))
    yesterday, soon = ((clock.today() + dt.timedelta(days=days)).isoformat() for days in (-1, 9))
    host, partner = portal.browser_of(lead), portal.browser_of(partner_lead)

    host.go(f"{at}/meetings").clean().press("Call a meeting").clean()
    host.fill(title="Kick-off", on=yesterday, at="10:00", place="Room 4", agenda="1. Who does what").press("Call it")
    host.sees("The meeting is called.").clean().press("Kick-off").clean().press("Write the minutes").clean()
    host.fill(minutes="We **met** and agreed.", decisions="- We go on.").press("Keep this version")
    host.sees("The other side confirms them.").press("Note what was agreed").clean()
    host.page.get_by_label("By whom").select_option(label=partner_lead.name)
    host.fill(title="Send the data", due_on=soon).press("Note it").sees("Send the data").clean()

    partner.go("/work").sees("Do what was agreed:").clean()
    partner.page.get_by_role("button", name="Done").first.click()
    partner.sees("Done: Done, Send the data").sees("Confirm the minutes of").press("Read them", exact=False).clean()
    partner.press("Object to the minutes").clean().fill(text="It was the other pump.").press("Object to the minutes")
    partner.sees("Minutes objected to").sees("It was the other pump.").clean()

    host.go("/work").sees("Answer the objection to the minutes of").press("Read it", exact=False).clean()
    host.press("Correct the minutes").fill(minutes="We **met** at the other pump.").press("Keep this version").clean()
    partner.go("/work").press("Read them", exact=False).clean()
    partner.press("Confirm the minutes").sees("Minutes confirmed").clean()
    partner.go(f"{at}/history").sees("to: Minutes objected to").clean()
