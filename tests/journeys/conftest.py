"""A whole portal for the journeys: served over HTTP, with its worker, a real mail server, and people who can sign in."""

import dataclasses
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page
from sqlalchemy.exc import OperationalError

from portal.accounts.actions import open_session
from portal.accounts.models import User
from portal.accounts.security import COOKIE_KEY
from portal.app import create_app, worker_of
from portal.kernel.db import transaction
from portal.search.indexing import ensure_all
from tests import build
from tests.fixtures.axe import assert_axe_clean
from tests.fixtures.serving import serving

PATIENCE_SECONDS = 30


@dataclass
class Portal:
    """The running portal as a journey uses it."""

    app: Flask
    address: str
    mails: Any
    open_page: Callable[..., Page]

    @contextmanager
    def database(self) -> Iterator[Any]:
        """A writing session, committed at the end: for what was there before the journey began."""
        with self.app.extensions["database"].writing() as session:
            take_place(session)
            with transaction(session):
                yield session

    def browser_of(self, account: User | None = None, **options: Any) -> "Browser":
        """A browser of one person; without an account that of a visitor."""
        page = self.open_page(base_url=self.address, **options)
        if account is not None:
            with self.database() as session:
                token = open_session(session, account)
            serializer = self.app.session_interface.get_signing_serializer(self.app)
            cookie = {"name": self.app.config["SESSION_COOKIE_NAME"], "value": serializer.dumps({COOKIE_KEY: token})}
            page.context.add_cookies([cookie | {"url": self.address}])
        return Browser(page)

    def link_sent_to(self, address: str, about: str = "") -> str:
        """The path of the link in the newest mail to `address` whose subject says `about`."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not (sent := [mail for mail in self.mails.sent_to(address) if about in str(mail["Subject"])]):
            assert time.monotonic() < deadline, f"no mail to {address} about {about!r}"
            time.sleep(0.1)
        text = sent[-1].get_body(("plain",)).get_content()
        return re.search(r"https?://[^/\s]+(/\S+)", text)[1]


def take_place(session: Any) -> None:
    """Wait for SQLite's one place of a writer, longer than people do: on a busy machine the worker may hold it for a while."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            session.connection()
            return
        except OperationalError:
            session.rollback()
            assert time.monotonic() < deadline, "the database stays locked"


class Browser:
    """A page, with the few gestures the journeys are made of."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def go(self, path: str) -> "Browser":
        self.page.goto(path)
        return self

    def fill(self, **fields: str) -> "Browser":
        """Fill the fields of the page's own form; their ids are their names."""
        for name, value in fields.items():
            self.page.locator(f"[id='{name}']").fill(value)
        return self

    def press(self, label: str, *, exact: bool = True) -> "Browser":
        """Press the button or follow the link of that name, whichever there is, and wait for the page it leads to.

        What only those hear who do not see it (“: Baseline report”) is set apart from the visible words by a space or not.
        """
        name = re.compile(("^" if exact else "") + re.escape(label).replace(":\\ ", r"\s*:\s*") + ("$" if exact else ""))
        button = self.page.get_by_role("button", name=name).or_(self.page.get_by_role("link", name=name))
        with self.page.expect_navigation():
            button.first.click()
        return self

    def choose(self, label: str) -> "Browser":
        """Choose a radio button or tick a box by its label."""
        self.page.get_by_label(label, exact=False).first.check()
        return self

    def sees(self, text: str) -> "Browser":
        """The text is on the page."""
        self.page.get_by_text(text).locator("visible=true").first.wait_for()
        return self

    def finds(self, words: str, title: str) -> "Browser":
        """The search finds it within a few moments."""
        return self._comes(f"/search?q={words}", lambda: self.page.get_by_role("link", name=title).count(), title)

    def comes(self, path: str, text: str) -> "Browser":
        """The text stands on that page within a few moments."""
        return self._comes(path, lambda: self.page.get_by_text(text).count(), text)

    def _comes(self, path: str, is_there: Callable[[], int], what: str) -> "Browser":
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            self.page.goto(path)
            if is_there():
                return self
            assert time.monotonic() < deadline, f"{path} does not show {what}"
            time.sleep(0.2)

    def clean(self) -> "Browser":
        """Axe finds nothing, in either theme and at both widths."""
        assert_axe_clean(self.page)
        return self

    @property
    def path(self) -> str:
        return self.page.url.split("://", 1)[1].partition("/")[2].partition("#")[0].join(("/", ""))


@pytest.fixture
def portal(settings, sqlite_url, mail_sink, open_page) -> Iterator[Portal]:
    """A portal at work."""
    settings = dataclasses.replace(settings, mail_host=mail_sink.host, mail_port=mail_sink.port, mail_tls=False)
    app = create_app(settings)
    ensure_all(app.extensions["database"], app.extensions["shelves"])
    stop = threading.Event()
    worker = threading.Thread(target=worker_of(app).run, args=(stop,))
    worker.start()
    with serving(app) as address:
        yield Portal(app, address, mail_sink, open_page)
        stop.set()
        worker.join()
    app.extensions["database"].dispose()


@pytest.fixture
def operator(portal) -> User:
    """The administrator of the portal."""
    with portal.database() as session:
        return build.a_person(session, "Astrid Lund", admin=True)
