"""The list before the start, the list before the close, and how the work is judged."""

import pytest
from sqlalchemy import select

from portal.accounts.models import Kind
from portal.approvals.states import Side
from portal.collaborations.actions import add_item, schedule_reports
from portal.collaborations.inputs import NewItem, ReportSchedule, Settled
from portal.collaborations.models import CheckItem, Collaboration
from portal.collaborations.queries import SOURCES, items_of
from portal.collaborations.states import Checklist, CollaborationState, ItemKind, ReportKind
from portal.collaborations.workflow import CHECK_ITEM_FLOW, COLLABORATION_FLOW
from portal.kernel import clock
from portal.kernel.errors import Forbidden, Invalid, Refused
from portal.kernel.inputs import Reason
from portal.kernel.policy import Role
from portal.organisations.models import Organisation
from portal.organisations.states import OrganisationKind
from tests.build import a_collaboration, a_listing, a_member, a_person, actor_of, an_organisation, finish_parts, walk
from tests.collaborations.make import settle
from tests.collaborations.make_people import a_guest


@pytest.fixture
def session(db):
    """SQLite alone: nothing here is asked in a way that databases could answer differently."""
    return db


@pytest.fixture
def opened(session):
    """A company's collaboration with a university, as it opens, and its two leads."""
    company = an_organisation(session, kind=OrganisationKind.COMPANY)
    owner = a_member(session, company, Role.POSTER)
    collaboration = a_collaboration(session, a_listing(session, owner, company))
    return collaboration, actor_of(session, owner), actor_of(session, collaboration.partner_lead)


def item_of(session, collaboration, checklist, kind):
    return next(item for item in items_of(session, collaboration, checklist) if item.kind is kind)


def test_a_collaboration_opens_with_what_each_side_has_to_settle(session, opened):
    collaboration, *_ = opened
    found = {(item.kind, item.side_id) for item in items_of(session, collaboration, Checklist.SET_UP)}
    host, partner = collaboration.host_id, collaboration.organisation_id
    assert found == {
        *((ItemKind.PURCHASE_ORDER, host), (ItemKind.TEAM, host), (ItemKind.KICK_OFF, host)),
        *((ItemKind.COST_CODE, partner), (ItemKind.ETHICS, partner), (ItemKind.TEAM, partner)),
    }


def test_the_work_starts_when_nothing_of_the_set_up_is_open(session, opened):
    collaboration, host, _ = opened
    with pytest.raises(Refused, match="set-up list"):
        COLLABORATION_FLOW.perform(session, collaboration, "start", actor=host)
    settle(session, collaboration)
    COLLABORATION_FLOW.perform(session, collaboration, "start", actor=host)
    assert collaboration.state is CollaborationState.ACTIVE


def test_each_side_settles_and_waives_its_own_by_name_and_can_take_it_back_until_the_start(session, opened):
    collaboration, host, partner = opened
    ethics = item_of(session, collaboration, Checklist.SET_UP, ItemKind.ETHICS)
    for action, given in (("settle", Settled("4711")), ("waive", Reason("Why not."))):
        with pytest.raises(Forbidden):
            CHECK_ITEM_FLOW.perform(session, ethics, action, actor=host, given=given)
    officer = actor_of(session, a_member(session, session.get_one(Organisation, ethics.side_id), Role.OFFICER))
    CHECK_ITEM_FLOW.perform(session, ethics, "waive", actor=officer, given=Reason("No people are concerned."))
    assert (ethics.settled_by_id, ethics.note) == (officer.id, "No people are concerned.")
    CHECK_ITEM_FLOW.perform(session, ethics, "open_again", actor=partner)
    assert (ethics.settled_at, ethics.settled_by_id) == (None, None)
    settle(session, collaboration)
    COLLABORATION_FLOW.perform(session, collaboration, "start", actor=host)
    with pytest.raises(Refused, match="closed"):
        CHECK_ITEM_FLOW.perform(session, ethics, "open_again", actor=partner)


def test_what_is_settled_before_the_start_says_how(session, opened):
    collaboration, host, _ = opened
    for kind, detail in ((ItemKind.PURCHASE_ORDER, " "), (ItemKind.KICK_OFF, "soon"), (ItemKind.KICK_OFF, "2027-02-30")):
        item = item_of(session, collaboration, Checklist.SET_UP, kind)
        with pytest.raises(Invalid), session.begin_nested():
            CHECK_ITEM_FLOW.perform(session, item, "settle", actor=host, given=Settled(detail))


def test_at_the_close_the_other_side_lets_one_off_and_nobody_oneself(session, opened):
    collaboration, host, partner = opened
    finish_parts(session, collaboration)
    COLLABORATION_FLOW.perform(session, collaboration, "begin_closing", actor=host)
    with pytest.raises(Refused, match="closing list"):
        COLLABORATION_FLOW.perform(session, collaboration, "close", actor=host)
    material = item_of(session, collaboration, Checklist.CLOSING, ItemKind.MATERIAL)
    with pytest.raises(Forbidden):
        CHECK_ITEM_FLOW.perform(session, material, "waive", actor=partner, given=Reason("We keep it."))
    CHECK_ITEM_FLOW.perform(session, material, "waive", actor=host, given=Reason("They may keep it."))
    settle(session, collaboration, Checklist.CLOSING)
    COLLABORATION_FLOW.perform(session, collaboration, "close", actor=host)
    assert collaboration.state is CollaborationState.CLOSED


