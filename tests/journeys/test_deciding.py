"""An owner passes an interest on, screens a proposal before its merit, holds the decision and tells it with the others."""

import pytest

from portal.kernel.policy import Role
from portal.organisations.states import OrganisationKind
from portal.proposals.models import Proposal
from portal.proposals.states import InterestState, ProposalState
from tests import build

pytestmark = pytest.mark.timeout(600)  # a busy machine is no failure


def test_an_interest_is_passed_on_and_a_decision_is_held(portal):
    with portal.database() as session:
        host = build.an_organisation(session, "Tidewell Water", kind=OrganisationKind.COMPANY)
        owner = build.a_member(session, host, Role.POSTER, name="Helena Brandt")
        build.a_member(session, host, Role.OFFICER)
        university = build.an_organisation(session, "Lindmoor University")
        writer = build.a_member(session, university, name="Ingrid Solheim")
        build.a_member(session, university, Role.OFFICER)
        listing, better = (build.a_listing(session, owner, host, title=title) for title in ("Hear pumps", "See pumps"))
        interest = build.an_interest(session, listing, writer, state=InterestState.SENT)
        proposal = build.a_proposal(session, listing, writer, state=ProposalState.SUBMITTED)
        asked, sent, there, number, where = interest.href, proposal.href, listing.href, proposal.id, better.reference
    helena, ingrid = portal.browser_of(owner), portal.browser_of(writer)

    helena.go(asked).clean().press("Pass on").clean()
    helena.choose("Another listing").fill(target=where, text="Cameras fit you better.").press("Pass on")
    ingrid.go(asked).sees("Cameras fit you better.").clean().press("See pumps", exact=False)
    assert ingrid.path.endswith(where)

    helena.go(sent).clean().press("Eligible and complete: start the review").sees("In review")
    helena.page.get_by_label("Decline", exact=True).check()
    helena.page.get_by_label("Main reason, if you decline").select_option(index=1)
    helena.fill(text="Not this year.").press("Hold it, to be told with others").sees("Held: Decline").clean()
    ingrid.go(sent)
    assert "Not this year." not in ingrid.page.content()
    helena.go(f"{there}/decisions").clean().press("Release all").sees("1 decision was told.")
    ingrid.go(sent).sees("Not this year.").clean()

    with portal.database() as session:
        assert session.get_one(Proposal, number).state is ProposalState.DECLINED
