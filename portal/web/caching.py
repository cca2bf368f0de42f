"""Two small memories per process: figures that may be a minute old, and pages while nothing happens.

A page is kept only as long as the log has not grown: what was hidden a moment ago is in no memory.
"""

import functools
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from contextlib import suppress
from typing import Any, Generic, TypeVar

from flask import Response, current_app, g, request, session

from portal.kernel import clock
from portal.kernel.events import newest_entry
from portal.web.filters import zone_name
from portal.web.guards import View
from portal.web.headers import nonce
from portal.web.pages import strips_for
from portal.web.words import current_locale

Value = TypeVar("Value")
_NONCE = "nonce-goes-here"


class Remembered(Generic[Value]):
    """One value, worked out again when it is older than `seconds`."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._value: Value | None = None
        self._until = 0.0

    def get(self, make: Callable[[], Value]) -> Value:
        """The value, made by `make` if there is none or it is too old."""
        now = time.monotonic()
        if self._value is None or now >= self._until:
            self._value, self._until = make(), now + self._seconds
        return self._value


class KeptPages:
    """Rendered pages by all that decides what they hold; the oldest goes first."""

    def __init__(self, most: int = 256) -> None:
        self._most = most
        self._pages: OrderedDict[Hashable, tuple[bytes, ...]] = OrderedDict()

    def get(self, key: Hashable) -> tuple[bytes, ...] | None:
        """The page in pieces, between which each response puts its own nonce."""
        return self._pages.get(key)

    def keep(self, key: Hashable, page: str) -> tuple[bytes, ...]:
        """Keep a page that was rendered with a placeholder for the nonce."""
        pieces = self._pages[key] = tuple(page.encode().split(_NONCE.encode()))
        while len(self._pages) > self._most:
            with suppress(KeyError):  # another thread was faster
                self._pages.popitem(last=False)
        return pieces

    def forget(self, session_id: Hashable) -> None:
        """Drop what this process keeps for one session: something changed for it that stands in no log."""
        for key in [key for key in list(self._pages) if isinstance(key, tuple) and key[0] == session_id]:
            self._pages.pop(key, None)


def kept(view: View, besides: Callable[[], Hashable] = lambda: None) -> View:
    """Answer from memory until something happens anywhere in the portal; the guards below are asked at every rendering.

    A page is kept for one session, or for all visitors, and to the end of the minute: so late may be what depends on the clock
    alone, as “3 days left”.

    Args:
        besides: whatever else decides what the page holds, such as the state of the search index.
    """

    @functools.wraps(view)
    def answered(*args: Any, **kwargs: Any) -> Any:
        if "_flashes" in session:  # said once
            return view(*args, **kwargs)
        pages: KeptPages = current_app.extensions["kept_pages"]
        token = session.get("csrf_token") if g.actor.is_person else None
        shown = (request.full_path, current_locale(), request.cookies.get("theme"), zone_name())
        minute = clock.now().replace(second=0, microsecond=0)
        said = () if g.actor.is_person else strips_for(g.actor)  # a visitor's may come a little after the fact that says so
        key = (g.get("session_id"), g.actor, token, shown, minute, g.get("moved") or newest_entry(g.db), said, besides())
        pieces = pages.get(key)
        if pieces is None:
            g.nonce = _NONCE
            try:
                answer = view(*args, **kwargs)
            finally:
                del g.nonce
            own_form = "csrf_token" in g and session.get("csrf_token") != token  # of a visitor, or the session's first
            if own_form or not isinstance(answer, str):
                return _with_own_nonce(answer)
            pieces = pages.keep(key, answer)
        return Response(nonce().encode().join(pieces), mimetype="text/html")

    return answered  # type: ignore[return-value]


def _with_own_nonce(answer: Any) -> Any:
    if isinstance(answer, str):
        return answer.replace(_NONCE, nonce())
    if isinstance(answer, tuple) and isinstance(answer[0], str):
        return (answer[0].replace(_NONCE, nonce()), *answer[1:])
    return answer