def test_going_back_to_work_keeps_what_was_settled(session, opened):
    collaboration, host, _ = opened
    finish_parts(session, collaboration)
    for action in ("begin_closing", "reopen", "begin_closing"):
        COLLABORATION_FLOW.perform(session, collaboration, action, actor=host)
    kinds = [(item.kind, item.side_id) for item in items_of(session, collaboration, Checklist.CLOSING)]
    assert len(kinds) == len(set(kinds)) > 0


# The pages


@pytest.fixture
def case(db):
    collaboration = a_collaboration(db)
    people = {"host": collaboration.host_lead, "partner": collaboration.partner_lead}
    people["stranger"] = a_member(db, an_organisation(db), Role.OFFICER)
    db.commit()
    return collaboration.href, people, collaboration


def test_the_lists_are_worked_through_on_their_pages(case, client_of, db):
    href, people, collaboration = case
    host, partner = client_of(people["host"]), client_of(people["partner"])
    own = [item.id for item in items_of(db, collaboration, Checklist.SET_UP) if item.side_id == collaboration.host_id]
    db.commit()

    assert "Settle the set-up list" in host.get(href).text
    assert host.submit(f"/check-items/{own[0]}/steps/settle", {"detail": ""}).status_code == 422
    assert host.submit(f"/check-items/{own[0]}/steps/settle", {"detail": "R-<b>1</b>"}).status_code == 303
    assert host.submit(f"{href}/items/new", {"title": "Badges for the site", "side": "partner"}).status_code == 303
    page = partner.get(f"{href}/set-up").text
    assert "R-&lt;b&gt;1&lt;/b&gt;" in page
    assert "Badges for the site" in page
    stranger = client_of(people["stranger"])
    assert [stranger.get(f"{href}/{part}").status_code for part in ("set-up", "closing", "health", "history")] == [404] * 4
    assert stranger.submit(f"/check-items/{own[0]}/steps/settle", {"detail": "x"}).status_code == 404
    assert host.submit(f"{href}/steps/start").status_code == 409


def test_a_lead_judges_the_work_and_what_was_said_before_stays(case, client_of):
    href, people, _ = case
    host = client_of(people["host"])

    assert host.submit(f"{href}/health", {"health": "amber", "text": ""}).status_code == 422
    assert host.submit(f"{href}/health", {"health": "purple", "text": "Kept words"}).status_code == 422
    for health, text in (("red", "The pump broke."), ("green", "A new pump came.")):
        assert host.submit(f"{href}/health", {"health": health, "text": text}).status_code == 303

    said = client_of(people["partner"]).get(f"{href}/health").text
    assert said.index("A new pump came.") < said.index("The pump broke.")
    assert "On track" in client_of(people["partner"]).get(href).text


def test_the_pages_ask_the_database_a_fixed_number_of_times(case, client_of, count_statements, db):
    href, people, collaboration = case
    host = client_of(people["host"])

    def asked():
        counts = []
        for part in ("", "/set-up", "/closing", "/health", "/history"):
            with count_statements() as statements:
                assert host.get(f"{href}{part}").status_code == 200
            counts.append(len(statements))
        return counts

    before = asked()
    for number in range(2):
        host.submit(f"{href}/items/new", {"title": f"More {number}", "side": "host"})
        host.submit(f"{href}/health", {"health": "amber", "text": f"Reason {number}"})
    assert asked() == before
    assert max(before) <= 6


def test_what_is_open_waits_for_the_lead_whose_side_owes_it(session, opened):
    collaboration, host, partner = opened
    source = next(source for source in SOURCES if source.key == "collaboration.settle")
    waiting = {actor: session.execute(source.select(actor)).all() for actor in (host, partner)}
    owed = {row.id for row in waiting[host]}
    assert owed == {item.id for item in session.scalars(select(CheckItem)) if item.side_id == collaboration.host_id}
    assert {row.due_at.date() for row in waiting[host]} == {collaboration.starts_on}
    assert source.href(*waiting[partner][0][0:3:2]) == f"{collaboration.href}/set-up"
    settle(session, collaboration)
    walk(session, COLLABORATION_FLOW, collaboration, CollaborationState.ACTIVE, by=host)
    assert session.execute(source.select(host)).all() == []
    assert session.get(Collaboration, collaboration.id).state is CollaborationState.ACTIVE


def test_a_guest_is_led_to_the_work_and_hears_nothing_of_its_lists(db, client_of):
    collaboration, guest = a_collaboration(db), a_person(db, kind=Kind.STUDENT)
    lead = actor_of(db, collaboration.host_lead)
    db.commit()
    client = client_of(guest)
    assert 'href="/collaborations"' not in client.get("/work").text
    a_guest(db, collaboration, guest)
    add_item(db, collaboration, NewItem("Name who holds the key", Side.HOST), actor=lead)
    schedule_reports(db, collaboration, ReportSchedule(ReportKind.FINAL, clock.today()), actor=lead)
    db.commit()
    assert 'href="/collaborations"' in client.get("/work").text
    heard = [client_of(person).get("/activity").text for person in (collaboration.host_lead, guest)]
    assert [("added to a list" in page, "scheduled reports" in page) for page in heard] == [(True, True), (False, False)]
