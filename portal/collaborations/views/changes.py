"""Changes of what was agreed: the list, the form, the steps, and the yes of those who must agree."""

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request

from portal.collaborations.actions import agree_to_change, draft_change, revise_change, stands_of
from portal.collaborations.forms import AssessmentForm, ChangeForm
from portal.collaborations.inputs import Assessment, ChangeWish
from portal.collaborations.models import ChangeRequest, Collaboration
from portal.collaborations.policies import CHANGE_ASKER, CHANGE_READ, LEAD, READ
from portal.collaborations.queries import CHANGE, FULL, changes_of, people_of
from portal.collaborations.states import MUST_AGREE, Part, Stand
from portal.collaborations.views.asking import asked, done
from portal.collaborations.workflow import CHANGE_FLOW
from portal.kernel.db import transaction
from portal.kernel.errors import Missing
from portal.kernel.inputs import Reason
from portal.kernel.states import member_of
from portal.kernel.text import N_
from portal.kernel.units import format_amount
from portal.web.forms import ReasonForm
from portal.web.guards import loads
from portal.web.steps import add_steps
from portal.web.words import gettext as _

bp = Blueprint("changes", __name__)


@bp.get("/collaborations/<ref(CO):id>/changes")
@loads(Collaboration, READ, options=FULL)
def index(collaboration: Collaboration) -> Any:
    """What was asked to change, what it means, who agreed, and what it became."""
    found = changes_of(g.db, collaboration, g.actor)
    offers = {change.id: CHANGE_FLOW.offered(g.actor, change, session=g.db) for change in found}
    stands = {change.id: stands_of(change, g.actor) for change in found}
    page = {"changes": found, "offers": offers, "stands": stands, "is_lead": LEAD.holds(g.actor, collaboration)}
    return render_template("collaborations/changes.html", collaboration=collaboration, must=MUST_AGREE, **page)


@bp.route("/collaborations/<ref(CO):id>/changes/new", methods=["GET", "POST"])
@loads(Collaboration, READ, options=FULL, also=LEAD)
def new_change(collaboration: Collaboration) -> Any:
    """Ask for a change."""
    form = ChangeForm(_team(collaboration))
    if request.method == "POST" and (wish := form.read(ChangeWish, currency=collaboration.currency)) is not None:
        with transaction(g.db):
            draft_change(g.db, collaboration, wish, actor=g.actor)
        return done(collaboration, N_("Your draft is kept. Submit it when it is ready."), "/changes")
    return asked(form, collaboration, N_("Ask for a change"), N_("Save the draft"))


@bp.route("/change-requests/<int:id>/edit", methods=["GET", "POST"])
@loads(ChangeRequest, CHANGE_READ, options=CHANGE, also=CHANGE_ASKER)
def edit_change(change: ChangeRequest) -> Any:
    """Write a draft anew."""
    collaboration = change.collaboration
    form = ChangeForm(_team(collaboration), data=_typed(change))
    if request.method == "POST" and (wish := form.read(ChangeWish, currency=collaboration.currency)) is not None:
        with transaction(g.db):
            revise_change(g.db, change, wish, actor=g.actor)
        return done(collaboration, N_("Your draft is kept. Submit it when it is ready."), "/changes")
    return asked(form, collaboration, N_("Ask for a change"), N_("Save the draft"))


@bp.post("/change-requests/<int:id>/agree/<string:stand>")
@loads(ChangeRequest, CHANGE_READ, options=CHANGE)
def agree(change: ChangeRequest, stand: str) -> Any:
    """Agree in one capacity."""
    if (chosen := member_of(Stand, stand)) is None:
        raise Missing
    with transaction(g.db):
        agree_to_change(g.db, change, chosen, actor=g.actor)
    flash(_("You agreed."), "good")
    return redirect(f"{change.collaboration.href}/changes", 303)


def _typed(change: ChangeRequest) -> dict[str, Any]:
    amount = change.amount_minor
    shown = "" if amount is None else format_amount(amount, change.collaboration.currency)
    person = str(change.person_id or "")
    typed = {"kind": change.kind.value, "text": change.text, "until_on": change.until_on, "amount_minor": shown}
    return {**typed, "person": person}


def _team(collaboration: Collaboration) -> list[tuple[str, str]]:
    members = [one for one in people_of(g.db, collaboration) if one.part is Part.MEMBER]
    return [(str(one.id), one.called) for one in members]


add_steps(
    bp,
    "/change-requests/<int:id>",
    CHANGE_FLOW,
    loads(ChangeRequest, CHANGE_READ, options=CHANGE),
    forms={Reason: ReasonForm, Assessment: AssessmentForm},
    href=lambda change: f"{change.collaboration.href}/changes",
)
