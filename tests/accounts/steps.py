"""What people do in a browser, as plain functions."""

import re

from passlib.totp import TOTP
from sqlalchemy import select

from portal.accounts.actions import add_account
from portal.accounts.models import AccountSession, Kind, User
from portal.accounts.passwords import hashed
from portal.kernel import clock
from portal.kernel.db import transaction
from portal.kernel.events import Event
from portal.notifications.models import Delivery

PASSWORD = "seven quiet herons"
REGISTRATION = {"kind": "professor", "name": "Grace Moor", "email": "grace@example.org", "password": PASSWORD}


def an_account(app, email, password=None, **values):
    """A confirmed account."""
    with app.app_context():
        password_hash = hashed(password) if password else None
    with app.extensions["database"].writing() as session, transaction(session):
        account = add_account(session, email=email, name="Ada Fenwick", kind=Kind.PROFESSOR, password_hash=password_hash)
        for name, value in values.items():
            setattr(account, name, value)
    return account


def stored(app, email):
    """The account as it is now."""
    with app.extensions["database"].reading() as session:
        return session.scalars(select(User).where(User.email == email)).one_or_none()


def mails(app, to=None):
    """What waits in the outbox, oldest first."""
    with app.extensions["database"].reading() as session:
        found = list(session.scalars(select(Delivery).order_by(Delivery.id)))
    return [mail for mail in found if to is None or mail.to_address == to]


def kinds(app):
    """The kinds of all facts, oldest first."""
    with app.extensions["database"].reading() as session:
        return list(session.scalars(select(Event.kind).order_by(Event.id)))


def sessions(app):
    """All session rows, oldest first."""
    with app.extensions["database"].reading() as session:
        return list(session.scalars(select(AccountSession).order_by(AccountSession.id)))


def link_in(mail):
    """The path of the first link of a mail."""
    return re.search(r"http://127\.0\.0\.1:8000(/\S+)", mail.text)[1]


def sign_in(client, email="ada@example.org", password=PASSWORD, **more):
    """The first step."""
    return client.submit("/sign-in", {"email": email, "password": password, **more})


def is_in(client):
    """Whether the browser is signed in: a page of one's own opens."""
    return client.get("/me/security").status_code == 200


def token_of(client):
    """The session token in the browser's cookie."""
    with client.session_transaction() as cookie:
        return cookie.get("sid")


def carry(client, token):
    """Put a session token into the browser's cookie, as somebody would who had copied it."""
    with client.session_transaction() as cookie:
        cookie["sid"] = token


def field(page, name):
    """The value of the input called `name`."""
    tag = re.search(rf'<input[^>]*name="{name}"[^>]*>', page.text)[0]
    return re.search(r'value="([^"]*)"', tag)[1]


def code_from(key, seconds=0):
    """What an authenticator app that was given `key` shows now, or so many seconds later."""
    return TOTP(key=key).generate(time=clock.now().timestamp() + seconds).token


def set_up_factor(client):
    """Add an authenticator in this browser; returns its key and the recovery codes shown."""
    page = client.get("/me/second-factor")
    key = re.search(r"type in the key: ([A-Z2-7-]+)", page.text)[1]
    shown = client.submit("/me/second-factor", {"set_up": field(page, "set_up"), "code": code_from(key)})
    return key, re.findall(r"<code>([a-z0-9-]+)</code>", shown.text)
