"""How often somebody may try: limits per network, per account or per whatever a view names.

Counted in this process's memory. Flask-Limiter doubles the time of every request it looks at, so its counting library is used
directly, by the views that have a limit and by no others.
"""

import functools
import ipaddress
import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import structlog
from flask import Flask, current_app, request
from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from werkzeug.exceptions import TooManyRequests

from portal.kernel.ids import fingerprint

View = TypeVar("View", bound=Callable[..., Any])
_EXTENSION = "limits"
_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Limit:
    """`rate`, such as “10 per 5 minutes”, for each value of `key`; an empty key is not counted.

    `refusals` counts answers of 400 and more only: whoever succeeds may go on.
    """

    name: str
    rate: str
    key: Callable[[], str]
    refusals: bool = False

    @functools.cached_property
    def item(self) -> RateLimitItem:
        """The rate as the counting library knows it."""
        return parse(self.rate)


def init_limits(app: Flask, *, enabled: bool) -> None:
    """Start counting for `app`, from nothing."""
    app.extensions[_EXTENSION] = MovingWindowRateLimiter(MemoryStorage()) if enabled else None


def limited(*limits: Limit) -> Callable[[View], View]:
    """Answer 429 with the seconds to wait once one of `limits` is reached; never for longer than its own period."""

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            counter: MovingWindowRateLimiter | None = current_app.extensions[_EXTENSION]
            if counter is None:
                return view(*args, **kwargs)
            counted = [(limit, key) for limit in limits if (key := limit.key())]
            for limit, key in counted:
                _require_room(counter, limit, key)
            answer = current_app.make_response(view(*args, **kwargs))
            if answer.status_code >= 400:
                for limit, key in counted:
                    if limit.refusals:
                        counter.hit(limit.item, limit.name, key)
            return answer

        return guarded  # type: ignore[return-value]

    return decorate


def has_room(limit: Limit) -> bool:
    """Count once more against `limit`, where going on quietly without is the better answer than 429."""
    counter: MovingWindowRateLimiter | None = current_app.extensions[_EXTENSION]
    return counter is None or counter.hit(limit.item, limit.name, limit.key())


def require_room(limit: Limit) -> None:
    """Count once more against `limit`, and answer 429 where it is reached."""
    counter: MovingWindowRateLimiter | None = current_app.extensions[_EXTENSION]
    if counter is not None and (key := limit.key()):
        _require_room(counter, limit, key)


def network() -> str:
    """Where the request comes from: an IPv4 address, or the part of an IPv6 address that one customer has.

    `X-Forwarded-For` counts only as far as the settings name proxies.
    """
    try:
        address = ipaddress.ip_address(request.remote_addr or "")
    except ValueError:
        return "unknown"
    return str(ipaddress.ip_network((address, 64), strict=False)) if address.version == 6 else str(address)


def form_value(name: str) -> Callable[[], str]:
    """A key: what was sent in the field `name`, without case and spaces around, kept as a fingerprint."""

    def key() -> str:
        value = request.form.get(name, "").strip().casefold()[:300]
        return fingerprint(value) if value.isprintable() and value else ""

    return key


def _require_room(counter: MovingWindowRateLimiter, limit: Limit, key: str) -> None:
    room = counter.test if limit.refusals else counter.hit
    if not room(limit.item, limit.name, key):
        reset_at = counter.get_window_stats(limit.item, limit.name, key).reset_time
        _log.warning("limit_reached", limit=limit.name, endpoint=request.endpoint)
        raise TooManyRequests(retry_after=max(1, math.ceil(reset_at - time.time())))
