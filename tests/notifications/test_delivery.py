import datetime as dt
import re
import socket
import threading

import pytest
from sqlalchemy import select

from portal.kernel import clock
from portal.kernel.db import transaction
from portal.kernel.errors import Invalid
from portal.kernel.settings import Settings
from portal.notifications import delivery as outbox
from portal.notifications.actions import queue_mail
from portal.notifications.delivery import LEASE, OLDEST, REST, TRIES, Sender, wait_after
from portal.notifications.inputs import Mail
from portal.notifications.models import Delivery, DeliveryState
from tests.fixtures.smtp import Behaviour


def as_written(_session, row):
    return Mail(row.to_address, row.subject, row.text, row.html)


@pytest.fixture
def sender(mail_sink):
    return Sender(settings_for(mail_sink), as_written)


def settings_for(sink, **values):
    chosen = {"mail_host": sink.host, "mail_port": sink.port, "mail_tls": False, "mail_sender": "no-reply@portal.example"}
    return Settings(**(chosen | values))


def queue(database, to="ada@example.org", **values):
    words = {"subject": "Your turn", "text": "Decide.\n\nhttp://portal.example/x"} | values
    with database.writing() as session, transaction(session):
        return queue_mail(session, to=to, **words).id


def row(database, number):
    with database.reading() as session:
        return session.get(Delivery, number)


def send_all(sender, database):
    sent = 0
    while sender(database):
        sent += 1
    return sent


def test_mail_arrives_once_and_its_text_is_forgotten(database, sender, mail_sink):
    number = queue(database, html="<p>Decide.</p>")

    assert send_all(sender, database) == 1
    assert send_all(sender, database) == 0

    (message,) = mail_sink.sent_to("ada@example.org")
    assert message["Subject"] == "Your turn"
    assert message["From"] == "Causeway <no-reply@portal.example>"
    assert message["To"] == "ada@example.org"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_body(("plain",)).get_content().strip().splitlines()[0] == "Decide."
    assert message.get_body(("html",)).get_content().strip() == "<p>Decide.</p>"
    sent = row(database, number)
    assert (sent.state, sent.text, sent.html, sent.attempts) == (DeliveryState.SENT, "", "", 1)


def test_each_person_gets_a_mail_of_their_own(database, sender, mail_sink):
    queue(database)
    queue(database, to="grace@example.org")

    send_all(sender, database)

    assert sorted(delivery.recipients for delivery in mail_sink.accepted) == [("ada@example.org",), ("grace@example.org",)]
    assert len({delivery.message["Message-ID"] for delivery in mail_sink.accepted}) == 2


def test_mails_wait_while_no_server_is_set(database, mail_sink):
    number = queue(database)

    assert not Sender(settings_for(mail_sink, mail_host=""), as_written)(database)

    assert row(database, number).attempts == 0


def test_server_that_is_down_gets_the_mail_later(database, mail_sink, frozen):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    number = queue(database)
    down = Sender(settings_for(mail_sink, mail_port=port), as_written)

    assert send_all(down, database) == 1  # and not again at once

    waiting = row(database, number)
    assert (waiting.state, waiting.attempts, waiting.error) == (DeliveryState.QUEUED, 1, "ConnectionRefusedError")
    assert waiting.next_at == frozen + dt.timedelta(minutes=1)
    with clock.at(frozen + dt.timedelta(minutes=2)):
        send_all(Sender(settings_for(mail_sink), as_written), database)
    assert len(mail_sink.sent_to("ada@example.org")) == 1


def test_after_a_server_that_is_down_other_mails_are_not_tried_at_once(database, mail_sink, sender, frozen):
    mail_sink.behaviour = Behaviour.DROP
    first, second = queue(database), queue(database, to="grace@example.org")

    send_all(sender, database)

    assert [row(database, number).attempts for number in (first, second)] == [1, 0]
    mail_sink.behaviour = Behaviour.ACCEPT
    with clock.at(frozen + REST):
        send_all(sender, database)
    assert [row(database, number).state for number in (first, second)] == [DeliveryState.QUEUED, DeliveryState.SENT]


def test_dropped_connection_repeats_with_the_same_message_id(database, mail_sink, sender, frozen):
    mail_sink.behaviour = Behaviour.DROP
    queue(database)
    send_all(sender, database)
    mail_sink.behaviour = Behaviour.ACCEPT

    with clock.at(frozen + dt.timedelta(minutes=1)):
        send_all(sender, database)

    (message,) = mail_sink.sent_to("ada@example.org")
    (lost,) = mail_sink.dropped
    assert lost.message["Message-ID"] == message["Message-ID"]
    assert re.fullmatch(r"<[\w-]{20,}@portal\.example>", message["Message-ID"])


