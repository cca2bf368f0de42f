"""Screening apart from merit, conditions confirmed one by one, the reserve list, and proposals that are passed on."""

import datetime as dt
import html

import pytest
from sqlalchemy import select

from portal.approvals.models import Approval
from portal.kernel import clock
from portal.kernel.errors import Forbidden, Invalid, Refused
from portal.kernel.policy import SYSTEM_ACTOR
from portal.listings.states import Intake
from portal.proposals.actions import confirm_condition, lapse_due
from portal.proposals.inputs import Acceptance, Conditional, Reserve, Screened
from portal.proposals.states import DeclineCode, ProposalState, Screening
from portal.proposals.workflow import PROPOSAL_FLOW
from tests.build import GIVEN, a_listing, a_proposal, actor_of, facts

S = ProposalState


@pytest.fixture
def database_url(sqlite_url):
    """One system is enough: the statements are plain."""
    return sqlite_url


def people_of(session, proposal):
    return actor_of(session, proposal.listing.owner), actor_of(session, proposal.author)


def perform(session, proposal, action, actor, given=None):
    PROPOSAL_FLOW.perform(session, proposal, action, actor=actor, given=given)


def test_merit_is_decided_only_after_the_screening(session):
    proposal = a_proposal(session, state=S.SUBMITTED)
    owner, _author = people_of(session, proposal)
    for action in ("accept", "accept_conditionally", "reserve", "redirect", "decline", "ask_changes"):
        with pytest.raises(Refused):
            perform(session, proposal, action, owner, GIVEN["Reason"])

    perform(session, proposal, "take_up", owner)

    assert (proposal.state, proposal.screening) == (S.IN_REVIEW, Screening.PASSED)
    for action in ("incomplete", "ineligible"):
        with pytest.raises(Refused):
            perform(session, proposal, action, owner, Screened("Too late."))


def test_who_is_screened_out_reads_the_reason_and_not_the_other_sides_remark(case, client_of):
    proposal = case.proposal()
    owner = client_of(case.people["owner"])
    answers = {"text": "Only universities of this country.", "note": "Again this group.", "version": proposal.version}

    assert owner.submit(f"{proposal.href}/steps/ineligible", answers | {"text": ""}).status_code == 422
    assert owner.submit(f"{proposal.href}/steps/ineligible", answers).status_code == 303

    assert case.look(proposal, lambda p: (p.state, p.screening, p.decline_code, p.decision_note)) == (
        S.DECLINED,
        Screening.INELIGIBLE,
        DeclineCode.ELIGIBILITY,
        "",
    )
    for name in ("author", "partner officer", "owner", "host officer"):
        page = client_of(case.people[name]).get(proposal.href).text
        assert "Not eligible" in page and "Only universities of this country." in page
        assert (name, "Again this group." in page) == (name, name in ("owner", "host officer"))


def test_what_was_not_complete_is_screened_again(session):
    proposal = a_proposal(session, state=S.SUBMITTED)
    owner, author = people_of(session, proposal)
    perform(session, proposal, "incomplete", owner, Screened("The budget lacks travel.", "Third time."))
    assert (proposal.state, proposal.screening_note) == (S.REVISION_REQUESTED, "Third time.")

    proposal.draft = proposal.draft | {"team": "Now with names."}
    perform(session, proposal, "submit", author)

    assert (proposal.state, proposal.screening, proposal.screening_text, proposal.screening_note) == (S.SUBMITTED, None, "", "")


def test_approvals_open_when_each_condition_is_confirmed_by_the_author(session):
    proposal = a_proposal(session, state=S.IN_REVIEW)
    owner, author = people_of(session, proposal)
    perform(session, proposal, "accept_conditionally", owner, Conditional("Name a steward.\n\nStart in March.\nName a steward."))
    assert [each["text"] for each in proposal.conditions] == ["Name a steward.", "Start in March."]
    with pytest.raises(Forbidden):
        confirm_condition(session, proposal, 1, actor=owner)
    for place in (0, 3):
        with pytest.raises(Refused):
            confirm_condition(session, proposal, place, actor=author)

    confirm_condition(session, proposal, 2, actor=author)
    confirm_condition(session, proposal, 2, actor=author)
    with pytest.raises(Refused, match="not confirmed every condition"):
        perform(session, proposal, "agree", SYSTEM_ACTOR)
    assert (proposal.state, session.scalars(select(Approval)).all()) == (S.CONDITIONAL, [])
    confirm_condition(session, proposal, 1, actor=author)

    slots = session.scalars(select(Approval)).all()
    assert proposal.state is S.IN_APPROVAL
    assert {(slot.requester_id, slot.counterpart_id) for slot in slots} == {(author.id, owner.id)}
    assert facts(session, proposal)[-4:] == [
        "proposal.decided",
        "proposal.condition_confirmed",
        "proposal.condition_confirmed",
        "proposal.conditions_met",
    ]


