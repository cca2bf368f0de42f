import datetime as dt
import threading
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from portal.accounts.models import User
from portal.board.actions.reminding import AT_ONCE, days_left, next_morning
from portal.kernel import clock
from portal.kernel.db import transaction
from portal.kernel.events import Event
from portal.kernel.policy import Role
from portal.kernel.subscribers import drain
from portal.kernel.work import END_OF_DAY, Leads
from portal.kernel.worker import More
from portal.kernel.zones import ZONES
from portal.notifications.models import Notification
from portal.proposals.models import Interest
from portal.proposals.states import InterestState, ProposalState
from portal.wiring import LEADS, SOURCES, SUBSCRIBERS, TIMED
from tests.build import a_listing, a_member, a_person, a_proposal, an_interest

START = dt.datetime(2026, 3, 2, 9, 0, tzinfo=clock.UTC)
MOMENTS = st.integers(0, 7 * 365 * 24 * 60).map(
    lambda minutes: dt.datetime(2024, 1, 1, tzinfo=clock.UTC) + dt.timedelta(minutes=minutes)
)
REMIND = next(move for move in TIMED if move.__name__ == "remind_of_dates")


def remind(database, days, hours=0):
    """Let the move of the clock run so many days after the start."""
    with clock.at(START + dt.timedelta(days=days, hours=hours)), database.writing() as session, transaction(session):
        return REMIND(session)


def reminded(database):
    """What was recorded: kind, whose it is, days."""
    with database.reading() as session:
        rows = session.scalars(select(Event).where(Event.kind.startswith("reminder.")).order_by(Event.id)).all()
        return [(row.kind.partition(".")[2], row.data["account_id"], row.data["days"]) for row in rows]


@pytest.fixture
def proposal(database):
    """A submitted proposal that its listing's owner has to decide on within thirty days, with an officer beside them."""
    with clock.at(START), database.writing() as session, transaction(session):
        listing = a_listing(session)
        a_member(session, listing.organisation, Role.OFFICER, name="Officer")
        made = a_proposal(session, listing, state=ProposalState.SUBMITTED)
        return made.id, listing.owner_id


def test_a_holder_is_reminded_before_and_after_and_then_the_office_each_once(database, proposal):
    _number, owner = proposal
    for day in (1, 22, 23, 24, 29, 30, 31, 32, 33, 34, 37, 38, 45):
        remind(database, day)
        remind(database, day, hours=5)

    assert reminded(database) == [
        ("near", owner, 7),
        ("near", owner, 1),
        ("passed", owner, 1),
        ("escalated", owner, 3),
        ("passed", owner, 7),
    ]


def test_after_days_of_pause_the_holder_is_told_once_of_what_is_true_now(database, proposal):
    _number, owner = proposal
    remind(database, 20)
    for _ in range(2):
        remind(database, 29)

    assert reminded(database) == [("near", owner, 1)]


def test_workers_beside_each_other_remind_once(database, proposal):
    _number, owner = proposal
    remind(database, 1)
    gate, problems = threading.Barrier(4), []

    def work():
        gate.wait()
        try:
            remind(database, 24)
        except Exception as problem:
            problems.append(problem)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert problems == []
    assert reminded(database) == [("near", owner, 6)]


def test_reminders_are_notices_like_all_others_and_say_why(database, proposal):
    _number, owner = proposal
    for day in (1, 24, 33):
        remind(database, day)
    with clock.at(START + dt.timedelta(days=33)):
        drain(database, SUBSCRIBERS)
        drain(database, SUBSCRIBERS)
        with database.reading() as session:
            query = select(Notification).where(Notification.kind.startswith("reminder.")).order_by(Notification.id)
            told = [(one.kind, one.account_id == owner, one.reason) for one in session.scalars(query)]

    mine = "because this waits for you and has a date"
    assert told[:2] + list(set(told[2:])) == [
        ("reminder.near", True, mine),
        ("reminder.passed", True, mine),
        ("reminder.escalated", False, "because somebody of your organisation has this in hand and its date has passed"),
    ]


def test_what_was_done_is_not_remembered_and_a_lapse_is_no_yes(database):
    with clock.at(START), database.writing() as session, transaction(session):
        number = an_interest(session, a_listing(session), a_person(session)).id
    for day in (0, 8, 9, 13, 14, 15, 20):
        with clock.at(START + dt.timedelta(days=day)):
            for move in TIMED:
                with database.writing() as session, transaction(session):
                    move(session)

    with database.reading() as session:
        interest = session.get_one(Interest, number)
        assert interest.state is InterestState.LAPSED
    kinds = [kind for kind, _who, _days in reminded(database)]
    assert kinds.count("near") == 2


def test_somebody_whose_account_is_closed_is_not_reminded(database, proposal):
    _number, owner = proposal
    with database.writing() as session, transaction(session):
        session.get_one(User, owner).active = False
    remind(database, 24)

    assert owner not in [who for _kind, who, _days in reminded(database)]


def test_lead_times_name_sources_that_exist():
    assert set(LEADS) <= {source.key for source in SOURCES}


@given(st.integers(-60, 60))
def test_the_step_that_holds_is_the_latest_reached(days):
    step = Leads(before=(7, 1), after=(1, 7)).step(days)

    assert step == (1 if 0 <= days <= 1 else 7 if 1 < days <= 7 else None if days > 7 else -1 if days > -7 else -7)


@given(MOMENTS, st.sampled_from(ZONES))
def test_the_next_morning_is_at_seven_of_that_clock_and_within_a_day(moment, name):
    with clock.at(moment):
        morning = next_morning(ZoneInfo(name))

    assert dt.timedelta(0) < morning - moment <= dt.timedelta(hours=25)
    assert morning.astimezone(ZoneInfo(name)).time() == dt.time(7)


@given(st.dates(dt.date(2024, 1, 1), dt.date(2030, 12, 31)), st.sampled_from(ZONES), st.integers(-9, 9))
def test_a_promised_day_is_counted_by_the_readers_calendar(day, name, ahead):
    zone = ZoneInfo(name)
    with clock.at(dt.datetime.combine(day - dt.timedelta(days=ahead), dt.time(12), zone)):
        assert days_left(dt.datetime.combine(day, END_OF_DAY, clock.UTC), zone) == ahead


def test_more_people_than_fit_into_one_transaction_are_reminded_soon(database):
    with clock.at(START), database.writing() as session, transaction(session):
        for _ in range(AT_ONCE + 1):
            a_person(session)
    assert isinstance(remind(database, 1), More)
    assert not isinstance(remind(database, 1), More)
