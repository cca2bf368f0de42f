"""The operator's page: for administrators only, and each queue can be cleared from it."""

import datetime as dt

import pytest
from sqlalchemy import select

from portal import wiring
from portal.app import worker_of
from portal.kernel import clock
from portal.kernel.db import transaction
from portal.kernel.events import Event
from portal.kernel.subscribers import DeadLetter, Subscriber
from portal.kernel.worker import TimedRun, Worker
from portal.listings.models import Listing
from portal.listings.states import ListingState
from portal.notifications.actions import queue_mail
from portal.notifications.models import Delivery, DeliveryState
from portal.organisations.models import Membership, Organisation
from tests import build


@pytest.fixture
def operator(db):
    with transaction(db):
        return build.a_person(db, "Operator", admin=True)


@pytest.mark.parametrize("path", ["/admin", "/admin/machinery"])
def test_only_administrators_find_it(db, client_of, operator, path):
    with transaction(db):
        officer = build.a_member(db, build.an_organisation(db), build.Role.OFFICER, build.Role.ADMINISTRATOR)
    assert client_of(operator).get(path).status_code == 200
    assert client_of(officer).get(path).status_code == 404
    assert client_of().get(path).status_code == 303


def test_queues_are_shown_and_cleared(db, client_of, operator):
    with transaction(db):
        listing = build.a_listing(db, state=ListingState.IN_REVIEW)
        organisation = build.an_organisation(db, "Quill Acoustics", verified=False)
    client = client_of(operator)
    page = client.get("/admin").text
    assert listing.title in page
    assert "Quill Acoustics" in page

    assert client.submit(f"{listing.href}/steps/publish").status_code == 303
    assert client.submit(f"{organisation.href}/steps/verify").status_code == 303

    with transaction(db):
        db.expire_all()
        assert db.get(Listing, listing.id).state is ListingState.PUBLISHED
        assert db.get(Organisation, organisation.id).is_verified
    assert "No listing waits." in client.get("/admin").text


def test_the_page_asks_as_often_for_three_as_for_one(db, client_of, operator, count_statements):
    with transaction(db):
        build.a_listing(db, state=ListingState.IN_REVIEW)
    client = client_of(operator)
    with count_statements() as one:
        client.get("/admin")
    with transaction(db):
        for _ in range(2):
            build.a_listing(db, state=ListingState.IN_REVIEW)
            build.an_organisation(db, verified=False)
    with count_statements() as three:
        client.get("/admin")
    assert len(one) == len(three) <= 6


def test_a_dead_letter_is_tried_again_or_set_aside_with_a_reason(db, client_of, operator):
    with transaction(db):
        build.a_listing(db)
        event = db.query(Event).order_by(Event.id).first()
        for _ in range(2):
            db.add(DeadLetter(subscriber="search", event_id=event.id, error="OSError", at=clock.now()))
    client, aside = client_of(operator), "/admin/dead-letters/2/set-aside"
    assert "OSError" in client.get("/admin/machinery").text

    assert "OSError" in client.get(aside).text
    assert client.submit(aside, {"text": " "}).status_code == 422
    assert client.submit(aside, {"text": "A test of ours."}).status_code == 303
    assert client.submit(aside, {"text": "Again."}).status_code == 404
    assert client.get(aside).status_code == 404
    assert client.submit("/admin/dead-letters/1/retry").status_code in (303, 409)
    with transaction(db):
        assert db.get(DeadLetter, 2).note == "A test of ours."


def test_all_dead_letters_are_tried_again_and_only_those_that_wait(app, db, client_of, operator):
    def handle(_session, events):
        handled.append(events[0].id)
        if events[0].id == poison:
            raise OSError

    handled = []
    app.extensions["subscribers"] = (Subscriber("reader", handle),)
    with transaction(db):
        build.a_listing(db)
        events = db.query(Event).order_by(Event.id).limit(3).all()
        poison = events[1].id
        for event in events:
            db.add(DeadLetter(subscriber="reader", event_id=event.id, error="OSError", at=clock.now()))
    client = client_of(operator)

    for _ in range(2):
        assert client.submit("/admin/dead-letters/retry").status_code == 303

    assert handled == [*(event.id for event in events), poison]
    assert "2 handled this time, 1 failed again." in client.get("/admin/machinery").text
    with transaction(db):
        assert build.facts(db).count("dead_letter.solved") == 2


def test_the_machinery_tells_whether_a_worker_is_alive_and_what_it_did(app, db, client_of, operator, count_statements, frozen):
    def close_due(_session):
        return 3

    def open_due(_session):
        raise OSError

    client = client_of(operator)
    assert "No worker runs" in client.get("/admin/machinery").text
    reader = Subscriber("reader", lambda _session, _events: None)
    Worker(app.extensions["database"], (reader,), (close_due, open_due), lambda _database: False).run_once()
    with count_statements() as asked:
        page = client.get("/admin/machinery").text

    assert len(asked) <= 6
    assert "Alive" in page
    assert "OSError, Mon 2 Mar 2026, 10:00 CET" in page
    assert "No worker runs" not in page
    with clock.at(frozen + dt.timedelta(minutes=4)):
        assert "No worker runs" in client.get("/admin/machinery").text


def test_a_mail_that_was_given_up_goes_out_again(db, client_of, operator):
    with transaction(db):
        mail = queue_mail(db, to="a@example.org", subject="Subject", text="Text")
        mail.state, mail.error = DeliveryState.FAILED, "refused"
    client = client_of(operator)
    assert "Subject" in client.get("/admin/machinery").text

    assert client.submit(f"/admin/mails/{mail.id}/retry").status_code == 303
    assert client.submit(f"/admin/mails/{mail.id}/retry").status_code == 409

    with transaction(db):
        db.expire_all()
        assert db.get(Delivery, mail.id).state is DeliveryState.QUEUED


def test_requests_that_nobody_keeps_are_shown(db, client_of, operator):
    with transaction(db):
        newcomer = build.a_person(db, "Nora Newcomer")
        kept = build.an_organisation(db)
        build.a_member(db, kept, build.Role.ADMINISTRATOR)
        for organisation in (build.an_organisation(db, "Lonely Institute"), kept):
            db.add(Membership(account=newcomer, organisation=organisation, roles=["member"], created_at=clock.now()))

    page = client_of(operator).get("/admin").text

    assert page.count("Nora Newcomer") == 1
    assert "Requests to join" in page


def test_whatever_is_done_by_the_clock_has_a_name_people_understand(app, db, client_of, operator):
    db.commit()
    worker_of(app).run_once()
    names = db.scalars(select(TimedRun.name)).all()
    db.commit()

    page = client_of(operator).get("/admin/machinery").text

    assert len(names) > len(wiring.TIMED)
    assert [name for name in names if f">{name}<" in page] == []
