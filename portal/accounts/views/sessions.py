"""Where somebody is signed in, and the end of it."""

from typing import Any

from flask import flash, g, redirect, render_template, url_for

from portal.accounts import actions
from portal.accounts.freshness import fresh
from portal.accounts.queries import account_of, live_sessions_of
from portal.accounts.views.mount import bp
from portal.kernel.db import transaction
from portal.kernel.text import N_
from portal.web.guards import signed_in
from portal.web.words import gettext


@bp.get("/me/sessions")
@signed_in
def sessions() -> Any:
    """One's own live sessions, this one marked."""
    found = live_sessions_of(g.db, g.actor.id, idle=g.idle)
    return render_template("accounts/sessions.html", sessions=found, here=g.session_id)


@bp.post("/me/sessions/<int(max=2147483647):id>/end")
@fresh
def end_session(id: int) -> Any:
    """End one of them."""
    with transaction(g.db):
        actions.end_session(g.db, account_of(g.db, g.actor.id), id, actor=g.actor)
    flash(gettext(N_("That device is signed out.")), "good")
    return redirect(url_for(".sessions"), 303)


@bp.post("/me/sessions/end-others")
@fresh
def end_other_sessions() -> Any:
    """End all but this one."""
    with transaction(g.db):
        actions.end_all_sessions(g.db, account_of(g.db, g.actor.id), actor=g.actor, but=g.session_id)
    flash(gettext(N_("Every other device is signed out.")), "good")
    return redirect(url_for(".sessions"), 303)
