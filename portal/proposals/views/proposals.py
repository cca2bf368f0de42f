"""Proposals: lists, the one page for both sides, the decision, versions and what changed between them."""

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request
from sqlalchemy import select

from portal.kernel.db import transaction
from portal.kernel.errors import Invalid, Missing, Refused, Stale
from portal.kernel.states import member_of
from portal.kernel.text import N_, Words
from portal.proposals.actions import hold_decision
from portal.proposals.forms import STEP_FORMS, DecisionForm
from portal.proposals.inputs import Content
from portal.proposals.models import Proposal
from portal.proposals.policies import LISTING_OWNER, READ, READ_TEXT
from portal.proposals.queries import CORE, FULL, changes_between, compute_offer, proposals_for, version_at, version_of
from portal.proposals.states import ProposalState
from portal.proposals.views.lists import chosen_view, listing_number, views_of
from portal.proposals.views.page import decisions, page_of
from portal.proposals.workflow import PROPOSAL_FLOW
from portal.web.caching import kept
from portal.web.forms import show_problems
from portal.web.guards import loads, signed_in
from portal.web.steps import add_steps
from portal.web.words import gettext

bp = Blueprint("proposals", __name__)


@bp.get("/proposals")
@signed_in
def index() -> Any:
    """The proposals one wrote, received, or looks after as an officer."""
    view, state, number = chosen_view(g.actor), member_of(ProposalState, request.args.get("state")), listing_number()
    page = proposals_for(g.db, g.actor, view, state=state, listing_id=number, after=request.args.get("after"))
    shown = {"view": view, "state": state, "listing": number, "tabs": views_of(g.actor, "/proposals", view)}
    return render_template("proposals/index.html", rows=page.rows, after=page.after, states=list(ProposalState), **shown)


@bp.get("/proposals/<ref(PR):id>")
@kept
@loads(Proposal, READ, options=FULL)
def show(proposal: Proposal) -> Any:
    """The proposal's page."""
    return render_template("proposals/show.html", **page_of(proposal))


@bp.post("/proposals/<ref(PR):id>/decision")
@loads(Proposal, READ, options=CORE, also=LISTING_OWNER)
def decide(proposal: Proposal) -> Any:
    """The owner's decision, told at once or held."""
    form = _decision_form(proposal)
    decision = form.decision()
    if decision is None:
        return render_template("proposals/show.html", **page_of(_again(proposal), form)), 422
    return _decided(proposal, form, *decision)


@bp.get("/proposals/<ref(PR):id>/versions/<int:number>")
@loads(Proposal, READ_TEXT, options=FULL)
def version(proposal: Proposal, number: int) -> Any:
    """One version as it was submitted, with its fingerprint."""
    found = version_of(g.db, proposal, number)
    if not found:
        raise Missing
    content = Content.from_json(found[0].content)
    offer = compute_offer(g.db, g.actor, content.compute_listing)
    return render_template(
        "proposals/version.html", proposal=proposal, version=found[0], content=content, offer=offer, files_at=version_at(found[0])
    )


@bp.get("/proposals/<ref(PR):id>/compare")
@loads(Proposal, READ_TEXT, options=FULL)
def compare(proposal: Proposal) -> Any:
    """What changed from one version to another."""
    numbers = [request.args.get(name, 0, type=int) for name in ("from", "to")]
    found = {version.number: version for version in version_of(g.db, proposal, *numbers)}
    if any(number not in found for number in numbers):
        raise Missing
    before, after = (found[number] for number in numbers)
    was, now = Content.from_json(before.content), Content.from_json(after.content)
    shown = {"changes": changes_between(was, now), "partners": was.partner_names | now.partner_names}
    return render_template("proposals/compare.html", proposal=proposal, before=before, after=after, **shown)


def _decision_form(proposal: Proposal) -> DecisionForm:
    if not (possible := decisions(proposal)):
        raise Refused(N_("There is nothing to decide any more: this is now “%(state)s”."), state=Words(proposal.state.label))
    return DecisionForm(possible)


def _decided(proposal: Proposal, form: DecisionForm, action: str, given: Any) -> Any:
    if form.version.data != str(proposal.version):
        form.version.data = str(proposal.version)
        return render_template("proposals/show.html", **page_of(_again(proposal), form, Stale().why)), 409
    try:
        with transaction(g.db):
            if holding := request.form.get("go") == "hold":
                hold_decision(g.db, proposal, action, given, actor=g.actor)
            else:
                PROPOSAL_FLOW.perform(g.db, proposal, action, actor=g.actor, given=given)
            target = proposal.href
    except Invalid as invalid:
        show_problems(form, invalid)
        return render_template("proposals/show.html", **page_of(_again(proposal), form)), invalid.status
    except Refused as refused:
        return render_template("proposals/show.html", **page_of(_again(proposal), form, refused.why)), refused.status
    done = N_("Held: %(step)s. Nobody else is told until you release it.") if holding else N_("Done: %(step)s")
    flash(gettext(done, step=gettext(PROPOSAL_FLOW[action].label)), "good")
    return redirect(target, 303)


def _again(proposal: Proposal) -> Proposal:
    """The proposal as it stands, with all that its page needs."""
    return g.db.scalars(select(Proposal).where(Proposal.id == proposal.id).options(*FULL)).unique().one()  # type: ignore[no-any-return]


add_steps(
    bp,
    "/proposals/<ref(PR):id>",
    PROPOSAL_FLOW,
    loads(Proposal, READ, options=CORE),
    forms=STEP_FORMS,
    href=lambda proposal: str(proposal.href),
)
