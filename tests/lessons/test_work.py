"""What went wrong in other systems, and does not here: interests, proposals, common work, and who is told.

Each test says where it was told, in words of its own.
"""

import datetime as dt

import pytest
from sqlalchemy import select

from portal import wiring
from portal.accounts.models import User
from portal.collaborations.actions import move_report
from portal.collaborations.inputs import NewDate
from portal.collaborations.models import Participant
from portal.collaborations.states import (
    ChangeState,
    ClaimState,
    CollaborationState,
    MeetingState,
    OutcomeState,
    ReportState,
)
from portal.collaborations.workflow import COLLABORATION_FLOW, DELIVERABLE_FLOW, PARTICIPANT_FLOW
from portal.kernel import clock
from portal.kernel.errors import Forbidden, Refused
from portal.kernel.policy import Role
from portal.kernel.scopes import Scope
from portal.kernel.subscribers import drain
from portal.notifications.models import Notification
from portal.organisations.models import Organisation
from portal.organisations.queries import holders_of
from portal.proposals.actions import invite_co_author
from portal.proposals.inputs import NewCoAuthor
from portal.proposals.models import CoAuthor
from portal.proposals.queries import proposal_numbered
from portal.proposals.states import InterestState
from portal.proposals.workflow import CO_AUTHOR_FLOW, INTEREST_FLOW
from portal.threads.actions import post_message
from tests.accounts.steps import REGISTRATION, link_in, mails, stored
from tests.build import GIVEN, a_collaboration, a_listing, a_member, a_person, a_proposal, actor_of, an_interest, walk
from tests.collaborations.make import a_change, a_claim, a_report
from tests.collaborations.make_meetings import a_meeting, an_action
from tests.collaborations.make_papers import an_outcome
from tests.collaborations.make_people import a_guest, a_hand_over, a_team_member, invited
from tests.collaborations.make_risks import a_risk
from tests.lessons.test_pages import main_of


@pytest.fixture
def work(db):
    """Running common work."""
    collaboration = a_collaboration(db)
    walk(db, COLLABORATION_FLOW, collaboration, CollaborationState.ACTIVE, by=actor_of(db, collaboration.host_lead))
    return collaboration


def test_to_write_or_to_help_is_for_whoever_confirms_the_invited_address(app, db, work, client_of):
    """HyphaApp/hypha#2760: to register with an address is not to have it – nor what was sent there."""
    draft = a_proposal(db)
    author = actor_of(db, db.get_one(User, draft.author_id))
    invite_co_author(db, proposal_numbered(db, draft.id), NewCoAuthor("grace@example.org"), actor=author)
    invited(db, work, "grace@example.org")
    db.commit()

    client_of().submit("/register", REGISTRATION)  # somebody says that they are Grace
    assert [db.scalars(select(of.account_id)).one() for of in (CoAuthor, Participant)] == [None, None]
    db.commit()
    client_of().submit(link_in(mails(app, "grace@example.org")[-1]), {"password": REGISTRATION["password"]})

    grace, somebody = stored(app, "grace@example.org"), actor_of(db, a_person(db))
    for flow, of in ((CO_AUTHOR_FLOW, CoAuthor), (PARTICIPANT_FLOW, Participant)):
        part = db.scalars(select(of).execution_options(populate_existing=True)).one()
        assert part.account_id == grace.id
        with pytest.raises(Forbidden):
            flow.perform(db, part, "accept", actor=somebody)


def test_time_that_passes_accepts_confirms_pays_and_moves_nothing_of_common_work(db, work):
    """Waldur documents that a deadline moved a step on. Here nothing that waits for somebody is ever decided by waiting."""
    partner = actor_of(db, work.partner_lead)
    wished = a_report(db, work, ReportState.DUE)
    move_report(db, wished, NewDate(wished.due_on + dt.timedelta(days=200), "The winter."), actor=partner)
    DELIVERABLE_FLOW.perform(db, work.deliverables[0], "hand_in", actor=partner, given=GIVEN["HandIn"])
    claims = (ClaimState.SUBMITTED, ClaimState.TECHNICAL_CHECK, ClaimState.FINANCE_CHECK, ClaimState.APPROVED, ClaimState.QUERIED)
    waiting = [
        *(a_report(db, work, state) for state in (ReportState.SUBMITTED, ReportState.QUERIED)),
        *(a_claim(db, work, state) for state in claims),
        *(an_outcome(db, work, state) for state in (OutcomeState.REPORTED, OutcomeState.QUERIED)),
        *(a_meeting(db, work, state) for state in (MeetingState.HELD, MeetingState.OBJECTED)),
        *(a_change(db, work, state) for state in (ChangeState.SUBMITTED, ChangeState.ASSESSED)),
        *(work.deliverables[0], work, wished),
        an_action(db, a_meeting(db, work, MeetingState.HELD)),
        a_risk(db, work),
    ]
    before = [one.state for one in waiting], wished.due_on, work.ends_on, work.host_lead_id
    a_hand_over(db, work, a_member(db, db.get_one(Organisation, work.host_id)))
    guest = invited(db, work, a_person(db).email)

    with clock.at(clock.now() + dt.timedelta(days=400)):
        for _ in range(2):
            for move in wiring.TIMED:
                move(db)

    assert ([one.state for one in waiting], wished.due_on, work.ends_on, work.host_lead_id) == before
    assert guest.state.value == "expired"


