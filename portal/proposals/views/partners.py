"""Partners of a proposal: naming them, asking them, and their word on exactly what it says."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request

from portal.kernel.db import transaction
from portal.kernel.inputs import Reason
from portal.kernel.text import N_
from portal.kernel.workflow import Offer
from portal.proposals.actions import ask_partners, name_partner
from portal.proposals.forms import ConfirmForm
from portal.proposals.inputs import Confirming
from portal.proposals.models import Confirmation, Proposal
from portal.proposals.policies import AUTHOR, CONFIRMATION_READ, OWN_SIDE
from portal.proposals.queries import CONFIRMATION_FULL, FULL, draft_at, proposal_in_full
from portal.proposals.workflow import CONFIRMATION_FLOW
from portal.web.forms import ReasonForm
from portal.web.guards import loads
from portal.web.steps import add_steps
from portal.web.words import gettext

bp = Blueprint("partners", __name__)
BY_ID = "/confirmations/<int:id>"


@bp.post("/proposals/<ref(PR):id>/partners")
@loads(Proposal, OWN_SIDE, options=FULL, also=AUTHOR)
def create_partner(proposal: Proposal) -> Any:
    """Let a co-author speak for their organisation."""
    target, chosen = f"{proposal.href}/team#partners", request.form.get("co_author", 0, type=int)
    with transaction(g.db):
        name_partner(g.db, proposal, chosen, actor=g.actor)
    flash(gettext(N_("Named. Ask when the text is ready: they confirm exactly what it says then.")), "good")
    return redirect(target, 303)


@bp.post("/proposals/<ref(PR):id>/partners/ask")
@loads(Proposal, OWN_SIDE, options=FULL, also=AUTHOR)
def ask(proposal: Proposal) -> Any:
    """Ask all who have not confirmed what it says now."""
    target = f"{proposal.href}/team#partners"
    with transaction(g.db):
        ask_partners(g.db, proposal, actor=g.actor)
    flash(gettext(N_("Asked. Any change of the text from now on asks them anew.")), "good")
    return redirect(target, 303)


@bp.get(BY_ID)
@loads(Confirmation, CONFIRMATION_READ, options=CONFIRMATION_FULL)
def show_confirmation(confirmation: Confirmation) -> Any:
    """Exactly what is to be confirmed, and the button."""
    proposal = proposal_in_full(g.db, confirmation.proposal_id)
    text = {"content": proposal.written, "files_at": draft_at(proposal)}
    return render_template(
        "proposals/confirmation.html",
        confirmation=confirmation,
        proposal=proposal,
        **text,
        **_apart(CONFIRMATION_FLOW.offered(g.actor, confirmation, session=g.db)),
        step_url=lambda action: f"{confirmation.href}/steps/{action}",
    )


def _apart(offered: Sequence[Offer]) -> dict[str, Any]:
    """What is confirmed on the page itself, and the steps that have pages of their own."""
    confirming = next((offer for offer in offered if offer.action == "confirm"), None)
    return {"confirming": confirming, "offered": [offer for offer in offered if offer is not confirming]}


add_steps(
    bp,
    BY_ID,
    CONFIRMATION_FLOW,
    loads(Confirmation, CONFIRMATION_READ, options=CONFIRMATION_FULL),
    forms={Confirming: ConfirmForm, Reason: ReasonForm},
    href=lambda confirmation: str(confirmation.href),
)
