"""What came of the work: recorded by one side, confirmed by the other, with each version and what shows it."""

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template

from portal.collaborations.actions import record_outcome, show_outcome
from portal.collaborations.forms import CorrectionForm, OutcomeForm
from portal.collaborations.inputs import Correction, OutcomeEntry, address_of
from portal.collaborations.models import Collaboration, Outcome
from portal.collaborations.panels import own_side
from portal.collaborations.policies import INSIDE, OUTCOME_OWNS, OUTCOME_PUBLIC, OUTCOME_READ, OUTCOME_RECORDS, OUTCOME_RELEASES
from portal.collaborations.queries import FULL, OUTCOME, outcome_versions_of
from portal.collaborations.views.asking import Asking, standing, tried
from portal.collaborations.workflow import OUTCOME_FLOW
from portal.files.queries import files_for
from portal.kernel.db import transaction
from portal.kernel.differences import difference
from portal.kernel.inputs import Reason
from portal.kernel.text import N_
from portal.web.forms import ReasonForm
from portal.web.guards import loads
from portal.web.steps import add_steps
from portal.web.words import gettext as _

bp = Blueprint("outcomes", __name__)
_CORRECT = "correct"


@bp.route("/collaborations/<ref(CO):id>/outcomes/new", methods=["GET", "POST"])
@loads(Collaboration, INSIDE, options=FULL, also=OUTCOME_RECORDS)
def new_outcome(collaboration: Collaboration) -> Any:
    """Record something that came of the work."""
    words = Asking(
        N_("Record an outcome"), N_("Record it"), N_("It is recorded. The other side is asked to confirm it."), "#outcomes"
    )
    form = OutcomeForm()
    return tried(
        form, collaboration, words, OutcomeEntry, lambda entry: record_outcome(g.db, collaboration, entry, actor=g.actor)
    )


@bp.get("/outcomes/<int:id>")
@loads(Outcome, OUTCOME_READ, options=OUTCOME)
def outcome(outcome: Outcome) -> Any:
    """Each version of it with what changed, who confirmed which, and what shows it."""
    versions = outcome_versions_of(g.db, outcome)
    page: dict[str, Any] = {"versions": versions, "changes": _changes(versions), "collaboration": outcome.collaboration}
    offered = OUTCOME_FLOW.offered(g.actor, outcome, session=g.db)
    page["may_correct"] = any(one.action == _CORRECT for one in offered)
    page["offered"] = [one for one in offered if one.action != _CORRECT]
    page["step_url"] = lambda action: f"{outcome.href}/steps/{action}"
    page |= {"files": files_for(g.db, g.actor, "outcome", outcome.id), "me": g.actor.id}
    page["standing"] = standing(outcome.collaboration, g.actor)
    page |= _publicity(outcome)
    return render_template("collaborations/outcome.html", outcome=outcome, **page)


@bp.get("/outcomes/<int:id>/public")
@loads(Outcome, OUTCOME_PUBLIC, options=OUTCOME)
def public_outcome(outcome: Outcome) -> Any:
    """What everybody may know of it."""
    return render_template("collaborations/public_outcome.html", outcome=outcome, reads=OUTCOME_READ.holds(g.actor, outcome))


@bp.post("/outcomes/<int:id>/show")
@loads(Outcome, OUTCOME_READ, options=OUTCOME, also=OUTCOME_RELEASES)
def show(outcome: Outcome) -> Any:
    """Let everybody find it, for one's own side."""
    return _shown(outcome, N_("Shown for your side. Everybody finds it once both sides show it and released the collaboration."))


@bp.post("/outcomes/<int:id>/hide")
@loads(Outcome, OUTCOME_READ, options=OUTCOME, also=OUTCOME_RELEASES)
def hide(outcome: Outcome) -> Any:
    """Take that back."""
    return _shown(outcome, N_("Nobody else finds it any more."), shown=False)


def _publicity(outcome: Outcome) -> dict[str, Any]:
    """Whether everybody finds it, and whether the reader may change that for their side."""
    officer, side = OUTCOME_RELEASES.holds(g.actor, outcome), own_side(outcome.collaboration, g.actor)
    return {"is_officer": officer, "side": side, "is_public": OUTCOME_PUBLIC.holds(g.actor, outcome)}


def _shown(outcome: Outcome, told: str, *, shown: bool = True) -> Any:
    with transaction(g.db):
        show_outcome(g.db, outcome, shown=shown, actor=g.actor)
    flash(_(told), "good")
    return redirect(f"{outcome.href}#public", 303)


def _changes(versions: Any) -> dict[int, list[tuple[str, Any]]]:
    """By the number of a version what is different from the one before: what it is about, and the difference."""
    found: dict[int, list[tuple[str, Any]]] = {}
    for now, was in zip(versions, versions[1:], strict=False):
        pairs = (
            (N_("Kind"), _(was.kind.label), _(now.kind.label)),
            (N_("Title"), was.title, now.title),
            (N_("Web address"), was.address, now.address),
            (N_("Identifier"), was.identifier or "", now.identifier or ""),
        )
        found[now.number] = [(label, difference(before, after)) for label, before, after in pairs if before != after]
    return found


@bp.route("/outcomes/<int:id>/edit", methods=["GET", "POST"])
@loads(Outcome, OUTCOME_READ, options=OUTCOME, also=OUTCOME_OWNS)
def edit_outcome(outcome: Outcome) -> Any:
    """Correct it: one more version, which the other side is asked to confirm anew."""
    told = N_("It is corrected. The other side is asked to confirm it.")
    words = Asking(N_("Correct the outcome"), N_("Correct it"), told, "", outcome.href)
    form = CorrectionForm(data=_as_entered(outcome))
    return tried(form, outcome.collaboration, words, Correction, lambda entry: _correct(outcome, entry))


def _correct(outcome: Outcome, entry: Correction) -> None:
    OUTCOME_FLOW.perform(g.db, outcome, _CORRECT, actor=g.actor, given=entry)


def _as_entered(outcome: Outcome) -> dict[str, str]:
    """An address that only says where the identifier leads was not entered."""
    known = outcome.identifier or ""
    scheme, _colon, rest = known.partition(":")
    shown = known if scheme == "swh" else rest
    address = "" if outcome.address == address_of(known) else outcome.address
    return {"kind": str(outcome.kind.value), "title": outcome.title, "address": address, "identifier": shown}


add_steps(
    bp,
    "/outcomes/<int:id>",
    OUTCOME_FLOW,
    loads(Outcome, OUTCOME_READ, options=OUTCOME),
    forms={Reason: ReasonForm, Correction: CorrectionForm},
    href=lambda outcome: str(outcome.href),
)
