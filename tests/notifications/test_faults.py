"""A mail server in an hour in which everything goes wrong, and pages that know nothing of it."""

import datetime as dt
import socket
from collections import Counter
from contextlib import closing

import pytest
from sqlalchemy import select

from portal.accounts.models import User
from portal.kernel import clock
from portal.kernel.db import transaction
from portal.kernel.settings import Settings
from portal.kernel.subscribers import drain
from portal.notifications import delivery as outbox
from portal.notifications.actions import queue_mail
from portal.notifications.delivery import Sender
from portal.notifications.inputs import Mail
from portal.notifications.models import Delivery, DeliveryState
from portal.proposals.states import InterestState
from portal.wiring import SUBSCRIBERS
from tests.build import a_listing, a_person, an_interest
from tests.fixtures.smtp import Behaviour

PEOPLE = [f"person{number}@example.org" for number in range(5)]


@pytest.fixture
def silent():
    """A server that lets one connect and never says a word."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        yield server


def sender_to(host, port):
    settings = Settings(mail_host=host, mail_port=port, mail_tls=False, mail_sender="no-reply@portal.example")
    return Sender(settings, lambda _session, row: Mail(row.to_address, row.subject, row.text, row.html))


def test_after_an_hour_of_faults_nothing_is_missing_and_repeats_are_known_as_such(
    database, mail_sink, silent, frozen, monkeypatch
):
    monkeypatch.setattr(outbox, "_TIMEOUT_SECONDS", 0.2)
    with closing(socket.create_server(("127.0.0.1", 0))) as gone:
        nobody = gone.getsockname()[1]
    with database.writing() as session, transaction(session):
        for address in PEOPLE:
            queue_mail(session, to=address, subject="Your turn", text="Decide.")
    working = sender_to(mail_sink.host, mail_sink.port)
    hour = (
        (sender_to("127.0.0.1", nobody), Behaviour.ACCEPT),
        (sender_to("127.0.0.1", silent.getsockname()[1]), Behaviour.ACCEPT),
        (working, Behaviour.DEFER),
        (working, Behaviour.DROP),
        (working, Behaviour.DROP),
        (working, Behaviour.SLOW),
    )
    mail_sink.delay_seconds = 0.1
    for minute in range(0, 60, 4):
        send, mail_sink.behaviour = hour[minute // 4 % len(hour)]
        with clock.at(frozen + dt.timedelta(minutes=minute)):
            while send(database):
                pass
    mail_sink.behaviour = Behaviour.ACCEPT
    with clock.at(frozen + dt.timedelta(hours=26)):
        while working(database):
            pass

    arrived = Counter(recipient for mail in mail_sink.accepted for recipient in mail.recipients)
    assert arrived == dict.fromkeys(PEOPLE, 1)
    numbers = {mail.recipients: mail.message["Message-ID"] for mail in mail_sink.accepted}
    assert mail_sink.dropped
    assert {(mail.recipients, mail.message["Message-ID"]) for mail in mail_sink.dropped} <= set(numbers.items())
    with database.reading() as session:
        assert set(session.scalars(select(Delivery.state))) == {DeliveryState.SENT}


def test_a_page_that_causes_a_mail_asks_no_server_for_anything(app, db, client_of, silent):
    interest = an_interest(db, a_listing(db), a_person(db), state=InterestState.DRAFT)
    author = db.get_one(User, interest.author_id)
    db.commit()
    silent.settimeout(0.2)
    settings = app.extensions["settings"]
    object.__setattr__(settings, "mail_host", "127.0.0.1")
    object.__setattr__(settings, "mail_port", silent.getsockname()[1])
    try:
        assert client_of(author).submit(f"{interest.href}/steps/send").status_code == 303
        drain(app.extensions["database"], SUBSCRIBERS)
    finally:
        object.__setattr__(settings, "mail_host", "")

    with pytest.raises(TimeoutError):
        silent.accept()
    db.expire_all()
    assert db.scalars(select(Delivery.state)).first() is DeliveryState.QUEUED
