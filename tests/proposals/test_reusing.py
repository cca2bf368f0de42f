"""Writing on what one wrote before: for another listing, and again after a withdrawal."""

import pytest

from portal.kernel.errors import Invalid
from portal.proposals.actions import begin_proposal
from portal.proposals.inputs import Content, Partner
from portal.proposals.states import ProposalState
from tests import build
from tests.proposals.conftest import SUMMARY


def test_the_text_of_an_earlier_proposal_begins_one_for_another_listing(session):
    earlier = build.a_proposal(session, state=ProposalState.SUBMITTED)
    actor = build.actor_of(session, earlier.author)
    earlier.draft = build.content(partners=[Partner("Mine", "P1"), Partner(earlier.host.name, "P2")]).to_json()
    same, other = (build.a_listing(session, currency=currency) for currency in ("EUR", "USD"))

    begun = begin_proposal(session, same, actor=actor, reuse=earlier.id)
    text = begun.written
    assert (text.summary, text.lines) == (SUMMARY, build.content().lines)
    assert [partner.name for partner in text.partners] == ["Mine", begun.host.name]
    assert (begun.number, begun.state) == (0, ProposalState.DRAFT)

    abroad = Content.from_json(begin_proposal(session, other, actor=actor, reuse=earlier.id).draft)
    assert (abroad.currency, abroad.summary, tuple(abroad.lines)) == ("USD", SUMMARY, ())


def test_nobody_begins_with_the_text_of_others(session):
    theirs = build.a_proposal(session)
    actor = build.actor_of(session, build.a_member(session, build.an_organisation(session)))

    for number in (theirs.id, 999_999):
        with pytest.raises(Invalid, match="your own"):
            begin_proposal(session, build.a_listing(session), actor=actor, reuse=number)


def test_what_was_withdrawn_begins_again_while_the_listing_is_open(case, client_of):
    proposal = case.withdrawn()
    author = client_of(case.people["author"])

    page = author.get(proposal.href).text
    assert "Begin again with this text" in page
    assert "Begin again" not in client_of(case.people["partner officer"]).get(proposal.href).text
    door = author.get(f"{proposal.listing}/propose").text
    assert proposal.reference in door
    again = author.submit(f"{proposal.listing}/propose", {"reuse": ""})
    assert SUMMARY in author.get(again.location).text
    refused = author.submit(f"{case.listing().href}/propose", {"reuse": "77777"})
    assert refused.status_code == 422
    assert "Choose one of your own proposals." in refused.text
