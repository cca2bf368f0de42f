"""The workspace as its leads, its officers and strangers meet it."""

import datetime as dt
import html

import pytest
from sqlalchemy import select

from portal.accounts.models import User
from portal.collaborations.models import Collaboration, Deliverable
from portal.collaborations.queries import FULL
from portal.collaborations.states import CollaborationState, DeliverableState
from portal.collaborations.workflow import COLLABORATION_FLOW
from portal.kernel import clock
from portal.kernel.db import transaction
from tests.build import a_collaboration, a_listing, a_member, a_person, actor_of, an_organisation, walk
from tests.collaborations.make_people import a_team_member


@pytest.fixture
def case(db):
    """A running collaboration with its two leads and a stranger."""
    with transaction(db):
        listing = a_listing(db)
        collaboration = a_collaboration(db, listing)
        walk(db, COLLABORATION_FLOW, collaboration, CollaborationState.ACTIVE, by=actor_of(db, collaboration.host_lead))
        people = {
            "host": collaboration.host_lead,
            "partner": collaboration.partner_lead,
            "stranger": a_member(db, an_organisation(db)),
        }
        found = {"id": collaboration.id, "href": collaboration.href, "deliverable": collaboration.deliverables[0].id}
    return people, found


def test_the_leads_see_the_workspace_and_nobody_else(case, client_of):
    people, found = case
    assert client_of(people["host"]).get(found["href"]).status_code == 200
    assert client_of(people["partner"]).get(found["href"]).status_code == 200
    hidden = client_of(people["stranger"]).get(found["href"])
    missing = client_of(people["stranger"]).get("/collaborations/CO-9999")
    assert (hidden.status_code, missing.status_code) == (404, 404)
    assert client_of().get(found["href"]).status_code == 404


def test_it_is_the_partners_turn_to_hand_in(case, client_of):
    people, found = case
    assert "Your turn" in client_of(people["partner"]).get(found["href"]).text
    assert f"Waiting for {people['partner'].name}" in client_of(people["host"]).get(found["href"]).text


def test_a_deliverable_goes_back_and_forth_until_it_is_accepted(case, client_of, app):
    people, found = case
    host, partner = client_of(people["host"]), client_of(people["partner"])
    at = f"/deliverables/{found['deliverable']}/steps"

    assert partner.submit(f"{at}/hand_in", {"text": "Here.", "evidence": "https://example.org/r"}).status_code == 303
    assert host.submit(f"{at}/ask_changes", {"text": "Error bars, please."}).status_code == 303
    assert "Error bars, please." in partner.get(found["href"]).text
    assert partner.submit(f"{at}/hand_in", {"text": "With error bars."}).status_code == 303
    assert host.submit(f"{at}/accept").status_code == 303

    with app.extensions["database"].reading() as session:
        assert session.get(Deliverable, found["deliverable"]).state is DeliverableState.ACCEPTED
    history = html.unescape(host.get(f"{found['href']}/history").text)
    assert f"{people['host'].name} set “Report” to: Accepted" in history


def test_members_of_the_team_that_owes_it_hand_it_in_and_no_others(case, client_of, db):
    _people, found = case
    work = db.get(Deliverable, found["deliverable"]).collaboration_id
    work = db.scalars(select(Collaboration).options(*FULL).where(Collaboration.id == work)).unique().one()
    theirs, ours = a_team_member(db, work), a_team_member(db, work, "host_id")
    db.commit()
    at = f"/deliverables/{found['deliverable']}/steps/hand_in"

    assert client_of(ours).submit(at, {"text": "Not ours."}).status_code == 403
    assert client_of(theirs).submit(at, {"text": "By the team."}).status_code == 303


def test_handing_in_without_a_word_keeps_what_was_typed(case, client_of):
    people, found = case
    answer = client_of(people["partner"]).submit(
        f"/deliverables/{found['deliverable']}/steps/hand_in", {"text": " ", "evidence": "https://example.org/kept"}
    )
    assert answer.status_code == 422
    assert "https://example.org/kept" in answer.text


@pytest.mark.parametrize("evidence", ["javascript:alert(1)", "ftp://x", "\x00", "https://\ud800"])
def test_evidence_must_be_a_web_address(case, client_of, evidence):
    people, found = case
    answer = client_of(people["partner"]).submit(
        f"/deliverables/{found['deliverable']}/steps/hand_in",
        {"text": "Here", "evidence": evidence.encode("utf-8", "surrogatepass")},
    )
    assert answer.status_code == 422 or (evidence == "\x00" and answer.status_code == 303)


