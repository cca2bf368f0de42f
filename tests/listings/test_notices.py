"""Who is told of what happens to a listing."""

import pytest
from sqlalchemy import select

from portal.kernel import clock
from portal.kernel.events import Event
from portal.kernel.policy import Role
from portal.listings.actions import close_due, publish_imported, remind_expiring
from portal.listings.inputs import written
from portal.listings.models import REMINDED_BEFORE
from portal.listings.notices import NOTICES
from portal.listings.states import Kind, ListingState
from portal.listings.workflow import LISTING_FLOW
from tests import build

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def organisation(session):
    return build.an_organisation(session)


@pytest.fixture
def owner(session, organisation):
    return build.a_member(session, organisation, Role.POSTER)


@pytest.fixture
def operator(session):
    return build.a_person(session, admin=True)


def told(session):
    """Account ids told of the last fact."""
    event = session.scalars(select(Event).order_by(Event.id.desc())).first()
    return {
        concerned.account_id
        for notice in NOTICES
        if notice.fact.kind == event.kind
        for concerned in notice.concerned(session, event)
    }


def test_administrators_are_asked_to_check(session, organisation, owner, operator):
    build.a_listing(session, owner, organisation, state=ListingState.IN_REVIEW)

    assert told(session) == {operator.id}


@pytest.mark.parametrize("action", ["publish", "ask_changes", "reject"])
def test_the_owner_hears_what_was_decided(session, organisation, owner, operator, action):
    listing = build.a_listing(session, owner, organisation, state=ListingState.IN_REVIEW)
    given = build.GIVEN[takes.__name__] if (takes := LISTING_FLOW[action].takes) else None

    LISTING_FLOW.perform(session, listing, action, actor=build.actor_of(session, operator), given=given)

    assert told(session) == {owner.id}


def test_nobody_is_told_what_they_did_themselves(session, organisation, owner, operator):
    listing = build.a_listing(session, owner, organisation)

    LISTING_FLOW.perform(session, listing, "close", actor=build.actor_of(session, owner))

    assert told(session) == set()


def test_taking_over_a_record_is_nobodys_news(session, organisation, owner):
    publish_imported(
        session, written(Kind.PROJECT, title="T"), organisation=organisation, owner_id=owner.id, source_note="A source"
    )

    assert told(session) == set()


def test_the_owner_hears_that_it_will_open_and_that_it_is_about_to_expire(session, organisation, owner, operator):
    listing = build.a_listing(session, owner, organisation, state=ListingState.SCHEDULED)
    assert told(session) == {owner.id}

    endless = build.a_listing(session, owner, organisation, closes_at=None)
    with clock.at(endless.expires_at - REMINDED_BEFORE):
        assert remind_expiring(session) == 1
        assert told(session) == {owner.id}
    with clock.at(endless.expires_at):
        close_due(session)
        assert told(session) == {owner.id}
    assert listing.state is ListingState.SCHEDULED
