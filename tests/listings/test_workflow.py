"""What must be true before a listing moves on, and what then happens to it."""

import datetime as dt

import pytest

from portal.kernel import clock
from portal.kernel.errors import Forbidden, Refused
from portal.kernel.inputs import Reason
from portal.kernel.policy import SYSTEM_ACTOR, Role
from portal.listings.inputs import Review
from portal.listings.states import Kind, ListingState
from portal.listings.workflow import LISTING_FLOW
from tests import build

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
DRAFT, PUBLISHED, CLOSED = ListingState.DRAFT, ListingState.PUBLISHED, ListingState.CLOSED


@pytest.fixture
def organisation(session):
    return build.an_organisation(session)


@pytest.fixture
def owner(session, organisation):
    return build.a_member(session, organisation, Role.POSTER)


def perform(session, listing, action, actor, given=None):
    LISTING_FLOW.perform(session, listing, action, actor=actor, given=given)


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"summary": ""}, "summary"),
        ({"description": ""}, "description"),
        ({"closes_at": dt.datetime(2020, 1, 1, tzinfo=dt.UTC)}, "deadline has passed"),
    ],
)
def test_an_unfinished_draft_is_not_sent_and_says_why(session, organisation, owner, values, why):
    listing = build.a_listing(session, owner, organisation, state=DRAFT, **values)

    with pytest.raises(Refused, match=why):
        perform(session, listing, "submit", build.actor_of(session, owner))

    assert listing.state is DRAFT
    assert build.facts(session, listing) == []


@pytest.mark.parametrize("missing", ["supervisor", "supervision_hours"])
def test_an_internship_without_named_supervision_is_not_sent(session, organisation, owner, missing):
    listing = build.a_listing(session, owner, organisation, kind=Kind.INTERNSHIP, state=DRAFT)
    setattr(listing.internship, missing, None if missing.endswith("hours") else "")

    with pytest.raises(Refused, match="supervisor"):
        perform(session, listing, "submit", build.actor_of(session, owner))


def test_an_organisation_that_is_not_verified_publishes_nothing(session):
    organisation = build.an_organisation(session, verified=False)
    owner = build.a_member(session, organisation, Role.POSTER)
    listing = build.a_listing(session, owner, organisation, state=DRAFT)

    with pytest.raises(Refused, match="not verified"):
        perform(session, listing, "submit", build.actor_of(session, owner))


def test_an_owner_who_lost_the_role_sends_nothing(session, organisation):
    member = build.a_member(session, organisation)
    listing = build.a_listing(session, member, organisation, state=DRAFT)

    with pytest.raises(Refused, match="poster"):
        perform(session, listing, "submit", build.actor_of(session, member))


def test_nobody_publishes_their_own_listing(session, organisation):
    operator = build.a_person(session, admin=True)
    build.join(session, operator, organisation, Role.POSTER)
    listing = build.a_listing(session, operator, organisation, state=ListingState.IN_REVIEW)

    with pytest.raises(Forbidden):
        perform(session, listing, "publish", build.actor_of(session, operator))


def test_a_deadline_that_passed_in_review_stops_publication(session, organisation, owner):
    listing = build.a_listing(session, owner, organisation, state=ListingState.IN_REVIEW)

    with clock.at(listing.closes_at), pytest.raises(Refused, match="deadline"):
        perform(session, listing, "publish", build.ADMIN)


def test_publication_is_dated_once_and_forgets_the_reason(session, organisation, owner, frozen):
    actor = build.actor_of(session, owner)
    listing = build.a_listing(session, owner, organisation, state=ListingState.IN_REVIEW)
    perform(session, listing, "ask_changes", build.ADMIN, Review("Name the site."))
    assert listing.note == "Name the site."
    perform(session, listing, "submit", actor)
    perform(session, listing, "publish", build.ADMIN)
    perform(session, listing, "close", actor)
    with clock.at(frozen + dt.timedelta(days=1)):
        perform(session, listing, "reopen", actor)

    assert (listing.published_at, listing.note) == (frozen, "")


@pytest.mark.parametrize(("action", "state"), [("reject", "in_review"), ("suspend", "published"), ("suspend", "closed")])
def test_a_refusal_keeps_its_reason(session, organisation, owner, action, state):
    listing = build.a_listing(session, owner, organisation, state=ListingState(state))

    perform(session, listing, action, build.ADMIN, Reason("It is no offer."))

    assert listing.note == "It is no offer."


def test_what_was_taken_over_from_a_source_needs_nothing_more(session, organisation):
    listing = build.a_listing(session, build.a_person(session), organisation, state=DRAFT, summary="", description="")

    perform(session, listing, "take_over", SYSTEM_ACTOR)

    assert (listing.state, listing.published_at is not None) == (PUBLISHED, True)


def test_only_the_portal_takes_over_or_lets_expire(session, organisation, owner):
    for action, state in (("take_over", DRAFT), ("expire", PUBLISHED)):
        listing = build.a_listing(session, owner, organisation, state=state)
        for actor in (build.actor_of(session, owner), build.ADMIN):
            with pytest.raises(Forbidden):
                perform(session, listing, action, actor)


def test_nothing_expires_before_its_time(session, organisation, owner):
    listing = build.a_listing(session, owner, organisation)

    with pytest.raises(Refused, match="still to come"):
        perform(session, listing, "expire", SYSTEM_ACTOR)


@pytest.mark.parametrize(("seconds", "open_again"), [(-1, True), (0, False), (1, False)])
def test_reopening_needs_time_left(session, organisation, owner, seconds, open_again):
    listing = build.a_listing(session, owner, organisation, state=CLOSED)
    actor = build.actor_of(session, owner)

    with clock.at(listing.closes_at + dt.timedelta(seconds=seconds)):
        offer = next(o for o in LISTING_FLOW.offered(actor, listing, session=session) if o.action == "reopen")

    assert offer.allowed is open_again


def test_a_blocked_step_is_offered_with_its_reason(session, organisation, owner):
    listing = build.a_listing(session, owner, organisation, state=DRAFT, summary="")

    offers = LISTING_FLOW.offered(build.actor_of(session, owner), listing, session=session)

    assert [(offer.action, offer.allowed, "summary" in str(offer.why)) for offer in offers] == [("submit", False, True)]
