"""Listings that are read before they open: announced by moderation and by their owner, answered by nobody, hidden again."""

import datetime as dt

import pytest

from portal.kernel import clock
from portal.kernel.errors import Forbidden, Refused
from portal.kernel.policy import VISITOR, Role
from portal.listings.actions import draft_listing, halt_suspended, open_due
from portal.listings.inputs import written
from portal.listings.policies import AUDIENCE, READ
from portal.listings.states import Kind, ListingState, Visibility
from portal.listings.workflow import LISTING_FLOW
from portal.organisations.workflow import ORGANISATION_FLOW
from portal.proposals.workflow.eligibility import interest_conditions
from portal.questions.actions import ask_question
from portal.questions.inputs import Asked
from tests import build

DAY = dt.datetime(2027, 3, 3, 8, 0, tzinfo=dt.UTC)  # 09:00 in Brussels
TEXT = {"title": "T", "summary": "s", "description": "d", "opens_on": "2027-03-03", "opens_time": "09:00"}


@pytest.fixture(autouse=True)
def _before():
    with clock.at(DAY - dt.timedelta(days=30)):
        yield


@pytest.fixture
def organisation(session):
    return build.an_organisation(session)


@pytest.fixture
def owner(session, organisation):
    return build.actor_of(session, build.a_member(session, organisation, Role.POSTER))


@pytest.fixture
def operator(session):
    return build.actor_of(session, build.a_person(session, admin=True))


@pytest.fixture
def sent(session, organisation, owner):
    def make(**values):
        text = written(Kind.CHALLENGE, **(TEXT | {"announces": True} | values))
        listing = draft_listing(session, text, organisation_id=organisation.id, actor=owner)
        LISTING_FLOW.perform(session, listing, "submit", actor=owner)
        return listing

    return make


@pytest.fixture
def announced(session, sent, operator):
    listing = sent()
    LISTING_FLOW.perform(session, listing, "announce", actor=operator)
    return listing


def offered(session, listing, actor):
    return {offer.action for offer in LISTING_FLOW.offered(actor, listing, session=session)}


def test_moderation_announces_what_its_owner_wants_announced_and_nothing_else(session, sent, operator):
    assert offered(session, sent(), operator) >= {"announce"}
    assert "approve" not in offered(session, sent(), operator)
    assert {"approve", "announce"} & offered(session, sent(announces=False), operator) == {"approve"}


def test_what_is_announced_is_read_by_its_audience_and_opens_on_its_day(session, announced):
    assert (announced.state, announced.announced_at) == (ListingState.ANNOUNCED, clock.now())
    assert AUDIENCE.holds(VISITOR, announced)

    with clock.at(DAY):
        assert (open_due(session), open_due(session)) == (1, 0)

    assert (announced.state, announced.published_at) == (ListingState.PUBLISHED, DAY)
    assert build.facts(session, announced)[-2:] == ["listing.announced", "listing.published"]


def test_what_is_announced_for_a_few_is_read_by_those_alone(session, sent, operator):
    listing = sent(visibility=Visibility.ORGANISATION)
    LISTING_FLOW.perform(session, listing, "announce", actor=operator)

    assert not READ.holds(VISITOR, listing)
    assert not READ.holds(build.actor_of(session, build.a_person(session)), listing)
    assert not READ.holds(operator, listing)


def test_its_owner_stops_announcing_and_announces_again(session, announced, owner):
    LISTING_FLOW.perform(session, announced, "stop_announcing", actor=owner)
    assert (announced.state, announced.announces) == (ListingState.SCHEDULED, False)
    assert not READ.holds(VISITOR, announced)

    LISTING_FLOW.perform(session, announced, "announce", actor=owner)

    assert (announced.state, announced.announces) == (ListingState.ANNOUNCED, True)
    assert build.facts(session, announced)[-2:] == ["listing.unannounced", "listing.announced"]


def test_nobody_else_moves_it_and_nobody_writes_in_it(session, announced, operator):
    for action in ("stop_announcing", "take_back", "open_now"):
        with pytest.raises(Forbidden):
            LISTING_FLOW.perform(session, announced, action, actor=operator)
    assert offered(session, announced, operator) == {"ask_changes"}


def test_nobody_answers_or_asks_before_it_opens(session, announced):
    somebody = build.actor_of(session, build.a_person(session))

    assert [condition.met for condition in interest_conditions(somebody, announced)] == [False, True]
    with pytest.raises(Refused, match="from the day the listing opens"):
        ask_question(session, announced, Asked("When does it open?"), actor=somebody)


def test_what_a_suspended_organisation_announced_is_hidden_until_somebody_sees_to_it(session, announced, organisation, operator):
    assert halt_suspended(session) == 0
    ORGANISATION_FLOW.perform(session, organisation, "suspend", actor=operator, given=build.GIVEN["Reason"])

    assert (halt_suspended(session), halt_suspended(session)) == (1, 0)

    assert announced.state is ListingState.SCHEDULED
    assert build.facts(session, announced)[-1] == "listing.unannounced"


def test_what_cannot_open_on_its_day_is_seen_by_nobody_from_then_on(session, sent, operator):
    """The worker did not run until after its deadline."""
    late = sent(closes_on="2027-03-04")
    LISTING_FLOW.perform(session, late, "announce", actor=operator)

    with clock.at(DAY + dt.timedelta(days=9)):
        assert open_due(session) == 0

    assert late.state is ListingState.SCHEDULED
