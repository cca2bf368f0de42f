"""Two people write one proposal, put together what both of them changed, a partner confirms it, and it is submitted."""

import pytest

from portal.kernel.policy import Role
from portal.organisations.states import OrganisationKind
from portal.proposals.models import Proposal
from tests import build
from tests.proposals.contents import by_partner

pytestmark = pytest.mark.timeout(600)  # a busy machine is no failure


def test_two_people_write_and_a_partner_confirms_before_it_goes_out(portal):
    with portal.database() as session:
        host = build.an_organisation(session, "Tidewell Water", kind=OrganisationKind.COMPANY)
        listing = build.a_listing(session, build.a_member(session, host, Role.POSTER, name="Helena Brandt"), host)
        writer = build.a_member(session, build.an_organisation(session, "Lindmoor University"), name="Ingrid Solheim")
        other = build.a_member(session, build.an_organisation(session, "Hallam University"), name="Amara Okafor")
        draft = build.a_proposal(session, listing, writer, **by_partner())
        at, number, address = draft.href, draft.id, other.email
    ingrid, amara = portal.browser_of(writer), portal.browser_of(other)

    ingrid.go(f"{at}/team").clean().fill(email=address).press("Send the invitation").sees(f"{address} is invited.")
    amara.go(portal.link_sent_to(address)).clean().press("Accept").press("Open the proposal").press("Go on writing").clean()

    ingrid.go(f"{at}/edit/summary").fill(summary="Pumps are heard before they fail.")
    amara.fill(summary="Pumps are seen before they fail.").press("Save and leave")
    ingrid.press("Save and leave").sees("Nothing is lost").clean()
    ingrid.choose("the text below").fill(**{"both-1": "Pumps are heard and seen before they fail."}).press("Save what I chose")
    ingrid.sees("Pumps are heard and seen before they fail.")

    ingrid.go(f"{at}/team").press("Name Hallam University as a partner, led by Amara Okafor").press("Ask them to confirm").clean()
    ingrid.sees("Waits for Amara Okafor").go(f"{at}/edit/check").sees("Every partner has to confirm exactly this text first")
    amara.go("/work").sees("Confirm for your organisation").press("Read and confirm", exact=False).clean()
    amara.press("Confirm exactly this").sees("Confirmed")
    ingrid.go(f"{at}/edit/check").clean().press("Submit the proposal").sees("Waiting for Helena Brandt")

    with portal.database() as session:
        assert session.get_one(Proposal, number).number == 1
