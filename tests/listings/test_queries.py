"""What lists of listings show, to whom, in which order."""

import datetime as dt

import pytest

from portal.kernel import clock
from portal.kernel.policy import VISITOR, Role
from portal.kernel.work import waiting
from portal.listings.actions import add_field
from portal.listings.queries import (
    SOURCES,
    listings_to_moderate,
    my_listings,
    newest_by_kind,
    open_listings_of,
    similar,
    vocabulary,
)
from portal.listings.states import Kind, ListingState, Visibility
from tests import build


@pytest.fixture
def organisation(session):
    return build.an_organisation(session)


@pytest.fixture
def owner(session, organisation):
    return build.a_member(session, organisation, Role.POSTER)


@pytest.fixture
def post(session, organisation, owner):
    """`post(state=…, …)`: a listing of that organisation, one minute younger than the one before."""
    start, count = clock.now() - dt.timedelta(days=1), iter(range(1000))

    def make(**values):
        with clock.at(start + dt.timedelta(minutes=next(count))):
            listing = build.a_listing(session, owner, organisation, **values)
        session.flush()
        return listing

    return make


def ids(things):
    return [thing.id for thing in things]


def test_similar_listings_share_fields_first_and_are_the_newest_then(session, post):
    maths, physics, law = [add_field(session, "oecd-ford", code, code)[0] for code in ("1.1", "1.3", "5.5")]
    shares_both = post(fields=[maths, physics])
    shares_one = post(fields=[physics, law])
    older, newer = post(fields=[]), post(fields=[law])
    listing = post(fields=[maths, physics])

    found = similar(session, VISITOR, listing, limit=10)

    assert ids(found) == ids([shares_both, shares_one, newer, older])
    assert ids(similar(session, VISITOR, listing, limit=1)) == [shares_both.id]
    assert (found[0].href, found[0].organisation) == (shares_both.href, listing.organisation.name)


def test_similar_listings_are_open_of_the_same_kind_and_readable(session, post, owner):
    listing, other = post(fields=[]), post(fields=[])
    post(kind=Kind.PROJECT, fields=[])
    post(closes_at=clock.now() + dt.timedelta(seconds=1), fields=[])
    for state in ListingState:
        if state is not ListingState.PUBLISHED:
            post(state=state, fields=[])
    registered, inside = [post(visibility=v, fields=[]) for v in (Visibility.REGISTERED, Visibility.ORGANISATION)]
    stranger = build.actor_of(session, build.a_person(session))

    with clock.at(clock.now() + dt.timedelta(seconds=2)):
        assert ids(similar(session, VISITOR, listing, limit=9)) == [other.id]
        assert ids(similar(session, stranger, listing, limit=9)) == [registered.id, other.id]
        assert ids(similar(session, build.actor_of(session, owner), listing, limit=9)) == [inside.id, registered.id, other.id]


def test_newest_listings_are_public_open_and_few_of_each_kind(session, post):
    first, second, third = [post(kind=Kind.PROJECT) for _ in range(3)]
    challenge = post()
    post(state=ListingState.CLOSED)
    post(visibility=Visibility.REGISTERED)

    newest = newest_by_kind(session, each=2)

    assert {kind: ids(found) for kind, found in newest.items()} == {
        Kind.PROJECT: ids([third, second]),
        Kind.CHALLENGE: [challenge.id],
        Kind.INTERNSHIP: [],
        Kind.TRAINING: [],
        Kind.COMPUTE: [],
    }


def test_open_listings_of_an_organisation_are_those_the_reader_may_read(session, post, organisation, owner):
    public, inside = post(), post(visibility=Visibility.ORGANISATION)
    build.a_listing(session)

    assert ids(open_listings_of(session, VISITOR, organisation.id)) == [public.id]
    assert ids(open_listings_of(session, build.actor_of(session, owner), organisation.id)) == ids([inside, public])


def test_my_listings_are_my_own_in_every_state(session, post, owner):
    mine = [post(state=state) for state in ListingState]
    build.a_listing(session)

    assert ids(my_listings(session, build.actor_of(session, owner), None).rows) == ids(reversed(mine))


