"""Views of the board that an officer keeps."""

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template

from portal.board.actions import change_view, keep_view, remove_view
from portal.board.forms import KeptForm
from portal.board.inputs import Kept
from portal.board.models import BoardView
from portal.board.policies import OFFICE, OWN_VIEW
from portal.board.queries import views_of
from portal.kernel.db import transaction
from portal.kernel.text import N_
from portal.web.forms import attempt
from portal.web.guards import loads, only
from portal.web.words import gettext

bp = Blueprint("kept", __name__)
BY_ID = "/board/views/<int:id>"


@bp.get("/board/views")
@only(OFFICE)
def index() -> Any:
    """All of them, each with its name to change and a button to remove it."""
    return _draw()


@bp.post("/board/views")
@only(OFFICE)
def create() -> Any:
    """Keep what the board showed."""
    form = KeptForm()
    target, status = attempt(form, Kept, lambda given: keep_view(g.db, given, actor=g.actor).href)
    if target is None:
        return _draw(form, status)
    flash(gettext(N_("Kept. It stands above the board.")), "good")
    return redirect(target, 303)


@bp.post(BY_ID)
@loads(BoardView, OWN_VIEW)
def update(view: BoardView) -> Any:
    """Call it something else, or let the board open with it."""
    form = KeptForm(prefix=f"v{view.id}-")
    changed, status = attempt(form, Kept, lambda given: change_view(g.db, view, given, actor=g.actor))
    if changed is None:
        return _draw(form, status)
    flash(gettext(N_("Saved.")), "good")
    return redirect("/board/views", 303)


@bp.post(f"{BY_ID}/remove")
@loads(BoardView, OWN_VIEW)
def remove(view: BoardView) -> Any:
    """Keep it no longer."""
    with transaction(g.db):
        remove_view(g.db, view, actor=g.actor)
    flash(gettext(N_("Removed.")), "good")
    return redirect("/board/views", 303)


def _draw(tried: KeptForm | None = None, status: int = 200) -> Any:
    """`tried` is the form that was refused, of whichever view it is."""
    views = views_of(g.db, g.actor.id)
    forms = [(view, _form_of(view, tried)) for view in views]
    return render_template("board/views.html", forms=forms, tried=tried), status


def _form_of(view: BoardView, tried: KeptForm | None) -> KeptForm:
    prefix = f"v{view.id}-"
    if tried is not None and tried.name.name.startswith(prefix):
        return tried
    return KeptForm(formdata=None, prefix=prefix, data={"name": view.name, "is_default": view.is_default})
