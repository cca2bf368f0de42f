"""The set-up list, the closing list, and the health of a collaboration."""

from typing import Any

from flask import Blueprint, g, render_template, request

from portal.collaborations.actions import add_item, judge_health
from portal.collaborations.forms import HealthForm, ItemForm, SettledForm
from portal.collaborations.inputs import Judgement, NewItem, Settled
from portal.collaborations.models import CheckItem, Collaboration
from portal.collaborations.policies import ITEM_READ, LEAD, READ
from portal.collaborations.queries import FULL, ITEM, items_of, judgements_of, unsettled_of
from portal.collaborations.states import Checklist
from portal.collaborations.views.asking import asked, done, sent
from portal.collaborations.workflow import CHECK_ITEM_FLOW, COLLABORATION_FLOW
from portal.kernel.db import transaction
from portal.kernel.inputs import Reason
from portal.kernel.text import N_
from portal.web.forms import ReasonForm, attempt
from portal.web.guards import loads
from portal.web.steps import add_steps

bp = Blueprint("lists", __name__)
_LEADS_TO = {Checklist.SET_UP: ("start",), Checklist.CLOSING: ("close", "reopen")}


@bp.get("/collaborations/<ref(CO):id>/set-up")
@loads(Collaboration, READ, options=FULL)
def set_up(collaboration: Collaboration) -> Any:
    """What has to be settled before the work starts."""
    return _checklist(collaboration, Checklist.SET_UP)


@bp.get("/collaborations/<ref(CO):id>/closing")
@loads(Collaboration, READ, options=FULL)
def closing(collaboration: Collaboration) -> Any:
    """What has to be settled before it closes, and what of the plan is still open."""
    return _checklist(collaboration, Checklist.CLOSING)


def _checklist(collaboration: Collaboration, checklist: Checklist) -> Any:
    items = items_of(g.db, collaboration, checklist)
    offers = {item.id: CHECK_ITEM_FLOW.offered(g.actor, item, session=g.db) for item in items}
    steps = COLLABORATION_FLOW.offered(g.actor, collaboration, session=g.db)
    unsettled = unsettled_of(g.db, collaboration) if checklist is Checklist.CLOSING else ()
    mine = [step for step in steps if step.action in _LEADS_TO[checklist]]
    page: dict[str, Any] = {
        "checklist": checklist,
        "items": items,
        "offers": offers,
        "offered": mine,
        "unsettled": unsettled,
    }
    page["step_url"] = lambda action: f"{collaboration.href}/steps/{action}"
    return render_template("collaborations/checklist.html", collaboration=collaboration, **page)


@bp.route("/collaborations/<ref(CO):id>/items/new", methods=["GET", "POST"])
@loads(Collaboration, READ, options=FULL)
def new_item(collaboration: Collaboration) -> Any:
    """Add something to the list in force."""
    form = ItemForm()
    if (entry := sent(form, NewItem)) is not None:
        with transaction(g.db):
            item = add_item(g.db, collaboration, entry, actor=g.actor)
        place = item.checklist.value.replace("_", "-")
        return done(collaboration, N_("The list has one item more."), f"/{place}")
    return asked(form, collaboration, N_("Add to the list"), N_("Add it"))


@bp.route("/collaborations/<ref(CO):id>/health", methods=["GET", "POST"])
@loads(Collaboration, READ, options=FULL)
def health(collaboration: Collaboration) -> Any:
    """How the work goes, as its leads said from time to time."""
    form, status = HealthForm(), 200
    if request.method == "POST":
        noted, status = attempt(form, Judgement, lambda entry: judge_health(g.db, collaboration, entry, actor=g.actor))
        if noted is not None:
            return done(collaboration, N_("Your judgement stands on the page."), "/health")
    page = {"form": form, "notes": judgements_of(g.db, collaboration), "is_lead": LEAD.holds(g.actor, collaboration)}
    return render_template("collaborations/health.html", collaboration=collaboration, **page), status


add_steps(
    bp,
    "/check-items/<int:id>",
    CHECK_ITEM_FLOW,
    loads(CheckItem, ITEM_READ, options=ITEM),
    forms={Reason: ReasonForm, Settled: SettledForm},
    href=lambda item: f"{item.collaboration.href}/{item.checklist.value.replace('_', '-')}",
)
