"""Places that fill up: the listing closes with the last one, and opens again only when one is free."""

import pytest

from portal.kernel.errors import Forbidden, Invalid, Refused
from portal.kernel.policy import Role
from portal.listings.actions import count_places, draft_listing, fill_place
from portal.listings.inputs import Places, written
from portal.listings.queries import listing_in_full
from portal.listings.states import Kind, ListingState
from portal.listings.workflow import LISTING_FLOW
from tests import build
from tests.listings.pages import listings, value_in


def test_the_last_place_closes_the_listing_and_a_free_one_lets_it_open_again(session):
    listing = build.a_listing(session, capacity=2)
    owner = build.actor_of(session, listing.owner)

    count_places(session, listing, Places(1), actor=owner)
    assert listing.state is ListingState.PUBLISHED
    fill_place(session, listing)
    assert (listing.state, listing.filled) == (ListingState.CLOSED, 2)
    assert build.facts(session, listing)[-3:] == ["listing.places_counted", "listing.places_counted", "listing.filled"]

    with pytest.raises(Refused, match="free again"):
        LISTING_FLOW.perform(session, listing, "reopen", actor=owner)
    count_places(session, listing, Places(1), actor=owner)
    LISTING_FLOW.perform(session, listing, "reopen", actor=owner)
    assert listing.state is ListingState.PUBLISHED


def test_only_its_owner_counts_and_never_more_than_there_are(session):
    listing, uncounted = build.a_listing(session, capacity=2), build.a_listing(session)
    owner = build.actor_of(session, listing.owner)

    with pytest.raises(Invalid):
        count_places(session, listing, Places(3), actor=owner)
    with pytest.raises(Forbidden):
        count_places(session, listing, Places(1), actor=build.actor_of(session, uncounted.owner))
    with pytest.raises(Forbidden):
        count_places(session, uncounted, Places(1), actor=build.actor_of(session, uncounted.owner))


def test_where_nobody_counts_an_accepted_proposal_settles_the_listing(session):
    listing = build.a_listing(session)
    owner = build.actor_of(session, listing.owner)
    fill_place(session, listing)
    assert listing.state is ListingState.PUBLISHED

    LISTING_FLOW.perform(session, listing, "close", actor=owner)
    with pytest.raises(Refused, match="settled"):
        LISTING_FLOW.perform(session, listing, "reopen", actor=owner)


def test_the_places_of_an_internship_are_its_capacity(session):
    host = build.an_organisation(session)
    poster = build.actor_of(session, build.a_member(session, host, Role.POSTER))
    made = draft_listing(session, written(Kind.INTERNSHIP, title="T", places="4"), organisation_id=host.id, actor=poster)

    assert listing_in_full(session, made.id).capacity == 4


def test_a_collaboration_takes_a_place(session):
    listing = build.a_listing(session, capacity=1)
    build.a_member(session, listing.organisation, Role.OFFICER)
    university = build.an_organisation(session)
    author = build.a_member(session, university)
    build.a_member(session, university, Role.OFFICER)

    build.a_collaboration(session, listing, author)

    assert (listing.filled, listing.state) == (1, ListingState.CLOSED)


def test_counting_in_the_browser(db, browser_of, post):
    listing, uncounted = post(capacity=2), post()
    owner = browser_of("owner")
    assert (
        owner.get(f"{uncounted.href}/places").status_code,
        browser_of("colleague").get(f"{listing.href}/places").status_code,
    ) == (403, 403)
    version = value_in(owner.get(f"{listing.href}/places"), "version")

    assert owner.submit(f"{listing.href}/places", {"filled": "many", "version": version}).status_code == 422
    assert owner.submit(f"{listing.href}/places", {"filled": "1", "version": "0"}).status_code == 409
    assert owner.submit(f"{listing.href}/places", {"filled": "1", "version": version}).status_code == 303
    assert "1 of 2" in browser_of("visitor").get(listing.href).text
    assert listings(db)[0].filled == 1
