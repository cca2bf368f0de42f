"""Following a listing: by a button, known to nobody else, told once of each thing, forgotten with the account."""

import datetime as dt

import pytest
from sqlalchemy import select

from portal import wiring
from portal.accounts.closing import erase_account
from portal.kernel import clock
from portal.kernel.errors import Forbidden, Refused
from portal.kernel.subscribers import drain
from portal.listings.actions import edit_listing, following, open_due
from portal.listings.inputs import written
from portal.listings.models import ListingFollow
from portal.listings.queries import followers, listing_in_full
from portal.listings.states import Kind, ListingState, Visibility
from portal.notifications.models import Delivery, Notification
from portal.search.indexing import rebuild
from tests import build

OPENING = dt.timedelta(days=11)


@pytest.fixture
def announced(post):
    return post(title="Pumps of tomorrow", state=ListingState.ANNOUNCED)


@pytest.fixture
def told(app, db, people):
    """`told("stranger")`: the subjects of the mails to that person so far, once everything that happened was told, twice."""

    def told(name):
        db.commit()
        for _ in range(2):
            drain(app.extensions["database"], wiring.SUBSCRIBERS)
        query = select(Delivery.subject).where(Delivery.account_id == getattr(people, name).id).order_by(Delivery.id)
        found = list(db.scalars(query))
        db.commit()
        return found

    return told


def follow(db):
    found = db.scalars(select(ListingFollow).execution_options(populate_existing=True)).one()
    db.commit()
    return found


def test_somebody_follows_is_told_that_it_opens_and_stops(browser_of, db, people, announced, told):
    reader = browser_of("stranger")

    assert "Tell me when it opens" in reader.get(announced.href).text
    assert reader.submit(f"{announced.href}/follow").location == announced.href
    assert reader.submit(f"{announced.href}/follow").location == announced.href
    assert "Stop following" in reader.get(announced.href).text
    kept = reader.get("/searches").text
    assert "Pumps of tomorrow" in kept
    assert "Opens" in kept
    assert told("stranger") == []

    with clock.at(clock.now() + OPENING):
        assert open_due(db) == 1
        assert told("stranger") == ["“Pumps of tomorrow” is open now"]
    assert "is open now" not in "".join(told("owner"))

    stop = f"/follows/{follow(db).id}/stop"
    assert browser_of("owner").submit(stop).status_code == 404
    assert reader.submit(stop).location == "/searches"
    assert "Pumps of tomorrow" not in reader.get("/searches").text
    assert db.scalars(select(ListingFollow)).all() == []


def test_nobody_else_learns_who_follows(browser_of, db, announced):
    browser_of("stranger").submit(f"{announced.href}/follow")

    for name in ("owner", "officer", "administrator", "operator"):
        for path in (announced.href, f"{announced.href}/owners", "/activity", "/searches"):
            assert "Sid Stranger" not in browser_of(name).get(path).text
    audit = browser_of("operator").get("/audit?kind=listing.followed").text
    assert ("Following began: following no. 1" in audit, "Sid" in audit, announced.reference in audit) == (True, False, False)
    assert "Following began: following no. 1" not in browser_of("operator").get("/audit?person=Sid").text


def test_what_changes_while_it_is_open_is_told_once_to_each_for_their_nearest_reason(browser_of, db, people, post, told):
    listing = post(title="Pumps", currency="EUR", closes_at=None)
    browser_of("stranger").submit(f"{listing.href}/follow")
    build.an_interest(db, listing, people.colleague)
    following.follow_listing(db, listing, actor=build.actor_of(db, people.colleague))
    before = len(told("colleague"))

    text = written(Kind.CHALLENGE, title="Pumps", summary="Other words.", description="d", intake="proposal")
    edit_listing(db, listing_in_full(db, listing.id), text, actor=build.actor_of(db, people.owner))

    assert told("stranger") == ["“Pumps”, which you follow, was changed"]
    assert told("colleague")[before:] == ["“Pumps” was changed"]


def test_who_can_no_longer_read_it_is_told_nothing_of_it(browser_of, db, people, announced, told):
    reader = browser_of("stranger")
    reader.submit(f"{announced.href}/follow")
    announced.visibility = Visibility.ORGANISATION
    db.commit()

    with clock.at(clock.now() + OPENING):
        assert open_due(db) == 1
        assert told("stranger") == []

    assert db.scalars(select(Notification).where(Notification.account_id == people.stranger.id)).all() == []
    db.commit()
    reader.get("/searches")  # says once more that it is followed
    page = reader.get("/searches").text
    assert ("A listing that you cannot read now" in page, "Pumps" in page) == (True, False)


def test_only_those_it_is_for_follow_it_and_its_owner_hears_anyway(browser_of, post, announced):
    inside = post(visibility=Visibility.ORGANISATION)
    closed = post(state=ListingState.CLOSED)

    assert browser_of("visitor").submit(f"{announced.href}/follow").location.startswith("/sign-in")
    assert "Sign in to be told when it opens" in browser_of("visitor").get(announced.href).text
    assert browser_of("stranger").submit(f"{inside.href}/follow").status_code == 404
    assert browser_of("stranger").submit(f"{closed.href}/follow").status_code == 403
    assert browser_of("owner").submit(f"{announced.href}/follow").status_code == 403
    assert "Tell me when it opens" not in browser_of("owner").get(announced.href).text


def test_somebody_follows_only_so_many(session, monkeypatch):
    monkeypatch.setattr(following, "MOST_FOLLOWED", 1)
    reader = build.actor_of(session, build.a_person(session))
    first, second = build.a_listing(session), build.a_listing(session)
    following.follow_listing(session, first, actor=reader)

    with pytest.raises(Refused, match="as many as there can be"):
        following.follow_listing(session, second, actor=reader)
    with pytest.raises(Forbidden):
        other = build.actor_of(session, build.a_person(session))
        following.stop_following(session, session.scalars(select(ListingFollow)).one(), actor=other)


def test_an_erased_account_follows_nothing(session):
    person, listing = build.a_person(session), build.a_listing(session)
    following.follow_listing(session, listing, actor=build.actor_of(session, person))
    assert list(followers(session, listing.id, clock.now())) == [person.id]

    erase_account(session, person, [], actor=build.actor_of(session, person))

    assert list(followers(session, listing.id, clock.now())) == []


def test_what_is_announced_cannot_be_answered_until_it_opens(app, db, browser_of, announced):
    reader = browser_of("stranger")
    rebuild(app.extensions["database"], app.extensions["index"], app.extensions["searched"])

    assert "Show your interest" not in reader.get(announced.href).text
    assert "It takes answers from the day it opens" in reader.get(f"{announced.href}/interest").text
    assert "It takes answers from the day it opens" in reader.get(f"{announced.href}/propose").text
    with clock.at(clock.now() + OPENING):
        assert open_due(db) == 1
        db.commit()
        assert "Show your interest" in reader.get(announced.href).text


def test_pages_ask_no_more_for_one_who_follows(browser_of, post, announced, count_statements):
    reader = browser_of("stranger")
    for listing in (post(), announced, post()):
        reader.submit(f"{listing.href}/follow")
        with count_statements() as asked:
            reader.get(listing.href)
        assert len(asked) <= 6
        with count_statements() as asked:
            reader.get("/searches")
        assert len(asked) <= 6
