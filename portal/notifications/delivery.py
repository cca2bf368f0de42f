"""The outbox's way out: one mail at a time over SMTP, tried again for days, never twice except after a crash.

A mail is claimed in one short transaction, sent outside any, and marked in another. A process that dies in between leaves a
mail that is sent again after `LEASE` with the same Message-ID, by which mail programs know a repeat.
"""

import datetime as dt
import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

import structlog
from sqlalchemy import ColumnElement, and_, select, update
from sqlalchemy.orm import Session

from portal.kernel import clock
from portal.kernel.db import Database, transaction
from portal.kernel.settings import Settings
from portal.notifications.inputs import Mail
from portal.notifications.models import Delivery, DeliveryState

TRIES = 10
LEASE = dt.timedelta(minutes=10)
LONGEST_WAIT = dt.timedelta(hours=24)
OLDEST = dt.timedelta(days=7)  # what waited longer says nothing that is still true
REST = dt.timedelta(seconds=30)  # after a server that does not answer, before the next mail is tried
_TIMEOUT_SECONDS = 20
_IMPLICIT_TLS = 465
_log = structlog.get_logger(__name__)

# What a mail says: the row's own text, or made now for its reader; None where it must not be sent any more.
Compose = Callable[[Session, Delivery], Mail | None]


def wait_after(attempts: int) -> dt.timedelta:
    """1, 3, 9, 27 … minutes, at most a day: ten tries reach over a long weekend."""
    return min(dt.timedelta(minutes=3 ** max(attempts - 1, 0)), LONGEST_WAIT)


class Sender:
    """Sends what is due. Mails wait in the outbox as long as no mail server is set."""

    def __init__(self, settings: Settings, compose: Compose) -> None:
        self._settings = settings
        self._compose = compose
        self._rests_since: dt.datetime | None = None

    def __call__(self, database: Database) -> bool:
        """Send one mail; False when there is none to send now."""
        if not self._settings.mail_host or self._rests():
            return False
        claimed = _claim(database)
        if claimed is None:
            return False
        if claimed.state is DeliveryState.QUEUED:
            self._deliver(database, claimed)
        return True

    def _rests(self) -> bool:
        since = self._rests_since
        return since is not None and dt.timedelta(0) <= clock.now() - since < REST

    def _deliver(self, database: Database, delivery: Delivery) -> None:
        with database.reading() as session:
            mail = self._compose(session, delivery)
        if mail is None:
            _mark(database, delivery, state=DeliveryState.VOID)
            return
        try:
            self._send(delivery, mail)
        except (OSError, smtplib.SMTPException, ValueError) as problem:
            self._failed(database, delivery, problem)
        else:
            self._rests_since = None
            _mark(database, delivery, state=DeliveryState.SENT, sent_at=clock.now(), text="", html="", error="")

    def _failed(self, database: Database, delivery: Delivery, problem: Exception) -> None:
        """Wait and try again, or give up: at once where the server refuses this mail for good."""
        error = f"{type(problem).__name__} {_code(problem) or ''}".strip()
        _log.warning("mail_failed", delivery_id=delivery.id, attempts=delivery.attempts, error=error)
        if _is_the_server(problem):
            self._rests_since = clock.now()
        if _is_final(problem) or delivery.attempts >= TRIES:
            _mark(database, delivery, state=DeliveryState.FAILED, error=error)
        else:
            _mark(database, delivery, next_at=clock.now() + wait_after(delivery.attempts), error=error)

    def _send(self, delivery: Delivery, mail: Mail) -> None:
        """Returns once the server has taken the mail; what goes wrong after that is no failure."""
        settings = self._settings
        message = self._message(delivery, mail)
        context = ssl.create_default_context()
        server = (
            smtplib.SMTP_SSL(settings.mail_host, settings.mail_port, timeout=_TIMEOUT_SECONDS, context=context)
            if settings.mail_tls and settings.mail_port == _IMPLICIT_TLS
            else smtplib.SMTP(settings.mail_host, settings.mail_port, timeout=_TIMEOUT_SECONDS)
        )
        try:
            if settings.mail_tls and settings.mail_port != _IMPLICIT_TLS:
                server.starttls(context=context)
            if settings.mail_user:
                server.login(settings.mail_user, settings.mail_password)
            server.send_message(message, settings.mail_sender, [delivery.to_address])
            with suppress(OSError, smtplib.SMTPException):
                server.quit()
        finally:
            server.close()

    def _message(self, delivery: Delivery, mail: Mail) -> EmailMessage:
        sender = self._settings.mail_sender
        message = EmailMessage(policy=SMTP)
        message["Subject"] = mail.subject
        message["From"] = Address(self._settings.portal_name, addr_spec=sender)
        message["To"] = Address(addr_spec=delivery.to_address)
        message["Date"] = format_datetime(delivery.queued_at)
        message["Message-ID"] = f"<{delivery.message_id}@{sender.rpartition('@')[2]}>"
        message["Auto-Submitted"] = "auto-generated"
        if mail.stop_href:  # RFC 8058
            message["List-Unsubscribe"] = f"<{mail.stop_href}>"
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        message.set_content(mail.text)
        if mail.html:
            message.add_alternative(mail.html, subtype="html")
        return message


def _claim(database: Database) -> Delivery | None:
    """The next mail that is due, kept from others for `LEASE`; given up where it is too old or was tried too often."""
    due = select(Delivery).where(_is_due()).order_by(Delivery.next_at, Delivery.id).limit(1)
    with database.reading() as session:  # most looks find nothing: they should not take the writer's place
        if session.scalars(due).first() is None:
            return None
    with database.writing() as session, transaction(session):
        delivery = session.scalars(due.with_for_update(skip_locked=True)).first()
        if delivery is None:
            return None
        if clock.now() - delivery.queued_at > OLDEST or delivery.attempts >= TRIES:
            delivery.state, delivery.error = DeliveryState.FAILED, delivery.error or "too old"
        else:
            delivery.attempts += 1
            delivery.next_at = clock.now() + LEASE
        return delivery


def _is_due() -> ColumnElement[bool]:
    return and_(Delivery.state == DeliveryState.QUEUED, Delivery.next_at <= clock.now())


def _mark(database: Database, delivery: Delivery, **values: object) -> None:
    """Note what became of it, unless another worker has taken the mail over in the meantime. Sent is sent, whoever says so."""
    mine = update(Delivery).where(Delivery.id == delivery.id)
    if values.get("state") is not DeliveryState.SENT:
        mine = mine.where(Delivery.attempts == delivery.attempts, Delivery.state == DeliveryState.QUEUED)
    with database.writing() as session, transaction(session):
        session.execute(mine.values(**values))


def _is_final(problem: Exception) -> bool:
    """Refused for good: this recipient or these words, not the portal or its settings."""
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in problem.recipients.values())
    return isinstance(problem, smtplib.SMTPDataError) and problem.smtp_code >= 500 or isinstance(problem, ValueError)


def _is_the_server(problem: Exception) -> bool:
    """Whether every other mail would fare the same now."""
    return not isinstance(problem, smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError | ValueError)


def _code(problem: Exception) -> int | None:
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        return max(code for code, _ in problem.recipients.values())
    return getattr(problem, "smtp_code", None)
