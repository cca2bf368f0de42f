"""Plan and money of common work: a package, a date that slips, a deliverable taken up, a report, and a claim that is paid."""

import datetime as dt

import pytest

from portal.collaborations.models import Claim, Deliverable, Report
from portal.collaborations.states import ClaimState, CollaborationState, DeliverableState, ReportState
from portal.collaborations.workflow import COLLABORATION_FLOW
from portal.kernel import clock
from portal.kernel.policy import Role
from tests import build

pytestmark = pytest.mark.timeout(600)  # a busy machine is no failure


def test_what_was_planned_is_delivered_reported_and_paid(portal):
    with portal.database() as session:
        host, university = (build.an_organisation(session, name) for name in ("Tidewell Water", "Lindmoor University"))
        owner = build.a_member(session, host, Role.POSTER, name="Helena Brandt")
        writer = build.a_member(session, university, name="Ingrid Solheim")
        clerk = build.a_member(session, host, Role.OFFICER, name="Astrid Lund")
        build.a_member(session, university, Role.OFFICER)
        work = build.a_collaboration(session, build.a_listing(session, owner, host), writer)
        build.walk(session, COLLABORATION_FLOW, work, CollaborationState.ACTIVE, by=build.actor_of(session, owner))
        at, deliverable, milestone, due_on = work.href, work.deliverables[0].id, work.milestones[0].id, work.milestones[0].due_on
        days = {"starts_on": work.starts_on.isoformat(), "ends_on": work.ends_on.isoformat()}
    helena, ingrid, astrid = (portal.browser_of(person) for person in (owner, writer, clerk))

    ingrid.go(f"{at}/plan").clean().press("Add a work package").clean()
    ingrid.fill(title="Trial at the inlet", after="WP1", **days).press("Add it").sees("WP2 Trial at the inlet")
    later = (due_on + dt.timedelta(days=30)).isoformat()
    ingrid.go(f"/milestones/{milestone}/date").fill(due_on=later, text="Frost in the intake.").press("Move the date")
    helena.go(f"{at}/plan").sees("Slipped").sees("Frost in the intake.").clean()
    _hand_in(helena, ingrid, deliverable)
    _report(helena, ingrid, at)
    _claim(helena, ingrid, astrid, at)

    with portal.database() as session:
        assert session.get_one(Deliverable, deliverable).state is DeliverableState.ACCEPTED
        assert session.get_one(Report, 1).state is ReportState.ACCEPTED
        assert session.get_one(Claim, 1).state is ClaimState.PAID


def _hand_in(helena, ingrid, deliverable):
    ingrid.go(f"/deliverables/{deliverable}/steps/hand_in").fill(text="Here it is.").press("Hand in")
    helena.go(f"/deliverables/{deliverable}").clean().press("Take up the review").go(f"/deliverables/{deliverable}")
    ingrid.go(f"/deliverables/{deliverable}").sees("Helena Brandt looks at it.")
    helena.press("Accept")


def _report(helena, ingrid, at):
    helena.go(f"{at}/reports").clean().press("Schedule reports").clean()
    helena.fill(first_on=(clock.today() + dt.timedelta(days=20)).isoformat()).press("Schedule")
    ingrid.go("/reports/1").press("Ask for another day").clean()
    later = (clock.today() + dt.timedelta(days=25)).isoformat()
    ingrid.fill(due_on=later, text="The data come late.").press("Ask for it").sees("asks for another day").clean()
    helena.go("/work").sees("Agree to another day for the report of").go("/reports/1").sees("The data come late.").clean()
    helena.press("Agree to it").go("/reports/1").sees("Moved").clean()
    ingrid.go("/work").sees("Write the report of").go("/reports/1/edit").fill(text="All is well.").press("Save the draft")
    ingrid.go("/reports/1").clean().press("Submit the report")
    helena.go(at).sees("Progress report: accept it").clean().press("Open the report")
    helena.sees("All is well.").press("Accept the report").sees("Accepted")


def _claim(helena, ingrid, astrid, at):
    ingrid.go(f"{at}/money").clean().press("Write a claim").clean()
    ingrid.fill(from_on="2027-01-01", to_on="2027-03-31", staff="10", text="Salaries.").press("Save the draft")
    ingrid.go("/claims/1").press("Submit the claim")
    helena.go("/work").sees("Confirm the work claimed for").go("/claims/1").clean().press("Confirm the work")
    astrid.go("/claims/1").press("Confirm the sums").press("Approve the claim").press("Note as paid")
    astrid.fill(paid_on=clock.today().isoformat()).press("Note as paid").sees("Paid").clean()
    ingrid.go(f"{at}/money").sees("Everything").clean()
