"""The plan: work packages that wait for each other, milestones that slip, deliverables that come back until they are accepted."""

import datetime as dt

import pytest

from portal.approvals.states import Side
from portal.collaborations.actions import add_package, add_part, change_package, move_part, remove_package
from portal.collaborations.inputs import HandIn, NewDate, PackageEntry, PartKind, PlanPart
from portal.collaborations.panels import gantt
from portal.collaborations.queries import SOURCES, hand_ins_of, moves_of, packages_of
from portal.collaborations.states import CollaborationState, DeliverableState, MilestoneState, PlanKind
from portal.collaborations.workflow import COLLABORATION_FLOW, DELIVERABLE_FLOW, MILESTONE_FLOW
from portal.kernel.errors import Forbidden, Invalid, Refused
from portal.kernel.inputs import Reason
from tests.build import a_collaboration, a_member, actor_of, an_organisation, facts, walk
from tests.collaborations.make_people import a_guest, a_team_member


def entry(collaboration, title="Trial", **values):
    days = {"starts_on": collaboration.starts_on, "ends_on": collaboration.ends_on}
    return PackageEntry(**({"title": title, "side": Side.PARTNER, **days} | values))


def test_the_plan_of_the_approved_version_is_carried_over(db):
    collaboration = a_collaboration(db)
    [package] = packages_of(db, collaboration)
    assert (package.code, package.title, package.goal, package.side) == ("WP1", "Baseline", "Measure", Side.PARTNER)
    assert (package.starts_on, package.ends_on < collaboration.ends_on) == (collaboration.starts_on, True)
    assert {part.package_id for part in (*collaboration.milestones, *collaboration.deliverables)} == {package.id}


def test_work_packages_never_wait_for_each_other_in_a_circle(db, running):
    collaboration, host, partner = running
    [first] = packages_of(db, collaboration)
    second = add_package(db, collaboration, entry(collaboration, after="wp1"), actor=host)
    third = add_package(db, collaboration, entry(collaboration, after="WP2"), actor=partner)
    assert [(one.code, [of.code for of in one.after]) for one in (second, third)] == [("WP2", ["WP1"]), ("WP3", ["WP2"])]

    same = {"starts_on": first.starts_on, "ends_on": first.ends_on}
    for after, sentence in (("WP3", "circle"), ("WP1", "circle"), ("WP9", "no work package")):
        with pytest.raises(Invalid, match=sentence) as refused:
            change_package(db, first, entry(collaboration, after=after, **same), actor=host)
        assert refused.value.field == "after"
    assert [mark for row in gantt(collaboration, packages_of(db, collaboration))["links"] for mark in row[1::2]] == [0, 1, 1, 2]


def test_a_package_whose_dates_move_says_why_and_one_taken_out_leaves_its_parts(db, running):
    collaboration, host, _ = running
    [package] = packages_of(db, collaboration)
    add_package(db, collaboration, entry(collaboration, after="WP1"), actor=host)
    was, later = package.ends_on, package.ends_on + dt.timedelta(days=30)
    with pytest.raises(Invalid, match="Say why"):
        change_package(db, package, entry(collaboration, ends_on=later), actor=host)
    change_package(db, package, entry(collaboration, ends_on=later, reason="The pump broke."), actor=host)
    remove_package(db, package, Reason("Done by others."), actor=host)

    db.expire_all()
    assert [(one.part, one.from_on, one.to_on) for one in moves_of(db, collaboration)] == [
        (PlanKind.PACKAGE, later, None),
        (PlanKind.PACKAGE, was, later),
    ]
    [left] = packages_of(db, collaboration)
    assert (left.code, left.after) == ("WP2", [])
    assert {part.package_id for part in collaboration.milestones} == {None}


def test_the_plan_is_the_leads_own_and_closed_once_the_closing_begins(db, running):
    collaboration, host, _ = running
    with pytest.raises(Forbidden):
        add_package(db, collaboration, entry(collaboration), actor=actor_of(db, a_member(db, an_organisation(db))))
    with pytest.raises(Invalid, match="no work package"):
        add_part(db, collaboration, PlanPart(PartKind.MILESTONE, "Trial", collaboration.ends_on, "WP7"), actor=host)
    COLLABORATION_FLOW.perform(db, collaboration, "begin_closing", actor=host)
    with pytest.raises(Refused, match="closing or over"):
        add_package(db, collaboration, entry(collaboration), actor=host)


def test_a_milestone_slips_with_its_reason_and_keeps_every_day_it_had(db, running):
    collaboration, host, partner = running
    milestone = collaboration.milestones[0]
    first = milestone.due_on
    MILESTONE_FLOW.perform(db, milestone, "begin", actor=host)
    with pytest.raises(Invalid), db.begin_nested():
        MILESTONE_FLOW.perform(db, milestone, "slip", actor=host, given=NewDate(first, "No later."))
    db.expire(milestone)
    for days, why in ((10, "Frost."), (20, "More frost.")):
        move_part(db, milestone, NewDate(first + dt.timedelta(days=days), why), actor=partner)
    assert (milestone.state, milestone.planned_on) == (MilestoneState.SLIPPED, first)
    assert [(one.from_on, one.reason) for one in moves_of(db, collaboration)] == [
        (first + dt.timedelta(days=10), "More frost."),
        (first, "Frost."),
    ]
    assert facts(db, milestone) == ["milestone.moved"] * 3
    with pytest.raises(Refused, match="Still open"):  # slipped is not reached
        walk(db, COLLABORATION_FLOW, collaboration, CollaborationState.CLOSED, by=host)
    MILESTONE_FLOW.perform(db, milestone, "achieve", actor=partner)


