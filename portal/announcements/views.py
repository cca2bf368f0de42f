"""Announcing, for administrators of the portal; dismissing, for everybody with an account."""

from functools import partial
from typing import Any

from flask import Blueprint, current_app, flash, g, redirect, render_template, request

from portal.announcements import queries
from portal.announcements.actions import announce, change_announcement, dismiss
from portal.announcements.forms import AnnouncementForm, written_in
from portal.announcements.inputs import Message
from portal.announcements.models import Announcement
from portal.announcements.workflow import ANNOUNCEMENT_FLOW
from portal.kernel.db import require_version, transaction
from portal.kernel.policy import ADMIN
from portal.kernel.text import N_
from portal.web.forms import attempt
from portal.web.guards import loads, local_target, only, signed_in
from portal.web.pages import Strip
from portal.web.steps import add_steps
from portal.web.words import gettext

bp = Blueprint("announcements", __name__)
HOME = "/admin/announcements"
ONE = f"{HOME}/<int(max=2147483647):id>"


@bp.get(HOME)
@only(ADMIN)
def index() -> Any:
    """What is shown, what will be, and what was."""
    found = {"current": queries.current(g.db), "past": queries.past(g.db, request.args.get("after"))}
    return render_template("announcements/index.html", **found)


@bp.get(f"{HOME}/new")
@only(ADMIN)
def new() -> Any:
    """The form, empty."""
    return _draw(None, AnnouncementForm(formdata=None), 200)


@bp.post(f"{HOME}/new")
@only(ADMIN)
def create() -> Any:
    """Show how it will look, or – pressed `save` – announce it."""
    form = AnnouncementForm()
    return _answer(None, form, lambda given: announce(g.db, given, actor=g.actor), N_("It is announced."))


@bp.get(f"{ONE}/edit")
@loads(Announcement, ADMIN)
def edit(announcement: Announcement) -> Any:
    """The form, as it was written."""
    return _draw(announcement, AnnouncementForm(formdata=None, data=written_in(announcement, _zone())), 200)


@bp.post(f"{ONE}/edit")
@loads(Announcement, ADMIN)
def update(announcement: Announcement) -> Any:
    """Show how it will look, or – pressed `save` – let it say this from now on."""
    require_version(announcement, request.form.get("version"))
    change = partial(change_announcement, g.db, announcement, actor=g.actor)
    return _answer(announcement, AnnouncementForm(), lambda given: change(given) or announcement, N_("It is changed."))


@bp.post("/announcements/<int(max=2147483647):id>/dismiss")
@signed_in
def destroy(id: int) -> Any:
    """Put it away for good, and go on where one was. What is over or was never there is away already."""
    with transaction(g.db):
        dismiss(g.db, id, actor=g.actor)
    return redirect(local_target(request.form.get("next"), "/"), 303)


add_steps(bp, ONE, ANNOUNCEMENT_FLOW, loads(Announcement, ADMIN), forms={}, href=lambda _announcement: HOME)


def _answer(announcement: Announcement | None, form: AnnouncementForm, act: Any, done: str) -> Any:
    make = partial(Message, zone=_zone())
    if "save" not in request.form:
        given = form.read(make)
        return _draw(announcement, form, 422 if given is None else 200, given)
    made, status = attempt(form, make, act)
    if made is None:
        return _draw(announcement, form, status)
    flash(gettext(done), "good")
    return redirect(HOME, 303)


def _draw(announcement: Announcement | None, form: AnnouncementForm, status: int, given: Message | None = None) -> Any:
    sample = given and Strip(given.tone.tone, given.tone.label, given.text, given.link_label, given.link_href, "")
    values = {"announcement": announcement, "form": form, "sample": sample, "zone": _zone()}
    return render_template("announcements/edit.html", **values), status


def _zone() -> str:
    """The portal's own: an administrator who travels announces for those at home."""
    return str(current_app.config["TIME_ZONE"])
