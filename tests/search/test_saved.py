"""Saved searches: kept by one person, looked at when it is time, telling what is new and only what they may read."""

import datetime as dt

import pytest
from sqlalchemy import select

from portal import wiring
from portal.kernel import clock
from portal.kernel.subscribers import drain
from portal.listings.states import Visibility
from portal.notifications.models import Delivery, Notification
from portal.search.actions import MOST, choose_often, save_search
from portal.search.indexing import rebuild
from portal.search.models import SavedSearch
from portal.search.states import Often
from portal.search.watching import UNSURE, Watcher
from tests import build


@pytest.fixture
def mei(db):
    account = build.a_person(db, "Mei Tan")
    db.commit()
    return account


@pytest.fixture
def look(app, db):
    """Looks at what is due `days` from now, with everything published by then in the index; tells what was recorded."""

    def look(days):
        with clock.at(clock.now() + dt.timedelta(days=days)):
            db.commit()
            rebuild(app.extensions["database"], app.extensions["index"], app.extensions["searched"])
            looked = Watcher(app.extensions["index"], app.extensions["searched"], wiring.actor_for)(db)
            db.commit()
        recorded = db.scalars(select(build.Event).where(build.Event.kind == "saved_search.matched").order_by(build.Event.id))
        told = [(event.subject_id, event.data["count"]) for event in recorded]
        db.commit()
        return looked, told

    return look


def saved(db):
    found = db.scalars(select(SavedSearch).order_by(SavedSearch.id).execution_options(populate_existing=True)).all()
    db.commit()  # SQLite has one writer
    return found


def a_listing_in(db, days, title="Pumps that talk", **values):
    with clock.at(clock.now() + dt.timedelta(days=days)):
        return build.a_listing(db, title=title, **values)


def test_somebody_keeps_a_search_chooses_how_often_and_gives_it_up(client_of, db, app, mei):
    build.a_listing(db, title="Pumps that talk", remote=True)
    db.commit()
    rebuild(app.extensions["database"], app.extensions["index"], app.extensions["searched"])
    client = client_of(mei)
    assert 'name="address" form="save" value="q=pump&amp;remote=yes"' in client.get("/search?q=pump&remote=yes&sort=newest").text

    for _ in range(2):
        assert client.submit("/searches", {"address": "q=pump&remote=yes&sort=closing&page=3"}).status_code == 303
    (kept,) = saved(db)
    assert (kept.title, kept.address, kept.often) == ("pump · Remote possible", "q=pump&remote=yes", Often.DAILY)
    assert "pump · Remote possible" in client.get("/searches").text

    assert client.submit(f"/searches/{kept.id}/often", {"often": "weekly"}).status_code == 303
    assert saved(db)[0].often is Often.WEEKLY
    assert client.submit(f"/searches/{kept.id}/often", {"often": "hourly"}).status_code == 422
    assert client.submit(f"/searches/{kept.id}/stop").status_code == 303
    assert saved(db) == []
    assert client.submit(f"/searches/{kept.id}/stop").status_code == 404


def test_what_somebody_looks_for_is_nobody_elses_business(client_of, db, mei):
    save_search(db, "pump", "q=pump", actor=build.actor_of(db, mei))
    other = build.a_person(db)
    db.commit()
    (kept,) = saved(db)

    assert "pump" not in client_of(other).get("/searches").text
    assert client_of(other).submit(f"/searches/{kept.id}/stop").status_code == 404
    assert client_of().get("/searches").status_code == 303
    assert client_of().submit("/searches", {"address": "q=pump"}).status_code == 303
    assert 'form="save"' not in client_of().get("/search?q=pump").text
    assert len(saved(db)) == 1


@pytest.mark.parametrize("address", ["", "%00", "q=" + "x" * 9000, "kind=nonsense&field=%ff&page=-1", "&&&=", "closes=30"])
def test_whatever_is_kept_can_be_opened(client_of, db, mei, address):
    client = client_of(mei)

    assert client.submit("/searches", {"address": address}).status_code == 303
    assert client.get(saved(db)[0].href).status_code == 200


def test_nobody_keeps_more_than_can_be_read(client_of, db, mei):
    for number in range(MOST):
        save_search(db, "pump", f"q=pump{number}", actor=build.actor_of(db, mei))
    db.commit()

    answer = client_of(mei).submit("/searches", {"address": "q=more"})

    assert answer.status_code == 409
    assert "Give one up first" in answer.text


def test_what_is_new_is_told_once(db, app, mei, look):
    build.a_listing(db, title="Pumps of yesterday")
    save_search(db, "pump", "q=pump", actor=build.actor_of(db, mei))
    (kept,) = saved(db)
    a_listing_in(db, 0.5)
    a_listing_in(db, 0.6, title="About something else")

    assert look(0.9) == (0, [])
    assert look(1.1) == (1, [(kept.id, 1)])
    assert look(1.2) == (0, [(kept.id, 1)])
    assert look(2.3) == (1, [(kept.id, 1)])

    with clock.at(clock.now() + dt.timedelta(days=1.1)):
        drain(app.extensions["database"], wiring.SUBSCRIBERS)
    notification = db.scalars(select(Notification).where(Notification.account_id == mei.id)).one()
    assert notification.kind == "saved_search.matched"
    assert db.scalars(select(Delivery.subject).where(Delivery.account_id == mei.id)).all() == ["New for your search “pump”: 1"]


def test_what_was_published_a_moment_ago_is_told_by_the_next_look(db, mei, look):
    save_search(db, "pump", "q=pump", actor=build.actor_of(db, mei))
    a_listing_in(db, 1.1 - UNSURE / dt.timedelta(days=2))

    assert look(1.1) == (1, [])
    looked, found = look(2.2)
    assert (looked, [count for _, count in found]) == (1, [1])


def test_nobody_is_told_of_what_they_may_not_read(db, mei, look):
    save_search(db, "pump", "q=pump", actor=build.actor_of(db, mei))
    a_listing_in(db, 0.5, title="Pumps among us", visibility=Visibility.ORGANISATION)

    assert look(1.1) == (1, [])


def test_whoever_wants_no_news_gets_none(db, mei, look):
    save_search(db, "pump", "q=pump", actor=build.actor_of(db, mei))
    saved(db)[0].often = Often.NEVER
    a_listing_in(db, 0.5)

    assert look(30) == (0, [])


def test_a_pace_chosen_again_is_chosen_once_and_a_new_one_begins_now(db, mei):
    actor = build.actor_of(db, mei)
    save_search(db, "pump", "q=pump", actor=actor)
    (kept,) = saved(db)
    before, later = kept.looked_at, clock.now() + dt.timedelta(days=3)
    with clock.at(later):
        choose_often(db, kept, Often.DAILY, actor=actor)
        assert (kept.looked_at, build.facts(db, kept)) == (before, ["saved_search.saved"])

        choose_often(db, kept, Often.WEEKLY, actor=actor)
        assert (kept.looked_at, build.facts(db, kept)) == (later, ["saved_search.saved", "saved_search.paced"])


def test_a_closed_account_is_told_nothing(db, mei, look):
    save_search(db, "pump", "q=pump", actor=build.actor_of(db, mei))
    db.get(build.User, mei.id).active = False
    a_listing_in(db, 0.5)

    assert look(1.1) == (1, [])