@pytest.mark.parametrize(("role", "seen"), [(Role.OFFICER, True), (Role.ADMINISTRATOR, True), (Role.POSTER, False)])
def test_officers_and_administrators_see_their_organisations_listings(session, post, organisation, role, seen):
    draft = post(state=ListingState.DRAFT)
    member = build.actor_of(session, build.a_member(session, organisation, role))

    assert ids(my_listings(session, member, None).rows) == []
    assert ids(my_listings(session, member, None, all_of_mine=True).rows) == ([draft.id] if seen else [])


def test_my_listings_go_on_where_the_page_ended(session, post, owner):
    made = [post(state=ListingState.DRAFT) for _ in range(27)]
    actor = build.actor_of(session, owner)

    page = my_listings(session, actor, None)
    rest = my_listings(session, actor, page.after)

    assert ids(page.rows) + ids(rest.rows) == ids(reversed(made))
    assert rest.after is None


@pytest.mark.parametrize("cursor", ["", "x", "%00", "W10", "WyJhIl0", "W251bGxd", "a" * 500])
def test_a_spoilt_cursor_is_page_one(session, post, owner, cursor):
    listing = post(state=ListingState.IN_REVIEW)

    assert ids(my_listings(session, build.actor_of(session, owner), cursor).rows) == [listing.id]
    assert ids(listings_to_moderate(session, cursor).rows) == [listing.id]


def test_moderation_begins_with_what_waits_longest(session, post):
    waiting_ones = [post(state=ListingState.IN_REVIEW) for _ in range(26)]
    post(state=ListingState.EDITS_REQUESTED)

    page = listings_to_moderate(session)

    assert ids(page.rows) + ids(listings_to_moderate(session, page.after).rows) == ids(waiting_ones)


def test_what_was_sent_back_waits_for_its_owner_and_reviews_for_administrators(session, post, owner):
    sent_back, in_review = post(state=ListingState.EDITS_REQUESTED), post(state=ListingState.IN_REVIEW)
    operator = build.actor_of(session, build.a_person(session, admin=True))

    def asked_of(actor):
        hrefs = {source.key: source.href for source in SOURCES}
        rows = session.execute(waiting(SOURCES, actor)).all()
        return [(row.source, row.title, hrefs[row.source](row.id, row.detail)) for row in rows]

    assert asked_of(build.actor_of(session, owner)) == [("listing.change", sent_back.title, sent_back.href)]
    assert asked_of(operator) == [("listing.review", in_review.title, in_review.href)]
    assert waiting(SOURCES, VISITOR) is None


def test_the_vocabulary_is_in_the_order_of_its_codes(session):
    for code in ("10", "2.11", "2", "2.2", "1"):
        add_field(session, "oecd-ford", code, code)
    add_field(session, "erc-panel", "PE1", "Mathematics")
    session.flush()

    assert [term.code for term in vocabulary(session)] == ["1", "2", "2.2", "2.11", "10"]


@pytest.mark.parametrize("last", ["ix_listing_state", "ix_listing_newest"])
def test_the_newest_of_a_kind_are_found_by_its_index_however_many_there_are_of_others(last, app, db, count_statements):
    """By the index of states, three internships among 100,000 projects take a walk through the projects. Of two that fit as
    well, SQLite takes one by the order in which they were made.
    """
    connection = db.connection()
    made = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE name = ?", (last,)).scalar_one()
    connection.exec_driver_sql(f"DROP INDEX {last}")
    connection.exec_driver_sql(made)
    with count_statements() as asked:
        newest_by_kind(db)
    (statement,) = (one for one in asked if "listing" in one)
    values = [value for kind in Kind for value in (str(kind), "published", "2026-01-01", "public", 3, 0)]

    plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", tuple(values))]

    assert sum("ix_listing_newest" in line for line in plan) == len(Kind)
    assert not any("ix_listing_state" in line for line in plan)
