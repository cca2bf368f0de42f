"""Two small memories per process: figures that may be a minute old, and pages that are the same for every visitor.

A visitor's page is kept only as long as the log has not grown: what was hidden a moment ago is in no cache.
"""

import time
from collections.abc import Callable
from typing import Generic, TypeVar

from flask import Response, g, request

from portal.web.headers import nonce
from portal.web.words import current_locale

Value = TypeVar("Value")
_NONCE = "nonce-goes-here"
_MOST = 64


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


class VisitorPages:
    """Rendered pages for people without a session, by address, language, theme and the log's last id."""

    def __init__(self) -> None:
        self._pages: dict[tuple[object, ...], tuple[bytes, ...]] = {}

    def answer(self, last_event: int, render: Callable[[], str]) -> Response:
        """The page, rendered once per state of the log and given each response's own nonce."""
        key = (request.full_path, current_locale(), request.cookies.get("theme"), last_event, int(time.time() // 300))
        parts = self._pages.get(key)
        if parts is None:
            g.nonce = _NONCE
            parts = tuple(render().encode().split(_NONCE.encode()))
            del g.nonce
            if len(self._pages) >= _MOST:
                self._pages.clear()
            self._pages[key] = parts
        return Response(nonce().encode().join(parts), mimetype="text/html")
