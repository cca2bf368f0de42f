"""Whose hands claims, reports and outcomes are in: on the list of what one waits for, and on the collaboration itself."""

import datetime as dt
import html

import pytest
from sqlalchemy import text

from portal.accounts.models import User
from portal.board.queries.awaited import _awaited_by, awaited_by
from portal.collaborations.queries import pending_of
from portal.collaborations.states import ClaimState, CollaborationState, OutcomeState, ReportState
from portal.collaborations.workflow import COLLABORATION_FLOW
from portal.kernel import clock
from portal.kernel.policy import Role
from portal.organisations.models import Organisation
from portal.organisations.queries import holders_of
from tests.build import a_collaboration, a_member, actor_of, walk
from tests.collaborations.make import a_claim, a_report
from tests.collaborations.make_papers import an_outcome
from tests.collaborations.make_people import a_team_member


@pytest.fixture
def running(db):
    """A running collaboration of which nothing is owed soon, and its leads as actors."""
    collaboration = a_collaboration(db)
    host = actor_of(db, collaboration.host_lead)
    walk(db, COLLABORATION_FLOW, collaboration, CollaborationState.ACTIVE, by=host)
    for deliverable in collaboration.deliverables:
        deliverable.due_on = clock.today() + dt.timedelta(days=200)
    return collaboration, host, actor_of(db, collaboration.partner_lead)


def told(session, actor):
    return [(one.kind, one.holder, one.href) for one in awaited_by(session, actor)]


@pytest.mark.parametrize(
    "state, kind, holder",
    [
        (ClaimState.SUBMITTED, "claim_check", "lead"),
        (ClaimState.TECHNICAL_CHECK, "claim_check", "office"),
        (ClaimState.FINANCE_CHECK, "claim_check", "office"),
        (ClaimState.APPROVED, "claim_payment", "office"),
    ],
)
def test_whoever_claims_waits_for_those_who_check_and_pay(db, running, state, kind, holder):
    collaboration, host, partner = running
    claim = a_claim(db, collaboration, state)
    names = {"lead": collaboration.host_lead.name, "office": collaboration.host.name}

    assert told(db, partner) == [(kind, names[holder], f"/claims/{claim.id}")]
    assert told(db, host) == []


def test_a_claim_that_came_back_is_awaited_by_the_host_and_a_settled_one_by_nobody(db, running):
    collaboration, host, partner = running
    claim = a_claim(db, collaboration, ClaimState.QUERIED)
    a_claim(db, collaboration, ClaimState.PAID)
    a_claim(db, collaboration, ClaimState.DRAFT)

    assert told(db, host) == [("claim_answer", collaboration.partner_lead.name, f"/claims/{claim.id}")]
    assert told(db, partner) == []


def test_what_one_side_reported_waits_for_the_other_and_what_is_asked_for_its_own(db, running):
    collaboration, host, partner = running
    reported = an_outcome(db, collaboration, OutcomeState.REPORTED, "A paper")
    asked = an_outcome(db, collaboration, OutcomeState.QUERIED, "A patent")
    an_outcome(db, collaboration, OutcomeState.CONFIRMED, "A product")
    colleague = a_team_member(db, collaboration)

    assert told(db, partner) == [("outcome", collaboration.host_lead.name, f"/outcomes/{reported.id}")]
    assert told(db, host) == [("outcome_answer", collaboration.partner_lead.name, f"/outcomes/{asked.id}")]
    assert told(db, actor_of(db, colleague)) == []


def test_what_one_waits_for_is_found_by_whose_it_is(app, db, running):
    collaboration, _host, partner = running
    connection = db.connection()
    compiled = _awaited_by(partner).compile(connection, compile_kwargs={"literal_binds": True})

    plan = [row[3] for row in connection.execute(text(f"EXPLAIN QUERY PLAN {str(compiled).replace(':', chr(92) + ':')}"))]

    assert len(plan) > 20
    assert [line for line in plan if line.startswith("SCAN") and "anon" not in line] == []


def turn_shown(client, collaboration):
    """Who, and what comes next, as the page says it."""
    page = html.unescape(client.get(collaboration.href).text)
    return page.partition('class="cw-turn"')[2].partition("</section>")[0]


def test_the_page_says_whose_turn_it_is_with_reports_and_claims_to_those_who_may_read_them(db, running, client_of):
    collaboration, *_ = running
    report = a_report(db, collaboration, ReportState.SUBMITTED)
    member = a_team_member(db, collaboration)
    people = (collaboration.host_lead, collaboration.partner_lead, member)
    db.commit()
    host, partner, member = (turn_shown(client_of(person), collaboration) for person in people)

    assert "Your turn" in host and "Progress report: accept it" in host and f'href="/reports/{report.id}"' in host
    assert f"Waiting for {people[0].name}" in partner and "Progress report: accept it" in partner
    assert "eport:" not in member and f"Waiting for {people[1].name}" in member


def test_the_office_is_named_for_the_sums_but_nobody_checks_what_they_confirmed(db, running, client_of):
    collaboration, *_ = running
    a_claim(db, collaboration, ClaimState.TECHNICAL_CHECK)
    officer = db.get_one(User, min(holders_of(db, collaboration.host_id, Role.OFFICER)))
    elsewhere = a_member(db, db.get_one(Organisation, collaboration.organisation_id), Role.OFFICER)
    people = (officer, elsewhere, collaboration.partner_lead)
    db.commit()
    mine, other, partner = (turn_shown(client_of(person), collaboration) for person in people)

    assert "Your turn" in mine and "Claim: check the sums" in mine
    for shown in (other, partner):
        assert f"Waiting for the partnership office of {collaboration.host.name}" in shown and "Open the claim" not in shown


def test_what_one_has_in_hand_oneself_comes_before_what_others_have(db, running, client_of):
    collaboration, *_ = running
    a_claim(db, collaboration, ClaimState.SUBMITTED)
    collaboration.deliverables[0].due_on = clock.today() + dt.timedelta(days=5)
    db.commit()

    assert "Hand in" in turn_shown(client_of(collaboration.partner_lead), collaboration)
    assert "Claim: confirm the work" in turn_shown(client_of(collaboration.host_lead), collaboration)


def test_reports_and_claims_in_somebodys_hands_are_one_statement_on_both_databases(database, session):
    collaboration = a_collaboration(session)
    walk(session, COLLABORATION_FLOW, collaboration, CollaborationState.ACTIVE, by=actor_of(session, collaboration.host_lead))
    reports = [a_report(session, collaboration, state) for state in ReportState]
    claims = [a_claim(session, collaboration, state) for state in (ClaimState.SUBMITTED, ClaimState.APPROVED, ClaimState.PAID)]

    pending = pending_of(session, collaboration)

    open_ = [one for one in reports if one.state in (ReportState.DUE, ReportState.DRAFT)]
    answered = [one for one in reports if one.state in (ReportState.SUBMITTED, ReportState.QUERIED)]
    assert {(one.id, one.due_on) for one in pending if one.kind and not one.since} == {(one.id, one.due_on) for one in open_}
    assert {one.id for one in pending if one.kind and one.since} == {one.id for one in answered}
    assert {(one.id, one.since) for one in pending if not one.kind} == {
        (claims[0].id, claims[0].submitted_at),
        (claims[1].id, claims[1].decided_at),
    }
