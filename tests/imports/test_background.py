"""The worker and uploaded files: killed, stopped, overtaken, no longer allowed – nothing is lost, doubled or anybody else's."""

import datetime as dt
import threading

import pytest
from sqlalchemy import func, select

from portal import wiring
from portal.imports import background
from portal.imports.actions import Clearing
from portal.imports.background import Runner
from portal.imports.models import ImportRun
from portal.kernel import clock
from portal.kernel.db import transaction
from portal.listings.models import Listing
from portal.organisations.models import Membership
from tests.imports.uploading import a_keeper, refusals, run_of, upload, work

ROWS = "id,title\n" + "".join(f"{n},Pump {n}\n" for n in range(160)) + "3,Twice\n"


@pytest.fixture
def sent(app, db, client_of):
    """A file of 161 rows on its way, and who sent it."""
    keeper, organisation = a_keeper(db)
    run = upload(client_of(keeper), ROWS, organisation).location
    client_of(keeper).submit(f"{run}/start")
    return keeper, organisation


def titles(app):
    with app.extensions["database"].reading() as session:
        return session.scalars(select(Listing.title).order_by(Listing.id)).all()


class Killed(BaseException):
    """The process ends here."""


def killed_after(app, batches):
    """A worker that is killed when it is about to begin another batch."""

    class Stop(threading.Event):
        left = batches

        def wait(self, timeout=None):
            if not self.left:
                raise Killed
            self.left -= 1
            return False

    with pytest.raises(Killed):
        Runner(wiring.UPLOADS, app.extensions["uploads"], wiring.actor_for)(app.extensions["database"], Stop())


def test_another_worker_goes_on_where_a_killed_one_was(app, sent):
    killed_after(app, 2)
    assert len(titles(app)) == 100
    work(app)  # it may still be alive
    assert len(titles(app)) == 100

    with clock.at(clock.now() + background.LEASE + dt.timedelta(seconds=1)):
        work(app)

    assert titles(app) == [f"Pump {n}" for n in range(160)]
    run = run_of(app)
    assert run.state.value == "done"
    assert run.counts == {"created": 160, "updated": 0, "unchanged": 0, "refused": 1, "blank": 0}
    assert refusals(app) == [(162, "3", "", "The same id stands in line 5 already.")]


def test_a_worker_that_is_told_to_end_leaves_the_rest_to_the_next_at_once(app, sent):
    class Stop(threading.Event):
        asked = 0

        def wait(self, timeout=None):
            self.asked += 1
            return self.asked > 1

    Runner(wiring.UPLOADS, app.extensions["uploads"], wiring.actor_for)(app.extensions["database"], Stop())
    assert len(titles(app)) == 50

    work(app)
    assert len(titles(app)) == 160
    assert run_of(app).counts["created"] == 160


def test_somebody_stops_it_between_batches_and_begins_again(app, sent, client_of):
    keeper, _ = sent
    run = run_of(app)

    class Stop(threading.Event):
        def wait(self, timeout=None):
            if not run_of(app).stop_asked and titles(app):
                client_of(keeper).submit(f"{run.href}/stop")
            return False

    Runner(wiring.UPLOADS, app.extensions["uploads"], wiring.actor_for)(app.extensions["database"], Stop())
    assert run_of(app).state.value == "stopped"
    assert len(titles(app)) == 100

    client_of(keeper).submit(f"{run.href}/start")
    work(app)
    assert run_of(app).counts == {"created": 60, "updated": 0, "unchanged": 100, "refused": 1, "blank": 0}


def test_a_file_that_kills_each_worker_is_given_up(app, sent):
    for tries in range(background.TRIES):
        with clock.at(clock.now() + tries * (background.LEASE + dt.timedelta(seconds=1))):
            killed_after(app, 0)
    with clock.at(clock.now() + dt.timedelta(hours=1)):
        work(app)

    assert run_of(app).state.value == "failed"


def test_whoever_may_no_longer_brings_nothing_in(app, db, sent):
    keeper, organisation = sent
    with transaction(db):
        membership = db.scalars(select(Membership).where(Membership.account_id == keeper.id)).one()
        membership.roles = ["member"]

    work(app)

    assert run_of(app).state.value == "stopped"
    assert titles(app) == []


def test_a_file_never_reaches_the_listings_of_another_organisation(app, sent, db, client_of):
    work(app)
    stranger, elsewhere = a_keeper(db)
    client = client_of(stranger)
    run = upload(client, "id,title,source\n3,Taken over,organisation-1-challenge\n", elsewhere).location
    client.submit(f"{run}/start")
    work(app)

    assert run_of(app).counts["created"] == 1
    with app.extensions["database"].reading() as session:
        assert session.scalars(select(Listing.title).where(Listing.title == "Taken over")).all() == ["Taken over"]
        theirs = select(func.count()).where(Listing.organisation_id == elsewhere.id)
        assert session.scalar(theirs) == 1
    assert "Pump 3" in titles(app)


def test_files_with_which_nobody_went_on_are_cleared_away(app, db, client_of):
    keeper, organisation = a_keeper(db)
    upload(client_of(keeper), ROWS, organisation)
    store = app.extensions["uploads"]

    with clock.at(clock.now() + dt.timedelta(days=8)), transaction(db):
        assert Clearing(store)(db) == 1

    assert db.scalars(select(ImportRun.stored_as)).all() == [""]
