"""Before something weighty, people show again that it is them."""

import datetime as dt
import functools
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import flash, g, redirect, request, url_for

from portal.kernel import clock
from portal.kernel.text import N_
from portal.web.database import SAFE
from portal.web.guards import local_target, to_sign_in
from portal.web.words import gettext

View = TypeVar("View", bound=Callable[..., Any])
FRESH = dt.timedelta(minutes=15)
_STEPS = "/steps/"  # in the address of each step of a workflow


def fresh(view: View) -> View:
    """People who signed in, or repeated their password, in the last 15 minutes; others do so now and come back.

    A form that arrives too late is not kept: the person comes back to the page it was on.
    """

    @functools.wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        if not g.actor.is_person:
            return to_sign_in()
        return view(*args, **kwargs) if is_fresh() else to_verify()

    guarded.guard = "signed in within 15 minutes"  # type: ignore[attr-defined]  # read by the test that walks all routes
    return guarded  # type: ignore[return-value]


def guard_changes(below: tuple[str, ...]) -> Any:
    """Before a request: what an administrator of the portal changes below one of these addresses, or decides, must be fresh.

    Decisions are the steps of workflows, wherever the thing has its page. Everybody else is left to the view.
    """
    if request.method in SAFE or not g.actor.is_admin or is_fresh():
        return None
    weighty = _STEPS in request.path or any(request.path.startswith(f"{address}/") for address in below)
    return to_verify() if weighty else None


def is_fresh() -> bool:
    """Whether the person asking showed in the last 15 minutes that it is them."""
    return bool(clock.now() - g.signed_in_at <= FRESH)


def to_verify() -> Any:
    """Send somebody to show that it is them, and back to where they were."""
    if request.method in SAFE:
        said = N_("Enter your password again: it has been more than %(n)s minutes.")
    else:
        said = N_(
            "Enter your password again: it has been more than %(n)s minutes. Nothing was changed; do it once more after that."
        )
    flash(gettext(said, n=FRESH.seconds // 60), "turn")
    return redirect(url_for("accounts.verify", next=_way_back()), 303)


def _way_back() -> str:
    """The page asked for, or the one a form was on: browsers name it, to its own host only."""
    if request.method in SAFE:
        return request.full_path.rstrip("?")
    page = urlsplit(request.referrer or "")
    path = page.path.removeprefix(request.script_root) + (f"?{page.query}" if page.query else "")
    return local_target(path if page.netloc == request.host else None, url_for("accounts.security"))
