import datetime as dt
from zoneinfo import ZoneInfo

import icalendar
import pytest

from portal.accounts.models import User
from portal.board.queries import awaited_by, dates_for, own_by_state
from portal.collaborations.states import CollaborationState
from portal.collaborations.workflow import COLLABORATION_FLOW
from portal.kernel import clock
from portal.kernel.policy import Role
from portal.listings.actions import name_co_owner
from portal.listings.inputs import Colleague
from portal.proposals.states import InterestState, ProposalState
from tests.build import a_collaboration, a_listing, a_member, a_person, a_proposal, actor_of, an_interest, walk


def running(session, listing=None):
    work = a_collaboration(session, listing)
    walk(session, COLLABORATION_FLOW, work, CollaborationState.ACTIVE, by=actor_of(session, work.host_lead))
    return work


def events_in(answer):
    return {str(event["summary"]): event["dtstart"].dt for event in icalendar.Calendar.from_ical(answer.data).walk("VEVENT")}


@pytest.fixture
def opened(db, client_of):
    """Somebody who waits for an answer, their browser, and the path of the address they made."""
    interest = an_interest(db, a_listing(db), a_person(db), state=InterestState.SENT)
    author = db.get_one(User, interest.author_id)
    db.commit()
    client = client_of(author)
    page = client.submit("/calendar/address")
    assert page.headers["Cache-Control"] == "no-store"
    return (
        interest,
        author,
        client,
        "/calendar/" + page.text.partition("/calendar/")[2].partition(".ics")[0].split("/calendar/")[-1] + ".ics",
    )


def test_what_one_waits_for_names_who_has_it_and_since_when(database, session):
    listing = a_listing(session)
    interest = an_interest(session, listing, a_person(session))
    proposal = a_proposal(session, listing, state=ProposalState.IN_APPROVAL)
    owner, author = (session.get_one(User, number) for number in (listing.owner_id, proposal.author_id))

    waits = awaited_by(session, actor_of(session, session.get_one(User, interest.author_id)))
    approvals = awaited_by(session, actor_of(session, author))

    assert [(one.kind, one.holder, one.since) for one in waits] == [("answer", owner.name, interest.sent_at)]
    assert {(one.kind, one.holder) for one in approvals} == {
        ("approval", proposal.host.name),
        ("approval", proposal.organisation.name),
    }
    assert len({one.href for one in approvals}) == 1


def test_own_things_are_counted_by_state(session):
    listing = a_listing(session)
    for state in (ProposalState.DRAFT, ProposalState.SUBMITTED, ProposalState.SUBMITTED):
        a_proposal(session, listing, state=state)
    owner = actor_of(session, session.get_one(User, listing.owner_id))

    assert [(mine.label, [(str(state), n) for state, n, _ in mine.counts]) for mine in own_by_state(session, owner)] == [
        ("My listings", [("published", 1)])
    ]


def test_what_somebody_helps_to_own_counts_among_their_own_once(session):
    listing = a_listing(session)
    owner = session.get_one(User, listing.owner_id)
    colleague = a_member(session, listing.organisation, Role.POSTER)
    a_listing(session, colleague, listing.organisation)
    name_co_owner(session, listing, Colleague(colleague.email), actor=actor_of(session, owner))

    (mine,) = own_by_state(session, actor_of(session, colleague))
    assert [(str(state), n) for state, n, _ in mine.counts] == [("published", 2)]
    (mine,) = own_by_state(session, actor_of(session, owner))
    assert [(str(state), n) for state, n, _ in mine.counts] == [("published", 1)]


def test_the_list_and_the_sheet_show_each_date_once(db, client_of, count_statements):
    work = running(db)
    lead = db.get_one(User, work.partner_lead_id)
    db.commit()
    client = client_of(lead)
    with count_statements() as asked:
        page = client.get("/calendar")

    assert len(asked) <= 6
    assert page.text.count(work.deliverables[0].title) >= 1
    due = work.deliverables[0].due_on
    assert work.deliverables[0].title in client.get(f"/calendar?month={due:%Y-%m}").text
    assert client.get("/calendar?month=2026-13").status_code == 200


def test_a_calendar_program_reads_what_its_owner_may_read_now(db, client_of, opened):
    interest, author, _client, path = opened
    stranger = client_of()

    answer = stranger.get(path)
    assert answer.mimetype == "text/calendar"
    assert list(events_in(answer).values()) == [interest.reply_due_at.replace(microsecond=0)]
    author = db.get_one(User, author.id)
    author.active = False
    db.commit()
    assert stranger.get(path).status_code == 404


def test_an_address_ends_when_it_is_closed_or_another_is_made(client_of, opened):
    _interest, _author, client, path = opened
    again = client.submit("/calendar/address").text
    assert client_of().get(path).status_code == 404

    newest = "/calendar/" + again.partition("/calendar/")[2].split("/calendar/")[-1].partition(".ics")[0] + ".ics"
    assert client.submit("/calendar/address/close").status_code == 303
    assert client_of().get(newest).status_code == 404
    assert client.submit("/calendar/address/close").status_code == 404
    assert client_of().get("/calendar/nothing.ics").status_code == 404


def test_the_address_opens_nothing_else(client_of, opened):
    _interest, _author, _client, path = opened
    visitor = client_of()
    visitor.get(path)

    assert visitor.get("/work").status_code == 303
    assert visitor.post(path).status_code in (400, 405)


def test_a_promised_day_is_the_same_day_everywhere_and_a_moment_falls_on_the_readers_day(db):
    with clock.at(dt.datetime(2026, 10, 1, tzinfo=clock.UTC)):
        # In the night in which European clocks go back.
        work = running(db, a_listing(db, closes_at=dt.datetime(2026, 10, 25, 0, 30, tzinfo=clock.UTC)))
        entries = dates_for(db, actor_of(db, work.host_lead), [])
    closing = next(entry for entry in entries if entry.key.startswith("closing"))
    milestones = [entry for entry in entries if entry.key.startswith("milestone")]
    days = {name: closing.day_in(ZoneInfo(name)).day for name in ("Europe/Brussels", "America/St_Johns", "Pacific/Apia")}

    assert days == {"Europe/Brussels": 25, "America/St_Johns": 24, "Pacific/Apia": 25}
    assert milestones
    for zone in ("Europe/Brussels", "America/St_Johns", "Asia/Kathmandu", "Pacific/Apia"):
        assert {entry.day_in(ZoneInfo(zone)) for entry in milestones} == {milestone.due_on for milestone in work.milestones}
