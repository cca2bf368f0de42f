"""Accounts on Flask: who is asking is settled before each request, from a cookie and one statement, or from a program's token."""

import datetime as dt
import functools
from typing import Any

import structlog
from flask import Flask, current_app, g, request, session
from sqlalchemy.exc import OperationalError

from portal.accounts import mails
from portal.accounts.actions import touch_session
from portal.accounts.bearer import ActorFor, read_for, shown_token
from portal.accounts.entry import COOKIE_KEY as COOKIE_KEY
from portal.accounts.freshness import guard_changes
from portal.accounts.library import init_library
from portal.accounts.mails import SendMail
from portal.accounts.obligation import lead_to_set_up
from portal.accounts.queries import Identity, identity_for
from portal.kernel import clock
from portal.kernel.db import transaction
from portal.kernel.policy import VISITOR
from portal.kernel.prepared import Question
from portal.kernel.settings import Settings
from portal.web.assets import ENDPOINT as ASSET
from portal.web.database import SAFE, database_of
from portal.web.filters import show_times_in

NOTED_EVERY = dt.timedelta(minutes=5)  # how exact “last used” is
_log = structlog.get_logger(__name__)


def init_accounts(
    app: Flask, identity: Question, *, send_mail: SendMail, actor_for: ActorFor, weighty: tuple[str, ...] = ()
) -> None:
    """Set `g.actor` before each request, and give the pages of accounts what they need.

    Args:
        identity: comes from `identity_question`.
        send_mail: the outbox, `send_mail(session, *, to, subject, text, html, account_id=None)`.
        actor_for: who an account is right now; None where it is closed.
        weighty: addresses below which administrators of the portal show again who they are before they change anything.
    """
    settings: Settings = app.extensions["settings"]
    app.extensions[mails.EXTENSION] = send_mail
    init_library(app, settings)

    @app.before_request
    def _who() -> Any:
        g.actor = VISITOR
        if (shown := shown_token()) is not None:
            return read_for(shown, actor_for)
        _take_cookie(identity)
        return None

    app.before_request(lead_to_set_up)
    app.before_request(functools.partial(guard_changes, weighty))


def _take_cookie(identity: Question) -> None:
    """Let the request be made by whoever the cookie's token stands for."""
    token = session.get(COOKIE_KEY)
    if not isinstance(token, str) or request.endpoint == ASSET:
        return
    found = identity_for(g.db, identity, token)
    if found is None:
        session.clear()
        return
    settings: Settings = current_app.extensions["settings"]
    g.actor, g.role_line = found.actor, found.role_line
    show_times_in(found.time_zone)
    g.session_id, g.signed_in_at, g.idle = found.session_id, found.signed_in_at, found.idle
    g.moved, g.owes_factor = found.moved, found.owes_factor and settings.asks_for_second_factor
    _note_use(found)


def _note_use(identity: Identity) -> None:
    """Write down that the session is used, rarely and beside the request's own session.

    Not while a form is handled: its session has the writer's place, and the page it leads to notes the use anyway.
    """
    if clock.now() - identity.seen_at < NOTED_EVERY or request.method not in SAFE:
        return
    try:
        with database_of().writing() as writing, transaction(writing):
            touch_session(writing, identity.session_id)
    except OperationalError:  # somebody else writes for long: the next request notes it
        _log.info("session_use_not_noted")