def test_the_host_cannot_hand_in_and_the_partner_cannot_accept(case, client_of):
    people, found = case
    at = f"/deliverables/{found['deliverable']}/steps"
    assert client_of(people["host"]).submit(f"{at}/hand_in", {"text": "x"}).status_code == 403
    assert client_of(people["partner"]).submit(f"{at}/accept").status_code == 403
    assert client_of(people["stranger"]).submit(f"{at}/accept").status_code == 404


def test_a_stale_version_is_refused(case, client_of):
    people, found = case
    host, partner = client_of(people["host"]), client_of(people["partner"])
    at = f"/deliverables/{found['deliverable']}/steps"
    partner.submit(f"{at}/hand_in", {"text": "One"})

    answer = host.submit(f"{at}/accept", {"version": "1"})

    assert answer.status_code == 409


def test_closing_waits_until_nothing_is_open(case, client_of, app):
    people, found = case
    host = client_of(people["host"])
    assert host.submit(f"{found['href']}/steps/begin_closing").status_code == 303

    refused = host.submit(f"{found['href']}/steps/close")

    assert refused.status_code == 409
    assert "Still open" in refused.text
    with app.extensions["database"].reading() as session:
        assert session.get(Collaboration, found["id"]).state is CollaborationState.CLOSING


def test_the_plan_grows_and_dates_move_with_a_reason(case, client_of):
    people, found = case
    partner = client_of(people["partner"])
    later = (clock.today() + dt.timedelta(days=200)).isoformat()

    assert (
        partner.submit(f"{found['href']}/plan/new", {"part": "deliverable", "title": "Handbook", "due_on": later}).status_code
        == 303
    )
    assert (
        partner.submit(f"/deliverables/{found['deliverable']}/date", {"due_on": later, "text": "The pump broke."}).status_code
        == 303
    )

    page = partner.get(found["href"]).text
    assert "Handbook" in page
    assert "The pump broke." in page


@pytest.mark.parametrize("due_on", ["", "tomorrow", "0001-01-01", "9999-12-31", "2027-02-30", "\x00", "1" * 5000])
def test_a_senseless_date_is_refused_beside_the_field(case, client_of, due_on):
    people, found = case
    answer = client_of(people["host"]).submit(
        f"{found['href']}/plan/new", {"part": "milestone", "title": "Kept title", "due_on": due_on}
    )
    assert answer.status_code == 422
    assert "Kept title" in answer.text


def test_an_outcome_is_recorded_and_shown(case, client_of):
    people, found = case
    host = client_of(people["host"])
    sent = {"kind": "paper", "title": "What we <b>learned</b>", "address": "https://doi.org/10.1/x"}

    assert host.submit(f"{found['href']}/outcomes/new", sent).status_code == 303

    page = host.get(found["href"]).text
    assert "What we &lt;b&gt;learned&lt;/b&gt;" in page
    assert client_of(people["stranger"]).submit(f"{found['href']}/outcomes/new", sent).status_code == 404


def test_the_workspace_asks_the_database_as_often_for_one_part_as_for_three(case, client_of, count_statements):
    people, found = case
    host = client_of(people["host"])
    with count_statements() as one:
        host.get(found["href"])
    for number in range(2):
        host.submit(f"{found['href']}/plan/new", {"part": "deliverable", "title": f"More {number}", "due_on": "2030-01-01"})
        host.submit(f"/threads/collaboration/{found['id']}", {"text": f"Message {number}"})
    with count_statements() as three:
        host.get(found["href"])
    assert len(one) == len(three)
    assert len(three) <= 6


def test_the_list_shows_ones_own_and_asks_as_often_for_three(db, client_of, count_statements):
    with transaction(db):
        collaborations = [a_collaboration(db) for _ in range(3)]
        stranger = a_person(db)
        lead: User = collaborations[0].host_lead
    client = client_of(lead)
    with count_statements() as asked:
        page = client.get("/collaborations").text
    assert "CO-" in page
    assert len(asked) <= 4
    assert "No collaborations here yet" in client_of(stranger).get("/collaborations").text
