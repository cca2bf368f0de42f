"""Asking and answering: who may, until when, how often, and who learns what."""

import datetime as dt

import pytest
from sqlalchemy import select

from portal.accounts.models import User
from portal.kernel import clock
from portal.kernel.errors import Forbidden, Refused
from portal.kernel.events import Event
from portal.kernel.policy import VISITOR, Role
from portal.listings.states import ListingState, Visibility
from portal.organisations.states import OrganisationKind
from portal.questions.actions import MOST_A_DAY, answer_question, ask_question
from portal.questions.inputs import Answered, Asked
from portal.questions.notices import NOTICES
from portal.questions.policies import READ
from portal.questions.queries import questions_close_at, questions_on, questions_to_answer
from tests import build

ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def listing(session):
    return build.a_listing(session)


@pytest.fixture
def owner(session, listing):
    return build.actor_of(session, session.get_one(User, listing.owner_id))


@pytest.fixture
def asker(session):
    university = build.an_organisation(session, kind=OrganisationKind.UNIVERSITY)
    return build.actor_of(session, build.a_member(session, university))


def ask(session, listing, actor, text="How old is the data?"):
    return ask_question(session, listing, Asked(text), actor=actor)


def told(session):
    event = session.scalars(select(Event).order_by(Event.id.desc())).first()
    return [each.account_id for n in NOTICES if n.fact.kind == event.kind for each in n.concerned(session, event)]


def test_a_question_waits_for_the_owner_until_it_is_answered(session, listing, owner, asker):
    question = ask(session, listing, asker)
    assert [row.id for row in session.execute(questions_to_answer(owner))] == [listing.id]
    assert told(session) == [owner.id]

    answer_question(session, question, Answered("Three years."), actor=owner)

    assert session.execute(questions_to_answer(owner)).all() == []
    assert told(session) == [asker.id]
    assert (question.answer, build.facts(session, question)) == ("Three years.", ["question.asked", "question.answered"])


def test_it_is_read_by_its_two_sides_first_and_by_all_readers_once_answered(session, listing, owner, asker):
    officer = build.actor_of(session, build.a_member(session, listing.organisation, Role.OFFICER))
    stranger = build.actor_of(session, build.a_person(session))
    question = ask(session, listing, asker)
    readers = {"owner": owner, "officer": officer, "asker": asker, "stranger": stranger, "visitor": VISITOR}

    def shown():
        found = {name for name, actor in readers.items() if questions_on(session, actor, listing)}
        assert found == {name for name, actor in readers.items() if READ.holds(actor, question)}
        return found

    assert shown() == {"owner", "officer", "asker"}
    answer_question(session, question, Answered("Three years."), actor=owner)
    assert shown() == set(readers)
    listing.visibility = Visibility.ORGANISATION
    session.flush()
    assert shown() == {"owner", "officer"}


@ON_SQLITE
def test_nobody_learns_who_asked(session, listing, asker):
    question = ask(session, listing, asker)

    assert (question.asked_as.value, question.asked_from) == ("professor", OrganisationKind.UNIVERSITY)
    assert all(notice.fact.hides_actor for notice in NOTICES if notice.fact.kind == "question.asked")


@ON_SQLITE
def test_the_owner_and_visitors_do_not_ask(session, listing, owner):
    for actor in (owner, VISITOR):
        with pytest.raises(Forbidden):
            ask(session, listing, actor)


@ON_SQLITE
@pytest.mark.parametrize("state", [ListingState.CLOSED, ListingState.ARCHIVED])
def test_what_is_closed_takes_no_questions(session, asker, state):
    with pytest.raises(Refused, match="closed"):
        ask(session, build.a_listing(session, state=state), asker)


@ON_SQLITE
def test_the_last_day_counts_to_its_last_minute_where_the_listing_is(session, asker):
    listing = build.a_listing(session, questions_until=dt.date(2027, 1, 8), time_zone="America/New_York", closes_at=None)
    end = dt.datetime(2027, 1, 9, 4, 59, tzinfo=dt.UTC)
    assert questions_close_at(listing) == end

    with clock.at(end - dt.timedelta(seconds=1)):
        ask(session, listing, asker)
    with clock.at(end), pytest.raises(Refused, match="closed"):
        ask(session, listing, asker, "Another one")


@ON_SQLITE
def test_questions_close_with_the_listing_at_the_latest(session):
    listing = build.a_listing(session, questions_until=dt.date(2090, 1, 8))

    assert questions_close_at(listing) == listing.closes_at


def test_a_person_asks_so_many_a_day_and_a_second_click_is_none(session, asker):
    listings = [build.a_listing(session) for _ in range(2)]
    for number in range(MOST_A_DAY):
        first = ask(session, listings[number % 2], asker, f"Question {number}?")
        assert ask(session, listings[number % 2], asker, f"Question {number}?") is first

    with pytest.raises(Refused, match="tomorrow"):
        ask(session, listings[0], asker, "One more?")
    with clock.at(clock.now() + dt.timedelta(days=1, minutes=1)):
        assert ask(session, listings[0], asker, "One more?").id


@ON_SQLITE
def test_only_the_owner_answers_and_only_once(session, listing, owner, asker):
    question = ask(session, listing, asker)
    officer = build.actor_of(session, build.a_member(session, listing.organisation, Role.OFFICER, Role.POSTER))
    for actor in (asker, officer):
        with pytest.raises(Forbidden):
            answer_question(session, question, Answered("x"), actor=actor)
    answer_question(session, question, Answered("Three years."), actor=owner)

    with pytest.raises(Refused, match="answered"):
        answer_question(session, question, Answered("Four years."), actor=owner)
