"""What waits for a person and what happened around them."""

from typing import Any

from flask import Blueprint, current_app, g, render_template, request

from portal.activity import queries
from portal.activity.forms import AuditForm
from portal.activity.inputs import Sought
from portal.activity.policies import AUDITOR
from portal.kernel import clock
from portal.kernel.policy import ADMIN
from portal.web.caching import kept
from portal.web.filters import zone
from portal.web.guards import only, signed_in
from portal.web.panels import panels_for

bp = Blueprint("activity", __name__)


@bp.get("/work")
@kept
@signed_in
def work() -> Any:
    """What waits for the person, the most urgent first."""
    tasks = current_app.extensions["desk"].tasks(g.db, g.actor)
    hour = clock.now().astimezone(zone()).hour
    settled = bool(g.actor.seats) or g.actor.is_admin
    panels = panels_for("work", None)
    return render_template("activity/work.html", tasks=tasks, hour=hour, settled=settled, panels=panels)


@bp.get("/activity")
@kept
@signed_in
def index() -> Any:
    """What happened to everything the person may read, newest first."""
    return render_template("activity/index.html", entries=queries.feed(g.db, g.actor, request.args.get("after")))


@bp.get("/me/activity")
@signed_in
def own() -> Any:
    """What the person did, and what happened to their account."""
    return render_template("activity/own.html", entries=queries.own_actions(g.db, g.actor, request.args.get("after")))


@bp.get("/me/activity/account")
@signed_in
def own_account() -> Any:
    """What happened to the person's account, by whomever."""
    entries = queries.own_account(g.db, g.actor, request.args.get("after"))
    return render_template("activity/own_account.html", entries=entries)


@bp.get("/admin/security")
@only(ADMIN)
def accounts_log() -> Any:
    """The security log: everything that happened to accounts, or only where somebody did not get in."""
    failures = "failures" in request.args
    entries = queries.accounts_log(g.db, g.actor, request.args.get("after"), failures=failures)
    return render_template("activity/accounts_log.html", entries=entries, failures=failures)


@bp.get("/audit")
@kept
@only(AUDITOR)
def audit() -> Any:
    """The log, for those who keep it: all of it, or what belongs to their organisation."""
    form = AuditForm(request.args, meta={"csrf": False})
    sought = form.read(Sought)
    entries = queries.audit(g.db, g.actor, sought, request.args.get("after")) if sought else None
    checked = queries.checked(g.db) if g.actor.is_admin and "check" in request.args else None
    values = {"form": form, "entries": entries, "checked": checked, "is_admin": g.actor.is_admin}
    return render_template("activity/audit.html", **values), 200 if sought else 422