def test_both_teams_say_how_far_a_milestone_is_and_the_leads_alone_move_or_cancel_it(db, running, client_of):
    collaboration, *_ = running
    ours, theirs = (a_team_member(db, collaboration, of) for of in ("host_id", "organisation_id"))
    guest = a_member(db, an_organisation(db))
    a_guest(db, collaboration, guest)
    milestone = collaboration.milestones[0]
    db.commit()
    at = f"/milestones/{milestone.id}/steps"

    assert client_of(guest).submit(f"{at}/begin").status_code == 403
    assert client_of(ours).submit(f"{at}/begin").status_code == 303
    assert client_of(theirs).submit(f"{at}/cancel", {"text": "Why not."}).status_code == 403
    for part in (milestone, collaboration.deliverables[0]):
        date = f"/{type(part).__name__.lower()}s/{part.id}/date"
        assert [client_of(person).get(date).status_code for person in (guest, ours, collaboration.host_lead)] == [403, 403, 200]
    assert client_of(theirs).submit(f"{at}/achieve").status_code == 303
    db.expire_all()
    assert milestone.state is MilestoneState.ACHIEVED


def test_before_the_start_a_milestone_simply_moves(db):
    collaboration = a_collaboration(db)
    milestone, host = collaboration.milestones[0], actor_of(db, collaboration.host_lead)
    move_part(db, milestone, NewDate(milestone.due_on + dt.timedelta(days=9), "Agreed."), actor=host)
    assert (milestone.state, facts(db, collaboration)[-1]) == (MilestoneState.PLANNED, "collaboration.plan_changed")


def test_a_deliverable_is_taken_up_by_name_and_every_version_stays_readable(db, running):
    collaboration, host, partner = running
    deliverable = collaboration.deliverables[0]
    sources = {source.key: source for source in SOURCES}

    def waits():
        asked = (("hand_in", partner), ("accept", host))
        return [bool(db.execute(sources[f"deliverable.{key}"].select(actor)).all()) for key, actor in asked]

    def step(action, actor, given=None):
        DELIVERABLE_FLOW.perform(db, deliverable, action, actor=actor, given=given)

    step("hand_in", partner, HandIn("First.", "https://example.org/1"))
    with pytest.raises(Forbidden):
        step("take_up", partner)
    step("take_up", host)
    assert (deliverable.state, deliverable.reviewer_id, waits()) == (DeliverableState.UNDER_REVIEW, host.id, [False, True])
    step("ask_changes", host, Reason("Error bars."))
    assert waits() == [True, False]
    step("hand_in", partner, HandIn("Second."))
    assert deliverable.reviewer_id is None
    step("accept", host)

    last, first = hand_ins_of(db, deliverable)
    assert (first.text, first.evidence, first.answer, first.note) == (
        *("First.", "https://example.org/1"),
        *(DeliverableState.REWORK, "Error bars."),
    )
    assert (last.number, last.text, last.answer, last.answered_by_id) == (2, "Second.", DeliverableState.ACCEPTED, host.id)


def test_the_plan_goes_its_way_on_the_pages(db, running, client_of, count_statements):
    collaboration, *_ = running
    href, milestone, deliverable = collaboration.href, collaboration.milestones[0], collaboration.deliverables[0]
    people = (collaboration.host_lead, collaboration.partner_lead, a_member(db, an_organisation(db)))
    days = {"starts_on": collaboration.starts_on.isoformat(), "ends_on": collaboration.ends_on.isoformat()}
    later = (milestone.due_on + dt.timedelta(days=30)).isoformat()
    db.commit()
    host, partner, stranger = (client_of(person) for person in people)

    sent = {"title": "The <b>trial</b>", "side": "partner", **days}
    assert host.submit(f"{href}/packages/new", sent | {"after": "WP9"}).status_code == 422
    assert host.submit(f"{href}/packages/new", sent | {"after": "WP1"}).status_code == 303
    answer = partner.submit("/work-packages/1/edit", sent | {"after": "WP2", "reason": "Kept words"})
    assert (answer.status_code, "in a circle" in answer.text, "Kept words" in answer.text) == (422, True, True)
    assert stranger.submit("/work-packages/1/remove", {"text": "Why not."}).status_code == 404
    assert partner.submit(f"/milestones/{milestone.id}/date", {"due_on": later, "text": "Frost."}).status_code == 303
    with count_statements() as two:
        page = host.get(f"{href}/plan").text
    assert "The &lt;b&gt;trial&lt;/b&gt;" in page
    assert all(words in page for words in ("Slipped", "Frost.", "Waits for", "<svg"))
    for number in range(2):
        host.submit(f"{href}/packages/new", sent | {"title": f"More {number}"})
    assert partner.submit("/work-packages/2/remove", {"text": "Not needed."}).status_code == 303
    with count_statements() as three:
        host.get(f"{href}/plan")
    assert len(two) == len(three) <= 6

    at = f"/deliverables/{deliverable.id}"
    assert partner.submit(f"{at}/steps/hand_in", {"text": "Here."}).status_code == 303
    assert host.submit(f"{at}/steps/take_up").status_code == 303
    assert f"{people[0].name} looks at it." in partner.get(at).text
    assert stranger.get(at).status_code == 404
    assert host.submit(f"{at}/steps/ask_changes", {"text": "Error bars."}).status_code == 303
    with count_statements() as asked:
        page = partner.get(at).text
    assert all(words in page for words in ("version 1", "Error bars.", "Changes asked for"))
    assert len(asked) <= 6
