"""Risks: the matrix with the list, and the page of each with its assessments."""

from typing import Any

from flask import Blueprint, g, render_template, request

from portal.collaborations.actions import change_risk, raise_risk, review_risk
from portal.collaborations.forms import RiskForm, RiskReviewForm, RiskTextForm
from portal.collaborations.inputs import Assessed, RiskEntry, RiskText
from portal.collaborations.models import Collaboration, Risk
from portal.collaborations.panels import changes_in, matrix
from portal.collaborations.policies import INSIDE, RISK_KEEPS, RISK_READ, WORKS
from portal.collaborations.queries import FULL, RISK_FULL, SORTS, reviews_of, risks_of, team_of
from portal.collaborations.states import IMPACTS, RiskState
from portal.collaborations.views.asking import Asking, standing, tried
from portal.collaborations.workflow import RISK_FLOW
from portal.kernel.inputs import Reason
from portal.kernel.text import N_
from portal.web.forms import ReasonForm
from portal.web.guards import loads
from portal.web.steps import add_steps

bp = Blueprint("risks", __name__)
PART = "/risks/<int:id>"


@bp.get("/collaborations/<ref(CO):id>/risks")
@loads(Collaboration, INSIDE, options=FULL)
def index(collaboration: Collaboration) -> Any:
    """Open risks by likelihood and impact, and as a list; below, those that are closed."""
    sort = request.args.get("sort", "")
    sort = sort if sort in SORTS else "rating"
    found = risks_of(g.db, collaboration, sort)
    open_ = [one for one in found if one.state is RiskState.OPEN]
    page: dict[str, Any] = {"open": open_, "closed": [one for one in found if one not in open_], "matrix": matrix(open_)}
    page |= {"sort": sort, "impacts": IMPACTS, "raises": WORKS.holds(g.actor, collaboration)}
    page["standing"] = standing(collaboration, g.actor)
    return render_template("collaborations/risks.html", collaboration=collaboration, **page)


@bp.route("/collaborations/<ref(CO):id>/risks/new", methods=["GET", "POST"])
@loads(Collaboration, INSIDE, options=FULL, also=WORKS)
def new_risk(collaboration: Collaboration) -> Any:
    """Raise a risk."""
    words = Asking(N_("Raise a risk"), N_("Raise it"), N_("The risk is raised."), "/risks")
    form = RiskForm(team_of(g.db, collaboration), data={"owner": str(g.actor.id)})
    return tried(form, collaboration, words, RiskEntry, lambda it: raise_risk(g.db, collaboration, it, actor=g.actor))


@bp.get(PART)
@loads(Risk, RISK_READ, options=RISK_FULL)
def show_risk(risk: Risk) -> Any:
    """What may go wrong, what is done against it, and each assessment."""
    page: dict[str, Any] = {"changes": changes_in(reviews_of(g.db, risk)), "keeps": RISK_KEEPS.holds(g.actor, risk)}
    page["offered"] = RISK_FLOW.offered(g.actor, risk, session=g.db)
    page["step_url"] = lambda action: f"{risk.href}/steps/{action}"
    return render_template("collaborations/risk.html", risk=risk, collaboration=risk.collaboration, **page)


@bp.route(f"{PART}/edit", methods=["GET", "POST"])
@loads(Risk, RISK_READ, options=RISK_FULL, also=RISK_KEEPS)
def edit_risk(risk: Risk) -> Any:
    """Say it better, or let somebody else watch it."""
    held = {"title": risk.title, "text": risk.text, "mitigation": risk.mitigation, "owner": str(risk.owner_id)}
    words = Asking(N_("Change the risk"), N_("Save"), N_("The risk is changed."), "", risk.href)
    form = RiskTextForm(team_of(g.db, risk.collaboration), data=held)
    return tried(form, risk.collaboration, words, RiskText, lambda it: change_risk(g.db, risk, it, actor=g.actor))


@bp.route(f"{PART}/review", methods=["GET", "POST"])
@loads(Risk, RISK_READ, options=RISK_FULL, also=RISK_KEEPS)
def review(risk: Risk) -> Any:
    """Assess it anew."""
    form = RiskReviewForm(data={"likelihood": str(risk.likelihood), "impact": str(risk.impact)})
    words = Asking(N_("Assess the risk anew"), N_("Keep the assessment"), N_("The assessment is kept."), "", risk.href)
    return tried(form, risk.collaboration, words, Assessed, lambda it: review_risk(g.db, risk, it, actor=g.actor))


add_steps(
    bp, PART, RISK_FLOW, loads(Risk, RISK_READ, options=RISK_FULL), forms={Reason: ReasonForm}, href=lambda risk: str(risk.href)
)
