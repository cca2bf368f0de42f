"""Searches that people keep."""

from typing import Any
from urllib.parse import parse_qsl

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from portal.kernel.db import transaction
from portal.kernel.errors import Invalid
from portal.kernel.states import choices, member_of
from portal.kernel.text import N_
from portal.search.actions import choose_often, give_up, save_search
from portal.search.forms import Asked
from portal.search.models import SavedSearch
from portal.search.policies import OWN
from portal.search.queries import saved_by
from portal.search.states import Often
from portal.search.views.finding import title_of
from portal.search.views.recent import address_of, recent
from portal.web.guards import loads, signed_in
from portal.web.panels import panels_for
from portal.web.words import gettext

bp = Blueprint("saved", __name__)


@bp.get("/searches")
@signed_in
def index() -> Any:
    """One's own saved searches, and what else one keeps."""
    lately = [(looked[1], address_of(looked)) for looked in recent()]
    values = {"searches": saved_by(g.db, g.actor.id), "paces": choices(Often), "lately": lately}
    return render_template("search/saved.html", panels=panels_for("saved", None), **values)


@bp.post("/searches")
@signed_in
def create() -> Any:
    """Keep the search whose address the form carries; kept twice, it is once."""
    asked = Asked.from_args(MultiDict(parse_qsl(request.form.get("address", "")[:8000])))
    with transaction(g.db):
        added = save_search(g.db, title_of(asked), asked.kept_as, actor=g.actor)
    flash(
        gettext(N_("Saved. You are told at most once a day what is new.") if added else N_("You have saved this already.")),
        "good",
    )
    return redirect(url_for(".index"), 303)


@bp.post("/searches/<int:id>/often")
@loads(SavedSearch, OWN)
def often(saved: SavedSearch) -> Any:
    """Tell so often from now on."""
    chosen = member_of(Often, request.form.get("often"))
    if chosen is None:
        raise Invalid("often", N_("Choose one of the options."))
    with transaction(g.db):
        choose_often(g.db, saved, chosen, actor=g.actor)
    flash(gettext(N_("Your choice is saved.")), "good")
    return redirect(url_for(".index"), 303)


@bp.post("/searches/<int:id>/stop")
@loads(SavedSearch, OWN)
def stop(saved: SavedSearch) -> Any:
    """Give the search up."""
    with transaction(g.db):
        give_up(g.db, saved, actor=g.actor)
    flash(gettext(N_("Given up: you are not told of it any more.")), "good")
    return redirect(url_for(".index"), 303)
