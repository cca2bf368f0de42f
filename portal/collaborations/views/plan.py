"""Pages on which the plan of a collaboration grows and moves, and on which outcomes are recorded."""

from typing import Any

from flask import Blueprint, g
from sqlalchemy.orm import joinedload

from portal.collaborations.actions import add_part, move_part, record_outcome
from portal.collaborations.forms import HandInForm, NewDateForm, OutcomeForm, PartForm
from portal.collaborations.inputs import HandIn, NewDate, OutcomeEntry, PlanPart
from portal.collaborations.models import Collaboration, Deliverable, Milestone
from portal.collaborations.policies import DELIVERABLE_READ, LEAD, MILESTONE_READ, READ
from portal.collaborations.queries import FULL
from portal.collaborations.views.asking import asked, done, sent
from portal.collaborations.workflow import DELIVERABLE_FLOW, MILESTONE_FLOW
from portal.kernel.db import transaction
from portal.kernel.inputs import Reason
from portal.kernel.text import N_
from portal.web.forms import ReasonForm
from portal.web.guards import loads
from portal.web.steps import add_steps

bp = Blueprint("plan", __name__)
_PART = (joinedload(Milestone.collaboration),)
_DELIVERABLE = (joinedload(Deliverable.collaboration),)


@bp.route("/collaborations/<ref(CO):id>/plan/new", methods=["GET", "POST"])
@loads(Collaboration, READ, options=FULL, also=LEAD)
def new_part(collaboration: Collaboration) -> Any:
    """Add a milestone or deliverable."""
    form = PartForm()
    if (entry := sent(form, PlanPart)) is not None:
        with transaction(g.db):
            add_part(g.db, collaboration, entry, actor=g.actor)
        return done(collaboration, N_("The plan has one entry more."), "#plan")
    return asked(form, collaboration, N_("Add to the plan"), N_("Add it"))


@bp.route("/collaborations/<ref(CO):id>/outcomes/new", methods=["GET", "POST"])
@loads(Collaboration, READ, options=FULL, also=LEAD)
def new_outcome(collaboration: Collaboration) -> Any:
    """Record something that came of the work."""
    form = OutcomeForm()
    if (entry := sent(form, OutcomeEntry)) is not None:
        with transaction(g.db):
            record_outcome(g.db, collaboration, entry, actor=g.actor)
        return done(collaboration, N_("The outcome is recorded."), "#outcomes")
    return asked(form, collaboration, N_("Record an outcome"), N_("Record it"))


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
    form = NewDateForm(data={"due_on": part.due_on})
    if (new := sent(form, NewDate)) is not None:
        with transaction(g.db):
            move_part(g.db, part, new, actor=g.actor)
        return done(part.collaboration, N_("The new date is in the plan."), "#plan")
    return asked(form, part.collaboration, N_("Propose a new date"), N_("Move the date"))


add_steps(
    bp,
    "/milestones/<int:id>",
    MILESTONE_FLOW,
    loads(Milestone, MILESTONE_READ, options=_PART),
    forms={Reason: ReasonForm},
    href=lambda milestone: f"{milestone.collaboration.href}#plan",
)
add_steps(
    bp,
    "/deliverables/<int:id>",
    DELIVERABLE_FLOW,
    loads(Deliverable, DELIVERABLE_READ, options=_DELIVERABLE),
    forms={Reason: ReasonForm, HandIn: HandInForm},
    href=lambda deliverable: f"{deliverable.collaboration.href}#deliverables",
)
