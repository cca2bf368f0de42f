"""Pages of collaborations."""

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request
from sqlalchemy.orm import joinedload

from portal.activity.queries import timeline_for
from portal.collaborations.actions import add_part, move_part, record_outcome, release_collaboration
from portal.collaborations.forms import HandInForm, NewDateForm, OutcomeForm, PartForm
from portal.collaborations.inputs import HandIn, NewDate, OutcomeEntry, PlanPart
from portal.collaborations.models import Collaboration, Deliverable, Milestone
from portal.collaborations.panels import own_side, timeline, turn
from portal.collaborations.policies import DELIVERABLE_READ, LEAD, MILESTONE_READ, OFFICER, READ
from portal.collaborations.queries import FULL, collaborations_of
from portal.collaborations.states import CollaborationState
from portal.collaborations.workflow import COLLABORATION_FLOW, DELIVERABLE_FLOW, MILESTONE_FLOW
from portal.files.queries import files_for
from portal.kernel.db import transaction
from portal.kernel.inputs import Reason
from portal.kernel.paging import cut
from portal.kernel.states import member_of
from portal.kernel.text import N_
from portal.threads.queries import messages_for
from portal.web.caching import kept
from portal.web.forms import Form, ReasonForm
from portal.web.guards import loads, signed_in
from portal.web.panels import panels_for
from portal.web.steps import add_steps
from portal.web.words import gettext as _

bp = Blueprint("collaborations", __name__)
_PART = (joinedload(Milestone.collaboration),)
_DELIVERABLE = (joinedload(Deliverable.collaboration),)


@bp.get("/collaborations")
@signed_in
def index() -> Any:
    """The collaborations one takes part in, as lead or as officer of a side."""
    state = member_of(CollaborationState, request.args.get("state"))
    rows = g.db.scalars(collaborations_of(g.actor, request.args.get("after"), state=state)).all()
    return render_template("collaborations/index.html", page_of=cut(rows, "id"), state=state, states=list(CollaborationState))


@bp.get("/collaborations/<ref(CO):id>")
@kept
@loads(Collaboration, READ, options=FULL)
def show(collaboration: Collaboration) -> Any:
    """The workspace: whose turn, health, plan, messages, files, history."""
    return render_template(
        "collaborations/show.html",
        collaboration=collaboration,
        **_steps(collaboration),
        **_around(collaboration),
        turn=turn(collaboration, g.actor),
        plan=timeline(collaboration),
    )


def _steps(collaboration: Collaboration) -> dict[str, Any]:
    """What the reader may do with the collaboration and each of its deliverables."""
    return {
        "offered": COLLABORATION_FLOW.offered(g.actor, collaboration, session=g.db),
        "step_url": lambda action: f"{collaboration.href}/steps/{action}",
        "deliverable_offers": lambda part: DELIVERABLE_FLOW.offered(g.actor, part, session=g.db),
        "is_lead": LEAD.holds(g.actor, collaboration),
        "is_officer": OFFICER.holds(g.actor, collaboration),
    }


def _around(collaboration: Collaboration) -> dict[str, Any]:
    """Messages, files and history, as far as the reader's side may see them."""
    return {
        "me": g.actor.id,
        "side": own_side(collaboration, g.actor),
        "messages": messages_for(g.db, g.actor, "collaboration", collaboration.id),
        "files": files_for(g.db, g.actor, "collaboration", collaboration.id),
        "history": timeline_for(g.db, g.actor, [collaboration, *collaboration.deliverables]),
        "panels": panels_for("collaboration", collaboration),
    }


@bp.post("/collaborations/<ref(CO):id>/release")
@loads(Collaboration, READ, options=FULL, also=OFFICER)
def release(collaboration: Collaboration) -> Any:
    """Let everybody know of it, for one's own side."""
    with transaction(g.db):
        release_collaboration(g.db, collaboration, shown=True, actor=g.actor)
    return _done(collaboration, N_("Released for your side. Everybody reads its title once both sides did."), "#public")


@bp.post("/collaborations/<ref(CO):id>/hide")
@loads(Collaboration, READ, options=FULL, also=OFFICER)
def hide(collaboration: Collaboration) -> Any:
    """Take that back."""
    with transaction(g.db):
        release_collaboration(g.db, collaboration, shown=False, actor=g.actor)
    return _done(collaboration, N_("It does not stand on the pages of the two organisations."), "#public")


@bp.route("/collaborations/<ref(CO):id>/plan/new", methods=["GET", "POST"])
@loads(Collaboration, READ, options=FULL, also=LEAD)
def new_part(collaboration: Collaboration) -> Any:
    """Add a milestone or deliverable."""
    form = PartForm()
    if (entry := _sent(form, PlanPart)) is not None:
        with transaction(g.db):
            add_part(g.db, collaboration, entry, actor=g.actor)
        return _done(collaboration, N_("The plan has one entry more."), "#plan")
    return _asked(form, collaboration, N_("Add to the plan"), N_("Add it"))


@bp.route("/collaborations/<ref(CO):id>/outcomes/new", methods=["GET", "POST"])
@loads(Collaboration, READ, options=FULL, also=LEAD)
def new_outcome(collaboration: Collaboration) -> Any:
    """Record something that came of the work."""
    form = OutcomeForm()
    if (entry := _sent(form, OutcomeEntry)) is not None:
        with transaction(g.db):
            record_outcome(g.db, collaboration, entry, actor=g.actor)
        return _done(collaboration, N_("The outcome is recorded."), "#outcomes")
    return _asked(form, collaboration, N_("Record an outcome"), N_("Record it"))


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
    if (new := _sent(form, NewDate)) is not None:
        with transaction(g.db):
            move_part(g.db, part, new, actor=g.actor)
        return _done(part.collaboration, N_("The new date is in the plan."), "#plan")
    return _asked(form, part.collaboration, N_("Propose a new date"), N_("Move the date"))


def _sent(form: Form, make: Any) -> Any:
    return form.read(make) if request.method == "POST" else None


def _asked(form: Form, collaboration: Collaboration, title: str, button: str) -> Any:
    status = 422 if request.method == "POST" else 200
    page = render_template("collaborations/edit.html", form=form, collaboration=collaboration, title=title, button=button)
    return page, status


def _done(collaboration: Collaboration, sentence: str, place: str) -> Any:
    flash(_(sentence), "good")
    return redirect(collaboration.href + place, 303)


add_steps(
    bp,
    "/collaborations/<ref(CO):id>",
    COLLABORATION_FLOW,
    loads(Collaboration, READ, options=FULL),
    forms={Reason: ReasonForm},
    href=lambda collaboration: str(collaboration.href),
)
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
