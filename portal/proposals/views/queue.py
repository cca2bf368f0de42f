"""The partnership officer's queue: what waits for approval, and approving several at once."""

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request

from portal.approvals.actions import approve_each
from portal.kernel.db import transaction
from portal.kernel.ids import row_id
from portal.proposals.queries import approvals_waiting
from portal.web.guards import signed_in
from portal.web.words import gettext, ngettext

bp = Blueprint("queue", __name__)
MOST_AT_ONCE = 50


@bp.get("/approvals")
@signed_in
def index() -> Any:
    """The open slots this officer may fill, the oldest first."""
    return _draw([])


@bp.post("/approvals")
@signed_in
def update() -> Any:
    """Approve those that were ticked, each for itself, and say row by row what became of them."""
    with transaction(g.db):
        outcomes = approve_each(g.db, _picked(), actor=g.actor)
        done = sum(outcome.why is None for outcome in outcomes)
        report = [(f"PR-{o.slot.subject_id:04d}" if o.slot else f"#{o.slot_id}", o.why) for o in outcomes]
    if done == len(outcomes):
        if done:
            flash(ngettext("%(n)s approved.", "%(n)s approved.", done), "good")
        else:
            flash(gettext("Tick the rows to approve first."), "turn")
        return redirect("/approvals", 303)
    return _draw(report)


def _draw(report: list[Any]) -> Any:
    page = approvals_waiting(g.db, g.actor, request.args.get("after"))
    return render_template("proposals/approvals.html", rows=page.rows, after=page.after, report=report), 409 if report else 200


def _picked() -> list[tuple[int, int]]:
    """Pairs of slot and the version of it that was on the page; anything else is nobody's slot."""
    pairs = (map(row_id, value.partition("-")[::2]) for value in request.form.getlist("pick")[:MOST_AT_ONCE])
    return [(slot, version) for slot, version in pairs if slot is not None and version is not None]
