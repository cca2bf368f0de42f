"""What a person was told, and how they want to be told."""

from typing import Any

from flask import Blueprint, current_app, flash, g, redirect, render_template, request, url_for

from portal.accounts.models import User
from portal.kernel.db import transaction
from portal.kernel.errors import Missing
from portal.kernel.inputs import whole
from portal.kernel.text import N_
from portal.notifications.actions import choose_mails, mark_seen
from portal.notifications.forms import PreferenceForm
from portal.notifications.queries import inbox_of
from portal.notifications.stopping import account_in
from portal.notifications.wording import lines_for
from portal.web.guards import public, signed_in
from portal.web.words import gettext

bp = Blueprint("notifications", __name__)


@bp.get("/me/notifications")
@signed_in
def index() -> Any:
    """One's own notifications, newest first, and the choice of mails."""
    inbox = inbox_of(g.db, g.actor.id, request.args.get("after"))
    lines = lines_for(g.db, g.actor, inbox.rows.rows, current_app.extensions["notices"])
    form = PreferenceForm(data={"mails": inbox.wants_mails})
    return render_template("notifications/index.html", lines=lines, after=inbox.rows.after, form=form)


@bp.post("/me/notifications/seen")
@signed_in
def seen() -> Any:
    """Mark one notification as seen (`number`), or all of them."""
    number = whole("number", request.form.get("number"), most=2**31 - 1, required=False)
    with transaction(g.db):
        mark_seen(g.db, g.actor.id, number)
    return redirect(url_for(".index"), 303)


@bp.post("/me/notifications/choice")
@signed_in
def update() -> Any:
    """Keep the choice of mails."""
    with transaction(g.db):
        choose_mails(g.db, g.actor.id, wanted=bool(PreferenceForm().mails.data))
    flash(gettext(N_("Your choice is saved.")), "good")
    return redirect(url_for(".index"), 303)


@bp.get("/mails/stop/<string:token>")
@public
def ask_to_stop(token: str) -> Any:
    """Where the link in a mail leads: nothing is stopped before the button is pressed, for machines follow links."""
    _account_named(token)
    return render_template("notifications/stop.html", stopped=False)


@bp.post("/mails/stop/<string:token>")
@public
def stop(token: str) -> Any:
    """Stop them: for the button, and for mail programs that do it by themselves and have no form's token."""
    with transaction(g.db):
        choose_mails(g.db, _account_named(token), wanted=False)
    return render_template("notifications/stop.html", stopped=True)


def _account_named(token: str) -> int:
    number = account_in(current_app.extensions["settings"], token)
    if number is None or g.db.get(User, number) is None:
        raise Missing
    return number
