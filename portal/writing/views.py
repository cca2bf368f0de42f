"""Where forms send what is typed, a moment after it was."""

from typing import Any

from flask import Blueprint, g, redirect, render_template, request

from portal.kernel.db import transaction
from portal.kernel.errors import Invalid
from portal.web.guards import local_target, signed_in
from portal.web.limits import Limit, limited
from portal.web.words import gettext
from portal.writing.actions import forget, keep
from portal.writing.inputs import Typed

bp = Blueprint("writing", __name__)
PATH = "kept-for"  # beside the form's own fields
KEPT = Limit("what is typed, per person", "60 per minute", lambda: str(g.actor.id))


@bp.post("/me/writing")
@signed_in
@limited(KEPT)
def create() -> Any:
    """Keep the fields of a form; the answer is the line that says so."""
    fields = [(name, text) for name, text in request.form.items(multi=True) if name != PATH]
    try:
        with transaction(g.db):
            kept = keep(g.db, Typed(request.form.get(PATH, ""), fields), actor=g.actor)
    except Invalid as invalid:
        return render_template("writing/kept.html", problem=gettext(invalid.why)), 422
    return render_template("writing/kept.html", kept=kept)


@bp.post("/me/writing/forget")
@signed_in
def destroy() -> Any:
    """Begin again from what is saved."""
    path = local_target(request.form.get("path"), "/")
    with transaction(g.db):
        forget(g.db, path, actor=g.actor)
    return redirect(path, 303)