def test_an_interest_that_may_not_be_sent_any_more_is_refused_when_it_is_sent(db):
    """Outreachy asks at the door; between the door and the desk a listing closes."""
    listing = a_listing(db)
    author = a_person(db)
    interest = an_interest(db, listing, author, state=InterestState.DRAFT)
    listing.closes_at = clock.now() - dt.timedelta(seconds=1)
    with pytest.raises(Refused, match="closed"):
        INTEREST_FLOW.perform(db, interest, "send", actor=actor_of(db, author))


@pytest.mark.parametrize(
    "name, waits, back",
    [
        ("interest", "acknowledged", "asked"),
        ("proposal", "in_review", "revision_requested"),
        ("deliverable", "under_review", "rework"),
        ("report", "submitted", "queried"),
        ("claim", "submitted", "queried"),
        ("outcome", "reported", "queried"),
        ("meeting", "held", "objected"),
    ],
)
def test_whatever_is_judged_can_be_sent_back_and_comes_again(name, waits, back):
    """indico/indico#6752: where there is no “revise”, people repurpose another word."""
    flow = next(flow for flow in wiring.FLOWS if flow.name == name)

    def reached(start):
        found, front = set(), {start}
        while front := {row.target for row in flow.table if set(row.source) & front} - found:
            found |= front
        return {str(state.value) for state in found}

    states = {str(state.value): state for state in flow.states()}
    assert back in {str(row.target.value) for row in flow.rows_from(states[waits])}
    assert waits in reached(states[back])


def test_whoever_is_named_in_common_work_is_told_and_an_office_is_its_people(app, db, work):
    """HyphaApp/hypha#2511: nobody told whom it was given to. inveniosoftware/invenio-rdm-records#1903: a group got no mail."""
    watcher, doer = (a_team_member(db, work, of) for of in ("organisation_id", "host_id"))
    officers = [a_member(db, db.get_one(Organisation, number), Role.OFFICER) for number in (work.host_id, work.organisation_id)]
    successor = a_member(db, db.get_one(Organisation, work.host_id))
    others = {one for side in (work.host_id, work.organisation_id) for one in holders_of(db, side, Role.OFFICER)}
    others -= {one.id for one in officers}
    db.commit()
    drain(app.extensions["database"], wiring.SUBSCRIBERS)
    a_risk(db, work, owner=watcher.id, likelihood=5, impact=5)
    an_action(db, a_meeting(db, work, MeetingState.HELD), owner=doer)
    a_claim(db, work, ClaimState.TECHNICAL_CHECK)
    a_hand_over(db, work, successor)
    post_message(db, "collaboration", work.id, "For the offices.", actor=actor_of(db, officers[0]), scope=Scope(None, True))
    db.commit()

    drain(app.extensions["database"], wiring.SUBSCRIBERS)

    told = {(one.kind, one.account_id) for one in db.query(Notification)}
    assert {("risk.raised", watcher.id), ("meeting_action.noted", doer.id), ("hand_over.proposed", successor.id)} <= told
    assert {("risk.raised", one.id) for one in officers} <= told
    assert ("claim.moved", officers[0].id) in told
    assert {one for kind, one in told if kind == "message.posted_officers"} == {officers[1].id, *others}


def test_what_a_guest_may_not_know_of_changes_no_page_of_theirs(db, work, client_of):
    """openreview/openreview#351: counts and filters told of what was not to be seen."""
    guest = a_person(db)
    a_guest(db, work, guest)
    at = work.href
    db.commit()
    client = client_of(guest)
    own = ("", "/meetings", "/plan", "/documents")
    pages = (*(f"{at}{part}" for part in own), "/collaborations", "/calendar", "/work", "/activity")
    before = [main_of(client, page) for page in pages]
    assert [code for code, _ in before] == [200] * 8

    a_meeting(db, work)
    an_action(db, a_meeting(db, work, MeetingState.HELD))
    a_risk(db, work, likelihood=5, impact=5)
    a_report(db, work, ReportState.SUBMITTED)
    a_claim(db, work, ClaimState.SUBMITTED)
    a_change(db, work, ChangeState.SUBMITTED)
    db.commit()

    assert [main_of(client, page) for page in pages] == before
    assert [client.get(f"{at}/{hidden}").status_code for hidden in ("history", "risks", "reports", "money", "changes")] == [
        404
    ] * 5
