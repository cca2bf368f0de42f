"""The list of one's collaborations, and the page of each."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, g, render_template, request
from sqlalchemy.orm import undefer

from portal.activity.queries import timeline_for
from portal.collaborations.actions import release_collaboration
from portal.collaborations.models import Collaboration
from portal.collaborations.panels import own_side, timeline, turn
from portal.collaborations.policies import INSIDE, LEAD, OFFICER, OUTCOME_RECORDS, READ, SEES
from portal.collaborations.queries import FULL, Pending, collaborations_of, parts_told, pending_of
from portal.collaborations.states import CollaborationState
from portal.collaborations.views.asking import done, standing
from portal.collaborations.workflow import COLLABORATION_FLOW, DELIVERABLE_FLOW
from portal.files.queries import files_for
from portal.kernel.db import transaction
from portal.kernel.inputs import Reason
from portal.kernel.paging import cut
from portal.kernel.states import member_of
from portal.kernel.text import N_
from portal.threads.queries import messages_for
from portal.web.caching import kept
from portal.web.forms import ReasonForm
from portal.web.guards import loads, signed_in
from portal.web.panels import panels_for
from portal.web.steps import add_steps

bp = Blueprint("pages", __name__)


@bp.get("/collaborations")
@signed_in
def index() -> Any:
    """The collaborations one takes part in, as lead or as officer of a side."""
    state = member_of(CollaborationState, request.args.get("state"))
    rows = g.db.scalars(collaborations_of(g.actor, request.args.get("after"), state=state)).all()
    inside = {one.id for one in rows if INSIDE.holds(g.actor, one)}  # guests do not learn where the work is weak
    page = {"page_of": cut(rows, "id"), "state": state, "states": list(CollaborationState), "inside": inside}
    return render_template("collaborations/index.html", **page)


@bp.get("/collaborations/<ref(CO):id>")
@kept
@loads(Collaboration, SEES, options=(*FULL, undefer(Collaboration.risk_mark)))
def show(collaboration: Collaboration) -> Any:
    """The workspace: whose turn, health, plan, messages, files."""
    steps, stands = _steps(collaboration), standing(collaboration, g.actor)
    return render_template(
        "collaborations/show.html",
        collaboration=collaboration,
        **steps,
        **_around(collaboration),
        turn=turn(collaboration, g.actor, steps["offered"], _pending(collaboration, stands)),
        plan=timeline(collaboration),
        standing=stands,
    )


def _pending(collaboration: Collaboration, stands: str) -> Sequence[Pending]:
    """Reports and claims in somebody's hands, for those who may read them. At the close its list says what is left."""
    asks = stands == "party" and collaboration.state is CollaborationState.ACTIVE
    return pending_of(g.db, collaboration) if asks else ()


def _steps(collaboration: Collaboration) -> dict[str, Any]:
    """What the reader may do with the collaboration and each of its deliverables."""
    return {
        "offered": COLLABORATION_FLOW.offered(g.actor, collaboration, session=g.db),
        "step_url": lambda action: f"{collaboration.href}/steps/{action}",
        "deliverable_offers": lambda part: DELIVERABLE_FLOW.offered(g.actor, part, session=g.db),
        "is_lead": LEAD.holds(g.actor, collaboration),
        "may_record": OUTCOME_RECORDS.holds(g.actor, collaboration),
        "is_officer": OFFICER.holds(g.actor, collaboration),
    }


def _around(collaboration: Collaboration) -> dict[str, Any]:
    """Messages and files, as far as the reader's side may see them."""
    return {
        "me": g.actor.id,
        "side": own_side(collaboration, g.actor),
        "messages": messages_for(g.db, g.actor, "collaboration", collaboration.id),
        "files": files_for(g.db, g.actor, "collaboration", collaboration.id),
        "panels": panels_for("collaboration", collaboration),
    }


@bp.get("/collaborations/<ref(CO):id>/history")
@loads(Collaboration, INSIDE, options=FULL)
def history(collaboration: Collaboration) -> Any:
    """What happened to it, to the parts of its plan, to its outcomes, and to whatever else of it the reader may read."""
    parts = (*collaboration.milestones, *collaboration.deliverables, *collaboration.outcomes)
    entries = timeline_for(g.db, g.actor, [collaboration, *parts], parts_told(g.db, g.actor, collaboration))
    return render_template(
        "collaborations/history.html", collaboration=collaboration, history=entries, standing=standing(collaboration, g.actor)
    )


@bp.post("/collaborations/<ref(CO):id>/release")
@loads(Collaboration, READ, options=FULL, also=OFFICER)
def release(collaboration: Collaboration) -> Any:
    """Let everybody know of it, for one's own side."""
    with transaction(g.db):
        release_collaboration(g.db, collaboration, shown=True, actor=g.actor)
    return done(collaboration, N_("Released for your side. Everybody reads its title once both sides did."), "#public")


@bp.post("/collaborations/<ref(CO):id>/hide")
@loads(Collaboration, READ, options=FULL, also=OFFICER)
def hide(collaboration: Collaboration) -> Any:
    """Take that back."""
    with transaction(g.db):
        release_collaboration(g.db, collaboration, shown=False, actor=g.actor)
    return done(collaboration, N_("It does not stand on the pages of the two organisations."), "#public")


add_steps(
    bp,
    "/collaborations/<ref(CO):id>",
    COLLABORATION_FLOW,
    loads(Collaboration, READ, options=FULL),
    forms={Reason: ReasonForm},
    href=lambda collaboration: str(collaboration.href),
)
