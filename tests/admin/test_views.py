"""The operator's page: for administrators only, and each queue can be cleared from it."""

import pytest

from portal.kernel import clock
from portal.kernel.db import transaction
from portal.kernel.events import Event
from portal.kernel.subscribers import DeadLetter
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


def test_a_dead_letter_is_tried_again_or_set_aside(db, client_of, operator):
    with transaction(db):
        build.a_listing(db)
        event = db.query(Event).order_by(Event.id).first()
        for _ in range(2):
            db.add(DeadLetter(subscriber="search", event_id=event.id, error="OSError", at=clock.now()))
    client = client_of(operator)
    assert "OSError" in client.get("/admin/machinery").text

    assert client.submit("/admin/dead-letters/2/set-aside").status_code == 303
    assert client.submit("/admin/dead-letters/2/set-aside").status_code == 404
    assert client.submit("/admin/dead-letters/1/retry").status_code in (303, 409)


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
