"""The plan of a collaboration: how it is shown, grows and moves; and what is handed in."""

from typing import Any

from flask import Blueprint, g, render_template
from sqlalchemy.orm import joinedload

from portal.accounts.models import User
from portal.collaborations.actions import add_part, move_part
from portal.collaborations.forms import HandInForm, NewDateForm, PartForm
from portal.collaborations.inputs import HandIn, NewDate, PlanPart
from portal.collaborations.models import Collaboration, Deliverable, Milestone, WorkPackage
from portal.collaborations.panels import gantt
from portal.collaborations.policies import DELIVERABLE_READ, LEAD, MILESTONE_READ, READ, SEES
from portal.collaborations.queries import BRIEF, FULL, hand_ins_of, moves_of, packages_of
from portal.collaborations.views.asking import Asking, standing, tried
from portal.collaborations.workflow import DELIVERABLE_FLOW, MILESTONE_FLOW
from portal.kernel.inputs import Reason
from portal.kernel.policy import require
from portal.kernel.text import N_
from portal.web.forms import ReasonForm
from portal.web.guards import loads
from portal.web.steps import add_steps

bp = Blueprint("plan", __name__)
_PART = (joinedload(Milestone.collaboration),)
_DELIVERABLE = (joinedload(Deliverable.collaboration),)
_REVIEWED = (joinedload(Deliverable.reviewer).load_only(User.name), joinedload(Deliverable.package).load_only(WorkPackage.title))


@bp.get("/collaborations/<ref(CO):id>/plan")
@loads(Collaboration, SEES, options=FULL)
def plan(collaboration: Collaboration) -> Any:
    """Work packages, milestones and deliverables over time and as tables, and each date that moved."""
    packages = packages_of(g.db, collaboration)
    page: dict[str, Any] = {"packages": packages, "plan": gantt(collaboration, packages), "moves": moves_of(g.db, collaboration)}
    page["offers"] = {one.id: MILESTONE_FLOW.offered(g.actor, one, session=g.db) for one in collaboration.milestones}
    page |= {"is_lead": LEAD.holds(g.actor, collaboration), "standing": standing(collaboration, g.actor)}
    return render_template("collaborations/plan.html", collaboration=collaboration, **page)


@bp.route("/collaborations/<ref(CO):id>/plan/new", methods=["GET", "POST"])
@loads(Collaboration, READ, options=FULL, also=LEAD)
def new_part(collaboration: Collaboration) -> Any:
    """Add a milestone or deliverable."""
    words = Asking(N_("Add to the plan"), N_("Add it"), N_("The plan has one entry more."), "/plan")
    return tried(PartForm(), collaboration, words, PlanPart, lambda entry: add_part(g.db, collaboration, entry, actor=g.actor))


@bp.route("/milestones/<int:id>/date", methods=["GET", "POST"])
@loads(Milestone, MILESTONE_READ, options=_PART)
def move_milestone(milestone: Milestone) -> Any:
    """Another date for a milestone."""
    return _move(milestone)


@bp.route("/deliverables/<int:id>/date", methods=["GET", "POST"])
@loads(Deliverable, DELIVERABLE_READ, options=_DELIVERABLE)
def move_deliverable(deliverable: Deliverable) -> Any:
    """Another date for a deliverable."""
    return _move(deliverable)


def _move(part: Milestone | Deliverable) -> Any:
    require(LEAD, g.actor, part.collaboration)  # nobody is shown a form that they could not send
    form = NewDateForm(data={"due_on": part.due_on})
    words = Asking(N_("Propose a new date"), N_("Move the date"), N_("The new date is in the plan."), "/plan")
    return tried(form, part.collaboration, words, NewDate, lambda new: move_part(g.db, part, new, actor=g.actor))


@bp.get("/deliverables/<int:id>")
@loads(Deliverable, DELIVERABLE_READ, options=(joinedload(Deliverable.collaboration).options(*BRIEF), *_REVIEWED))
def deliverable(deliverable: Deliverable) -> Any:
    """Everything that was handed in for it, each with the answer, and the step that comes next."""
    page: dict[str, Any] = {"hand_ins": hand_ins_of(g.db, deliverable), "collaboration": deliverable.collaboration}
    page["standing"] = standing(deliverable.collaboration, g.actor)
    page["offered"] = DELIVERABLE_FLOW.offered(g.actor, deliverable, session=g.db)
    page["step_url"] = lambda action: f"/deliverables/{deliverable.id}/steps/{action}"
    return render_template("collaborations/deliverable.html", deliverable=deliverable, **page)


add_steps(
    bp,
    "/milestones/<int:id>",
    MILESTONE_FLOW,
    loads(Milestone, MILESTONE_READ, options=_PART),
    forms={Reason: ReasonForm, NewDate: NewDateForm},
    href=lambda milestone: f"{milestone.collaboration.href}/plan",
)
add_steps(
    bp,
    "/deliverables/<int:id>",
    DELIVERABLE_FLOW,
    loads(Deliverable, DELIVERABLE_READ, options=_DELIVERABLE),
    forms={Reason: ReasonForm, HandIn: HandInForm},
    href=lambda deliverable: f"{deliverable.collaboration.href}#deliverables",
)