def test_an_objection_gives_the_owner_the_decision_again(case, client_of):
    proposal = case.proposal(S.IN_REVIEW)
    author, owner = client_of(case.people["author"]), client_of(case.people["owner"])
    decision = {"action": "accept_conditionally", "conditions": "Start in March.", "version": proposal.version}
    assert owner.submit(f"{proposal.href}/decision", decision | {"conditions": " \n "}).status_code == 422
    assert owner.submit(f"{proposal.href}/decision", decision).status_code == 303
    assert "Start in March." in author.get(proposal.href).text
    assert author.submit(f"{proposal.href}/conditions/1", {"of": "7"}).status_code == 409
    assert owner.submit(f"{proposal.href}/conditions/1", {"of": "1"}).status_code == 404

    assert author.submit(f"{proposal.href}/steps/object", {"text": "March is too soon."}).status_code == 303

    assert case.look(proposal, lambda p: p.state) is S.IN_REVIEW
    page = owner.get(proposal.href).text
    assert "March is too soon." in page and "Send decision" in page
    case.step(proposal, "accept", "owner", Acceptance())
    assert case.look(proposal, lambda p: (p.state, p.conditions)) == (S.IN_APPROVAL, [])


def test_a_place_on_the_reserve_list_is_one_proposals_and_ends_on_its_day(session, frozen):
    listing = a_listing(session)
    first, second = (a_proposal(session, listing, state=S.IN_REVIEW, author=None) for _ in range(2))
    owner, _author = people_of(session, first)
    until = clock.today() + dt.timedelta(days=10)
    perform(session, first, "reserve", owner, Reserve("1", until.isoformat(), "Perhaps."))
    with pytest.raises(Invalid, match="Another proposal has this place"), session.begin_nested():
        perform(session, second, "reserve", owner, Reserve(1, until, "Perhaps."))
    with pytest.raises(Invalid):
        Reserve(1, clock.today() - dt.timedelta(days=1), "Perhaps.")

    with clock.at(frozen + dt.timedelta(days=10, hours=10)):
        lapse_due(session)
        assert first.state is S.RESERVED
    with clock.at(frozen + dt.timedelta(days=11)):
        lapse_due(session)

    assert (first.state, first.decision_note) == (S.LAPSED, "Perhaps.")
    assert facts(session, first)[-1] == "proposal.lapsed"


def test_from_the_reserve_list_it_is_still_accepted(session):
    proposal = a_proposal(session, state=S.RESERVED)
    owner, _author = people_of(session, proposal)

    perform(session, proposal, "accept", owner, Acceptance())

    assert (proposal.state, proposal.reserve_rank) == (S.IN_APPROVAL, None)


@pytest.mark.parametrize(("intake", "goes_on"), [(Intake.PROPOSAL, "/edit/summary"), (Intake.INTEREST, "/interest")])
def test_who_is_passed_on_takes_the_text_along_as_far_as_the_other_listing_lets_them(intake, goes_on, case, client_of):
    proposal = case.proposal(S.IN_REVIEW)
    better = case.listing(intake=intake, title="Quieter pumps")
    decision = {"action": "redirect", "to": "listing", "target": better.reference, "text": "There.", "version": proposal.version}
    owner, author = client_of(case.people["owner"]), client_of(case.people["author"])
    wrong = owner.submit(f"{proposal.href}/decision", decision | {"target": "CH-9999"})
    assert (wrong.status_code, "Enter the reference of another listing" in wrong.text) == (422, True)
    assert owner.submit(f"{proposal.href}/decision", decision).status_code == 303
    assert "Quieter pumps" in html.unescape(author.get(proposal.href).text)

    carried = author.submit(f"{proposal.href}/carry")

    assert carried.location.endswith(goes_on)
    assert "We learn the normal state" in author.get(carried.location).text
    assert author.submit(f"{proposal.href}/carry").status_code == 303
