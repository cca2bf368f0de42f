"""Every view says who may come in. A view without one of these fails the build.

`@loads` reaches instead of checking: what the actor may not see is not found, with the same answer as what does not exist.
"""

import functools
import hmac
import ipaddress
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from flask import Blueprint, current_app, g, redirect, request, url_for
from sqlalchemy import bindparam, select, true
from werkzeug.routing import BaseConverter, ValidationError
from werkzeug.wrappers import Response

from portal.kernel.db import AnySelect
from portal.kernel.errors import Forbidden, Missing
from portal.kernel.ids import parse_reference, reference
from portal.kernel.policy import Actor, Rule
from portal.kernel.text import N_, slug

View = TypeVar("View", bound=Callable[..., Any])
Router = Callable[[Callable[..., Any]], Callable[..., Any]]
SIGN_IN = "accounts.sign_in"
_MOST = 2**31 - 1  # what a database's id can hold
_PASSED_ON = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Via")


class ReferenceConverter(BaseConverter):
    """`<ref(CH):id>` in a route: CH-0412 in the address, 412 in Python."""

    regex = "[A-Z]{2}-[0-9]{4,12}"

    def __init__(self, map: Any, prefix: str) -> None:
        super().__init__(map)
        self.prefix = prefix
        self.regex = f"{prefix}-[0-9]{{4,12}}"

    def to_python(self, value: str) -> int:
        parsed = parse_reference(value)
        if parsed is None or reference(*parsed) != value:
            raise ValidationError
        return parsed[1]

    def to_url(self, value: int) -> str:
        return reference(self.prefix, int(value))


def current_actor() -> Actor:
    """Who is asking; a visitor where nobody signed in."""
    found: Actor = g.actor
    return found


def public(view: View) -> View:
    """Anyone may come in."""
    view.guard = "public"  # type: ignore[attr-defined]  # read by the test that walks all routes
    return view


def signed_in(view: View) -> View:
    """People with an account; others are sent to sign in and come back."""

    @functools.wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        return view(*args, **kwargs) if g.actor.is_person else to_sign_in()

    guarded.guard = "signed in"  # type: ignore[attr-defined]
    return guarded  # type: ignore[return-value]


def machine(view: View) -> View:
    """Programs on this machine that came through no proxy, and those that show the token of the setting `metrics_token`.

    For everyone else the page does not exist.
    """

    @functools.wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        if not (_is_local() or _shows_token(current_app.extensions["settings"].metrics_token)):
            raise Missing
        return view(*args, **kwargs)

    guarded.guard = "programs on this machine, or with the token"  # type: ignore[attr-defined]
    return guarded  # type: ignore[return-value]


def for_programs(view: View) -> View:
    """Programs may ask for this with somebody's token. Only for views that change nothing and draw no page."""
    view.takes_tokens = True  # type: ignore[attr-defined]  # read by accounts
    return view


def only(rule: Rule) -> Callable[[View], View]:
    """People for whom `rule`, asked about no particular thing, holds. For everyone else the page does not exist."""

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            if not g.actor.is_person:
                return to_sign_in()
            if not rule.holds(g.actor, None):
                raise Missing
            return view(*args, **kwargs)

        guarded.guard = f"only {rule.says}"  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return decorate


def loads(
    model: type, rule: Rule, *, by: str = "id", options: tuple[Any, ...] = (), also: Rule | None = None
) -> Callable[[View], View]:
    """Load `model` by the route's `id` (or `slug`) and pass it on as the view's first argument, if `rule` holds.

    What `options` add to the statement may ask for the parameter `reader`, the number of whoever is asking.
    `also` must hold too, but its refusal is a 403: use it where the thing's existence is no secret to the reader.
    """

    # Made once: building a statement anew for every request costs more than SQLite's answer.
    query: AnySelect = select(model).where(getattr(model, by) == bindparam("key")).options(*options)

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def guarded(**kwargs: Any) -> Any:
            key = kwargs.pop(by)
            if key > _MOST if isinstance(key, int) else slug(key) != key:  # no address of ours, and databases choke on some
                raise Missing
            thing = g.db.scalars(query, {"key": key, "reader": g.actor.id}).unique().one_or_none()
            if thing is None or not rule.holds(g.actor, thing):
                raise Missing
            if also is not None and not also.holds(g.actor, thing):
                if not g.actor.is_person:
                    return to_sign_in()
                raise Forbidden
            return view(thing, **kwargs)

        guarded.guard = f"loads {model.__name__}: {rule.says}" + (f", then {also.says}" if also else "")  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return decorate


# Of things whose kinds have addresses of their own: a number belongs to one kind, and at the address of another there is nothing.
AT_ITS_ADDRESS = Rule(
    N_("at its own address"),
    lambda _actor, thing: f"{request.path}/".startswith(f"{thing.href}/"),
    lambda _actor: true(),
)


def at_each_address_of(bp: Blueprint, addresses: Iterable[str], path: str = "", methods: tuple[str, ...] = ("GET",)) -> Router:
    """Route a view of `bp` to `path` below each of the addresses that one kind of thing has."""

    def route(view: View) -> View:
        for address in addresses:
            bp.add_url_rule(address + path, view.__name__, view, methods=list(methods))
        return view

    return route


def _is_local() -> bool:
    """Behind a proxy everybody seems to come from this machine: who was passed on is not local, wherever the proxy stands."""
    if any(name in request.headers for name in _PASSED_ON):
        return False
    sender = request.environ.get("werkzeug.proxy_fix.orig", {}).get("REMOTE_ADDR") or request.remote_addr or ""
    try:
        return ipaddress.ip_address(sender).is_loopback
    except ValueError:
        return False


def _shows_token(token: str) -> bool:
    shown = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return bool(token) and hmac.compare_digest(shown.encode(), token.encode())


def to_sign_in() -> Response:
    """Send a visitor to sign in; a page they asked for is remembered, a form they posted is not."""
    target = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for(SIGN_IN, next=target), 303)


def local_target(target: str | None, otherwise: str) -> str:
    """`target` if it is a path inside the portal, else `otherwise`. Anything a browser could read as a host is refused."""
    if not target or len(target) > 2000 or not target.startswith("/") or target.startswith(("//", "/\\")):
        return otherwise
    if "\\" in target or any(ord(c) < 33 or 127 <= ord(c) < 160 for c in target):
        return otherwise
    return target