def test_deferred_mail_waits_longer_each_time_and_is_then_given_up(database, mail_sink, sender, frozen):
    mail_sink.behaviour = Behaviour.DEFER
    number = queue(database)
    waits, now = [], frozen

    while row(database, number).state is DeliveryState.QUEUED:
        with clock.at(now):
            send_all(sender, database)
        after = row(database, number)
        waits.append(after.next_at - now)
        now = after.next_at

    assert len(waits) == TRIES
    assert waits[:-1] == [wait_after(n) for n in range(1, TRIES)]
    assert waits[0] == dt.timedelta(minutes=1)
    assert max(waits) == dt.timedelta(hours=24)
    assert row(database, number).error == "SMTPRecipientsRefused 451"


def test_refused_recipient_is_given_up_at_once_and_holds_up_nobody(database, mail_sink, sender):
    mail_sink.behaviour = Behaviour.REFUSE
    number = queue(database)
    send_all(sender, database)
    mail_sink.behaviour = Behaviour.ACCEPT
    other = queue(database, to="grace@example.org")

    send_all(sender, database)

    assert (row(database, number).state, row(database, number).error) == (DeliveryState.FAILED, "SMTPRecipientsRefused 550")
    assert row(database, other).state is DeliveryState.SENT


def test_mail_of_last_week_is_not_sent_any_more(database, mail_sink, sender, frozen):
    number = queue(database)

    with clock.at(frozen + OLDEST + dt.timedelta(seconds=1)):
        send_all(sender, database)

    assert (row(database, number).state, row(database, number).error) == (DeliveryState.FAILED, "too old")
    assert mail_sink.accepted == []


def test_mail_whose_reader_lost_access_is_not_sent(database, mail_sink):
    number = queue(database)

    send_all(Sender(settings_for(mail_sink), lambda session, delivery: None), database)

    assert row(database, number).state is DeliveryState.VOID
    assert mail_sink.accepted == []


def test_kill_between_sending_and_marking_repeats_the_same_mail(database, mail_sink, sender, frozen, monkeypatch):
    class Killed(BaseException):
        pass

    def killed(*_args, **_values):
        raise Killed

    number = queue(database)
    monkeypatch.setattr(outbox, "_mark", killed)
    with pytest.raises(Killed):
        sender(database)
    monkeypatch.undo()

    assert send_all(sender, database) == 0  # the claim still holds
    with clock.at(frozen + LEASE):
        send_all(sender, database)

    ids = [delivery.message["Message-ID"] for delivery in mail_sink.accepted]
    assert len(ids) == 2
    assert len(set(ids)) == 1
    assert row(database, number).state is DeliveryState.SENT


def test_two_workers_send_each_mail_once(database, mail_sink):
    for number in range(20):
        queue(database, to=f"person{number}@example.org")
    workers = [threading.Thread(target=send_all, args=(Sender(settings_for(mail_sink), as_written), database)) for _ in range(2)]

    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sorted(delivery.recipients[0] for delivery in mail_sink.accepted) == sorted(
        f"person{n}@example.org" for n in range(20)
    )


def test_server_without_encryption_gets_nothing_where_encryption_is_wanted(database, mail_sink):
    number = queue(database)

    send_all(Sender(settings_for(mail_sink, mail_tls=True), as_written), database)

    assert mail_sink.accepted == []
    assert row(database, number).error == "SMTPNotSupportedError"


@pytest.mark.parametrize("break_", ["\r\n", "\n", "\r", "\u2028", "\x85", "\x00"])
def test_line_breaks_never_reach_a_header(session, database, mail_sink, break_):
    queue_mail(session, to="ada@example.org", subject=f"Hello{break_}Bcc: eve@example.org", text="x")
    session.commit()

    send_all(Sender(settings_for(mail_sink, portal_name="Causeway"), as_written), database)

    (message,) = mail_sink.sent_to("ada@example.org")
    assert message["Bcc"] is None
    assert mail_sink.accepted[0].recipients == ("ada@example.org",)
    assert "\n" not in message["Subject"]


@pytest.mark.parametrize("to", ["ada@example.org\r\nBcc: eve@example.org", "a@b.example, eve@example.org", "", "nobody", "a@b"])
def test_strange_addresses_are_refused(session, to):
    with pytest.raises(Invalid):
        queue_mail(session, to=to, subject="Hello", text="x")

    assert session.scalars(select(Delivery)).all() == []
