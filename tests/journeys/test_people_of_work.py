"""A lead invites a guest, who takes part and sees no more than a guest does; then a colleague takes the lead over."""

import datetime as dt

import pytest

from portal.collaborations.states import CollaborationState
from portal.collaborations.workflow import COLLABORATION_FLOW
from portal.kernel import clock
from portal.organisations.models import Organisation
from tests import build

pytestmark = pytest.mark.timeout(600)  # a busy machine is no failure


def test_a_guest_comes_and_the_lead_changes(portal):
    with portal.database() as session:
        work = build.a_collaboration(session)
        lead = work.host_lead
        build.walk(session, COLLABORATION_FLOW, work, CollaborationState.ACTIVE, by=build.actor_of(session, lead))
        guest = build.a_member(session, build.an_organisation(session, "Hallam University"), name="Amara Okafor")
        successor = build.a_member(session, session.get_one(Organisation, work.host_id), name="Sunniva Dahl")
        at, address, colleague = work.href, guest.email, successor.email
    day = (clock.today() + dt.timedelta(days=60)).isoformat()
    host = portal.browser_of(lead)

    host.go(f"{at}/people").clean().press("Invite a guest").clean()
    host.fill(email=address, role="Runs the wind tunnel", reason="Only they have one.", last_on=day).press("Send the invitation")
    host.sees("The guest is invited.").clean()

    amara = portal.browser_of(guest)
    amara.go(portal.link_sent_to(address)).clean().sees("Only they have one.").press("Accept").sees(
        "Deliverables accepted"
    ).clean()
    amara.sees("Messages")
    assert "Asked from the host" not in amara.page.content()

    host.go(f"{at}/people").press("Hand over the lead").clean()
    host.fill(email=colleague, text="I retire in spring.").press("Ask them").sees("Until they accept, nothing changes.")
    sunniva = portal.browser_of(successor)
    sunniva.go("/work").sees("Say whether you take over the lead of").press("Open it", exact=False).clean()
    sunniva.sees("I retire in spring.").press("Take over the lead").go(f"{at}/people").sees("Who led before").clean()
