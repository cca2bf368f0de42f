"""Before something weighty, people show again that it is them."""

import datetime as dt
import functools
from collections.abc import Callable
from typing import Any, TypeVar

from flask import flash, g, redirect, request, url_for

from portal.kernel import clock
from portal.kernel.text import N_
from portal.web.guards import to_sign_in
from portal.web.words import gettext

View = TypeVar("View", bound=Callable[..., Any])
FRESH = dt.timedelta(minutes=15)


def fresh(view: View) -> View:
    """People who signed in, or repeated their password, in the last 15 minutes; others do so now and come back.

    A form that arrives too late is not kept: the person comes back to the page it was on.
    """

    @functools.wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        if not g.actor.is_person:
            return to_sign_in()
        if clock.now() - g.signed_in_at <= FRESH:
            return view(*args, **kwargs)
        flash(gettext(N_("Enter your password again: it has been more than %(n)s minutes."), n=FRESH.seconds // 60), "turn")
        target = request.full_path.rstrip("?") if request.method == "GET" else url_for("accounts.security")
        return redirect(url_for("accounts.verify", next=target), 303)

    guarded.guard = "signed in within 15 minutes"  # type: ignore[attr-defined]  # read by the test that walks all routes
    return guarded  # type: ignore[return-value]
