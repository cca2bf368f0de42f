"""The budget against what was spent, claims with their checks, and contributions."""

from typing import Any

from flask import Blueprint, g, render_template

from portal.collaborations.actions import record_contribution, revise_claim, withdraw_contribution, write_claim
from portal.collaborations.forms import ClaimForm, ContributionForm, PaidForm
from portal.collaborations.inputs import ClaimEntry, ContributionEntry, Paid
from portal.collaborations.models import Claim, Collaboration, Contribution
from portal.collaborations.panels import money
from portal.collaborations.policies import CLAIM_OWNS, CLAIM_READ, CONTRIBUTION_READ, LEAD, PARTNER_LEAD, READ
from portal.collaborations.queries import (
    CLAIM,
    CLAIM_FULL,
    CONTRIBUTION,
    FULL,
    budget_of,
    claimants_of,
    claims_of,
    contributions_of,
)
from portal.collaborations.views.asking import Asking, done, tried
from portal.collaborations.workflow import CLAIM_FLOW
from portal.kernel.db import transaction
from portal.kernel.inputs import Reason
from portal.kernel.text import N_
from portal.kernel.units import format_amount
from portal.web.forms import ReasonForm
from portal.web.guards import loads
from portal.web.steps import add_steps

bp = Blueprint("money", __name__)
_KEPT = N_("Your draft is kept. Submit it when it is ready.")


@bp.get("/collaborations/<ref(CO):id>/money")
@loads(Collaboration, READ, options=FULL)
def index(collaboration: Collaboration) -> Any:
    """What was agreed, claimed, approved and paid by partner and category, and what either side put in."""
    claims, own = claims_of(g.db, collaboration, g.actor), contributions_of(g.db, collaboration)
    page: dict[str, Any] = {"claims": claims, "contributions": own}
    page["money_of"] = money(collaboration, budget_of(g.db, collaboration), claims, own)
    page |= {"is_lead": LEAD.holds(g.actor, collaboration), "claims_too": PARTNER_LEAD.holds(g.actor, collaboration)}
    return render_template("collaborations/money.html", collaboration=collaboration, me=g.actor.id, **page)


@bp.route("/collaborations/<ref(CO):id>/claims/new", methods=["GET", "POST"])
@loads(Collaboration, READ, options=FULL, also=PARTNER_LEAD)
def new_claim(collaboration: Collaboration) -> Any:
    """Begin a claim."""
    form = ClaimForm(names=claimants_of(g.db, collaboration))
    words = Asking(N_("Write a claim"), N_("Save the draft"), _KEPT, "/money")
    return tried(
        *(form, collaboration, words, ClaimEntry, lambda entry: write_claim(g.db, collaboration, entry, actor=g.actor)),
        currency=collaboration.currency,
    )


@bp.route("/claims/<int:id>/edit", methods=["GET", "POST"])
@loads(Claim, CLAIM_READ, options=CLAIM, also=CLAIM_OWNS)
def edit_claim(claim: Claim) -> Any:
    """Write a claim anew."""
    form = ClaimForm(names=claimants_of(g.db, claim.collaboration), data=_typed(claim))
    words = Asking(N_("Write a claim"), N_("Save the draft"), _KEPT, "/money")
    return tried(
        *(form, claim.collaboration, words, ClaimEntry, lambda entry: revise_claim(g.db, claim, entry, actor=g.actor)),
        currency=claim.collaboration.currency,
    )


@bp.get("/claims/<int:id>")
@loads(Claim, CLAIM_READ, options=CLAIM_FULL)
def claim(claim: Claim) -> Any:
    """One claim: its amounts, who passed which check, and the step that comes next."""
    page: dict[str, Any] = {"offered": CLAIM_FLOW.offered(g.actor, claim, session=g.db)}
    page["step_url"] = lambda action: f"/claims/{claim.id}/steps/{action}"
    page["is_author"] = CLAIM_OWNS.holds(g.actor, claim)
    return render_template("collaborations/claim.html", claim=claim, collaboration=claim.collaboration, **page)


@bp.route("/collaborations/<ref(CO):id>/contributions/new", methods=["GET", "POST"])
@loads(Collaboration, READ, options=FULL, also=LEAD)
def new_contribution(collaboration: Collaboration) -> Any:
    """Tell what one's own side put in."""
    form, words = ContributionForm(), Asking(N_("Record a contribution"), N_("Record it"), N_("It is recorded."), "/money")
    return tried(
        *(form, collaboration, words, ContributionEntry),
        lambda entry: record_contribution(g.db, collaboration, entry, actor=g.actor),
        currency=collaboration.currency,
    )


@bp.post("/contributions/<int:id>/withdraw")
@loads(Contribution, CONTRIBUTION_READ, options=CONTRIBUTION)
def withdraw(contribution: Contribution) -> Any:
    """Say that it was a mistake."""
    with transaction(g.db):
        withdraw_contribution(g.db, contribution, actor=g.actor)
    return done(contribution.collaboration, N_("It is withdrawn and counts no more."), "/money")


def _typed(claim: Claim) -> dict[str, Any]:
    amounts = {str(line.category): format_amount(line.amount_minor, claim.collaboration.currency) for line in claim.lines}
    return amounts | {name: getattr(claim, name) for name in ("partner", "from_on", "to_on", "text", "evidence")}


add_steps(
    bp,
    "/claims/<int:id>",
    CLAIM_FLOW,
    loads(Claim, CLAIM_READ, options=CLAIM),
    forms={Reason: ReasonForm, Paid: PaidForm},
    href=lambda claim: f"/claims/{claim.id}",
)
