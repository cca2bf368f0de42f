"""One thing done with many things of the board, and what became of each."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from flask import Blueprint, g, render_template, request

from portal.board.actions import Outcome, act_together
from portal.board.forms import TogetherForm
from portal.board.inputs import Order, read_picks
from portal.board.policies import OFFICE
from portal.board.queries import entries_of
from portal.kernel.errors import Invalid, Refused
from portal.web.forms import attempt, show_problems
from portal.web.guards import only

bp = Blueprint("together", __name__)


@bp.get("/board/together")
@only(OFFICE)
def index() -> Any:
    """Those that were ticked in the table, or all of its page, and what can be done with them."""
    every = request.args.get("every", "").split(".")
    return _draw(TogetherForm(formdata=None), [*request.args.getlist("pick"), *every])


@bp.post("/board/together")
@only(OFFICE)
def act() -> Any:
    """Do it with each, and say row by row what became of it."""
    form, picks = TogetherForm(), request.form.getlist("pick")
    try:
        do = partial(act_together, g.db, read_picks(picks), actor=g.actor)
    except Invalid as problem:
        show_problems(form, problem)
        return _draw(form, picks, status=problem.status)
    outcomes, status = attempt(form, Order, do)
    if outcomes is None:
        return _draw(form, picks, status=status)
    left = [one.entry.key for one in outcomes if one.why]
    return _draw(form, left, outcomes, Refused.status if left or not outcomes else 200)


def _draw(form: TogetherForm, picks: Sequence[str], outcomes: Sequence[Outcome] | None = None, status: int = 200) -> Any:
    form.offer()
    try:
        entries = entries_of(g.db, g.actor, read_picks(picks))
    except Invalid as problem:
        entries, status = [], problem.status
        show_problems(form, problem)
    return render_template("board/together.html", form=form, entries=entries, outcomes=outcomes), status
