"""Deadlines as a page, and as a calendar that programs read at a secret address."""

import calendar
import datetime as dt
import re
from typing import Any

from flask import Blueprint, Response, current_app, flash, g, redirect, render_template, request, url_for

from portal.board.actions import close_calendar, open_calendar
from portal.board.queries import dates_for, feed_of, owner_of
from portal.board.views.ical import as_calendar
from portal.kernel import clock
from portal.kernel.db import transaction
from portal.kernel.errors import Missing
from portal.kernel.policy import Actor
from portal.kernel.text import N_
from portal.web.filters import zone
from portal.web.guards import public, signed_in
from portal.web.limits import Limit, limited, network
from portal.web.words import gettext

bp = Blueprint("calendar", __name__)
GUESSED = Limit("calendar of a network", "60 per 15 minutes", network, refusals=True)
_NOT_KEPT = {"Cache-Control": "no-store"}
_MONTH = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")
_WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))


@bp.get("/calendar")
@signed_in
def index() -> Any:
    """Every date that concerns the person: as a list from today on or, with `month`, as the sheet of a month."""
    entries = _dates(g.actor)
    today = clock.now().astimezone(zone()).date()
    days: dict[dt.date, list[Any]] = {}
    for entry in entries:
        days.setdefault(entry.day_in(zone()), []).append(entry)
    sheet = _sheet(request.args.get("month"), today)
    values = {"days": days, "today": today, "sheet": sheet, "weekdays": [gettext(name) for name in _WEEKDAYS]}
    return render_template("board/calendar.html", **values)


@bp.get("/calendar/address")
@signed_in
def address() -> Any:
    """Whether a calendar program may read along, and since when."""
    return render_template("board/address.html", feed=feed_of(g.db, g.actor.id), url=None)


@bp.post("/calendar/address")
@signed_in
def create() -> Any:
    """A new address, shown this once; one that was there before opens nothing any more."""
    with transaction(g.db):
        token = open_calendar(g.db, actor=g.actor)
        feed = feed_of(g.db, g.actor.id)
    url = _base() + url_for(".feed", token=token)
    return render_template("board/address.html", feed=feed, url=url), 200, _NOT_KEPT


@bp.post("/calendar/address/close")
@signed_in
def close() -> Any:
    """It opens nothing any more."""
    with transaction(g.db):
        close_calendar(g.db, actor=g.actor)
    flash(gettext(N_("That address opens nothing any more.")), "good")
    return redirect(url_for(".address"), 303)


@bp.get("/calendar/<string:token>.ics")
@limited(GUESSED)
@public
def feed(token: str) -> Any:
    """The dates of whoever made the address, with the rights they have at this moment. Nothing else is opened by it."""
    number = owner_of(g.db, token)
    owner = current_app.extensions["actor_for"](g.db, number) if number is not None else None
    if owner is None:
        raise Missing
    return Response(as_calendar(_dates(owner), _base()), mimetype="text/calendar", headers=_NOT_KEPT)


def _dates(actor: Actor) -> list[Any]:
    return dates_for(g.db, actor, current_app.extensions["desk"].tasks(g.db, actor))


def _base() -> str:
    return str(current_app.extensions["settings"].base_url).rstrip("/")


def _sheet(asked: str | None, today: dt.date) -> Any:
    """The weeks of the month that was asked for, with the months beside it; None where none was."""
    found = _MONTH.fullmatch(asked or "")
    if not found:
        return None
    first = dt.date(int(found[1]), int(found[2]), 1)
    before, after = first - dt.timedelta(days=1), first + dt.timedelta(days=32)
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    return {"first": first, "weeks": weeks, "before": f"{before:%Y-%m}", "after": f"{after:%Y-%m}"}
