"""Programs that show a token: who they read for, and where they may.

Only views marked by `web.guards.for_programs` take tokens; these change nothing. Cookies do not count beside a token.
"""

from collections.abc import Callable

import structlog
from flask import Response, current_app, g, request
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from werkzeug.exceptions import TooManyRequests

from portal.accounts.models import Token
from portal.accounts.obligation import has_power
from portal.accounts.throttles import TOKEN
from portal.accounts.tokens import NOTED_EVERY, PREFIX, live_token, touch_token
from portal.kernel import clock
from portal.kernel.db import transaction
from portal.kernel.policy import Actor
from portal.kernel.text import N_
from portal.web.database import database_of
from portal.web.filters import show_times_in
from portal.web.limits import has_room
from portal.web.words import gettext

ActorFor = Callable[[Session, int], Actor | None]
_UNKNOWN = N_("This token is not known, was ended, or has expired. Make a new one under “Account and sign-in”.")
_NOT_HERE = N_("Tokens open searches and one’s own listings as files, and nothing else. Sign in to see pages.")
_log = structlog.get_logger(__name__)


def shown_token() -> str | None:
    """The token this request shows; None where it shows none that could be ours."""
    scheme, _, shown = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        return None
    text = shown.strip()
    return text if text.startswith(PREFIX) or _takes_tokens() else None


def read_for(text: str, actor_for: ActorFor) -> Response | None:
    """Let the request be its owner's from here on; or the answer that it gets instead."""
    token = live_token(g.db, text)
    actor = actor_for(g.db, token.account_id) if token else None
    if token is None or actor is None or _owes_factor(token, actor):
        return _refused(401, "invalid_token", _UNKNOWN)
    if not _takes_tokens():
        return _refused(403, "insufficient_scope", _NOT_HERE)
    g.token_id = token.id
    if not has_room(TOKEN):
        raise TooManyRequests(retry_after=TOKEN.item.get_expiry())
    g.actor = actor
    show_times_in(token.account.time_zone)
    g.signed_in_at = clock.now()  # whoever made it had shown who they are, and it is shown with each request
    _note_use(token)
    return None


def _takes_tokens() -> bool:
    view = current_app.view_functions.get(request.endpoint or "")
    return bool(getattr(view, "takes_tokens", False))


def _owes_factor(token: Token, actor: Actor) -> bool:
    asks: bool = current_app.extensions["settings"].asks_for_second_factor
    return asks and not token.account.has_second_factor and has_power(actor)


def _note_use(token: Token) -> None:
    """Rarely, and beside the request's own session."""
    if token.used_at is not None and clock.now() - token.used_at < NOTED_EVERY:
        return
    try:
        with database_of().writing() as writing, transaction(writing):
            touch_token(writing, token.id)
    except OperationalError:  # somebody else writes for long: the next request notes it
        _log.info("token_use_not_noted")


def _refused(status: int, error: str, why: str) -> Response:
    """Plain text: nobody looks at it in a browser. Source: RFC 6750."""
    headers = {"WWW-Authenticate": f'Bearer realm="Causeway", error="{error}"', "Cache-Control": "no-store"}
    return Response(gettext(why) + "\n", status, headers, mimetype="text/plain")
