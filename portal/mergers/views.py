"""Pages about duplicates: likely ones, two side by side, and one merger with its steps."""

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request

from portal.kernel.inputs import Reason
from portal.kernel.policy import ADMIN
from portal.kernel.text import N_
from portal.mergers.actions import ask_for_merger
from portal.mergers.forms import ComparedForm, MergerForm, PairForm
from portal.mergers.inputs import Compared, Pair, Wanted
from portal.mergers.models import Merger
from portal.mergers.policies import READ
from portal.mergers.queries import FULL, holdings, likely_duplicates, mergeable, newest_mergers, role_holders
from portal.mergers.states import MergerState
from portal.mergers.workflow import MERGER_FLOW
from portal.organisations.models import Organisation
from portal.organisations.states import ROLE_LABELS
from portal.web.forms import ReasonForm, attempt
from portal.web.guards import loads, only
from portal.web.steps import add_steps
from portal.web.words import gettext

bp = Blueprint("mergers", __name__)
ONE = "/mergers/<int(max=2147483647):id>"


@bp.get("/admin/mergers")
@only(ADMIN)
def index() -> Any:
    """What waits for a second administrator, and which organisations may stand here twice."""
    return _draw_index(PairForm(formdata=None), 200)


@bp.get("/admin/mergers/new")
@only(ADMIN)
def new() -> Any:
    """Two organisations side by side: what would move, what would not, and who answers for it."""
    form = PairForm(request.args)
    pair = _pair_in(form)
    return _draw_new(*pair, MergerForm(), 200) if pair else _draw_index(form, 422)


@bp.post("/admin/mergers/new")
@only(ADMIN)
def create() -> Any:
    """Ask for it."""
    pair = _pair_in(lookup := PairForm(request.args))
    if pair is None:
        return _draw_index(lookup, 422)
    form = MergerForm()
    made, status = attempt(form, Wanted, lambda given: ask_for_merger(g.db, *pair, given, actor=g.actor))
    if made is None:
        return _draw_new(*pair, form, status)
    flash(gettext(N_("The other administrators are asked. Nothing has moved yet.")), "good")
    return redirect(made.href, 303)


@bp.get(ONE)
@loads(Merger, READ, options=FULL)
def show(merger: Merger) -> Any:
    """One merger: the two while it waits, and afterwards which roles ended."""
    waits = merger.state is MergerState.ASKED
    return render_template(
        "mergers/show.html",
        merger=merger,
        offered=MERGER_FLOW.offered(g.actor, merger, session=g.db),
        step_url=lambda action: f"{merger.href}/steps/{action}",
        labels=ROLE_LABELS,
        running=g.actor.is_admin,
        **(_compared(merger.gone, merger.kept) if waits else {}),
    )


add_steps(
    bp,
    ONE,
    MERGER_FLOW,
    loads(Merger, READ, options=FULL),
    forms={Compared: ComparedForm, Reason: ReasonForm},
    href=lambda merger: merger.href,
)


def _pair_in(form: PairForm) -> tuple[Organisation, Organisation] | None:
    """The two that the form names, or None with what is wrong written beside its fields."""
    given = form.read(Pair)
    if given is None:
        return None
    found = mergeable(g.db, (given.gone, given.kept))
    for field, slug in ((form.gone, given.gone), (form.kept, given.kept)):
        if slug not in found:
            field.errors = [gettext(N_("No organisation that could be merged has this address."))]
    return (found[given.gone], found[given.kept]) if len(found) == 2 else None


def _compared(gone: Organisation, kept: Organisation) -> dict[str, Any]:
    holders = role_holders(g.db, gone.id, kept.id)
    return {"holdings": holdings(g.db, gone.id, kept.id), "losing": holders[gone.id], "answering": holders[kept.id]}


def _draw_index(form: PairForm, status: int) -> Any:
    found = {"mergers": newest_mergers(g.db), "likely": likely_duplicates(g.db)}
    return render_template("mergers/index.html", form=form, **found), status


def _draw_new(gone: Organisation, kept: Organisation, form: MergerForm, status: int) -> Any:
    return render_template(
        "mergers/new.html", form=form, gone=gone, kept=kept, labels=ROLE_LABELS, **_compared(gone, kept)
    ), status
