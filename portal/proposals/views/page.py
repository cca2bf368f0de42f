"""Everything a proposal's page shows, for the person who asks: both sides get the same page, each with its own part."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import g

from portal.activity.queries import timeline_for
from portal.approvals.states import ApprovalState
from portal.approvals.workflow import APPROVAL_FLOW
from portal.kernel.subjects import own_side
from portal.kernel.text import Words
from portal.kernel.workflow import Offer
from portal.proposals.actions import TAKES
from portal.proposals.forms import DecisionForm
from portal.proposals.models import Proposal
from portal.proposals.policies import ADD_TO, AUTHOR, HOST_SIDE, LISTING_OWNER, OWN_SIDE, READ_TEXT
from portal.proposals.queries import Dossier, compute_offer, content_of, destination_of, dossier_of, fetched_at
from portal.proposals.states import ProposalState as S
from portal.proposals.views.approving import Link, slot_link
from portal.proposals.views.turns import slot_for, slots_in_force, turn_of_proposal
from portal.proposals.workflow import PROPOSAL_FLOW
from portal.web.filters import day, moment
from portal.web.panels import panels_for
from portal.web.words import gettext as _

DECISIONS = tuple(TAKES)
_STAGE = {S.DRAFT: "proposal", S.EXPIRED: "proposal", S.ACCEPTED: "collaboration"}
# How many of the steps to come are behind us.
_TO_COME = {S.DRAFT: 0, S.REVISION_REQUESTED: 0, S.SUBMITTED: 0}
_TO_COME |= {S.IN_REVIEW: 1, S.RESERVED: 1, S.CONDITIONAL: 2, S.IN_APPROVAL: 2}


def page_of(proposal: Proposal, form: DecisionForm | None = None, problem: str | Words | None = None) -> dict[str, Any]:
    """The values of the page. A reader who may know of the proposal but not read it gets no text, message, file or version."""
    actor = g.actor
    open_text = READ_TEXT.holds(actor, proposal)
    offered = PROPOSAL_FLOW.offered(actor, proposal, session=g.db)
    dossier = dossier_of(g.db, actor, proposal) if open_text else Dossier()
    content = content_of(actor, proposal) if open_text else None
    return {
        "proposal": proposal,
        "content": content,
        "offer": compute_offer(g.db, actor, content.compute_listing) if content else None,
        "files_at": fetched_at(actor, proposal) if content else None,
        "turn": turn_of_proposal(proposal, actor),
        "stage": _STAGE.get(proposal.state, "review" if proposal.number else "proposal"),
        "notes": _notes(proposal),
        "form": form if form is not None else _decision_form(proposal, offered),
        "problem": problem,
        "offered": [offer for offer in offered if offer.action not in (*DECISIONS, "submit")],
        "blocked": [offer for offer in offered if offer.action in DECISIONS and not offer.allowed],
        "held": proposal.held if HOST_SIDE.holds(actor, proposal) else None,
        "host_side": HOST_SIDE.holds(actor, proposal),
        "decides": LISTING_OWNER.holds(actor, proposal),
        "is_author": AUTHOR.holds(actor, proposal),
        "labels": {row.action: row.label for row in PROPOSAL_FLOW.table},
        "way": destination_of(g.db, actor, proposal),
        "chain": _chain(proposal),
        "returned": [
            slot for slot in proposal.approvals if slot.state is ApprovalState.RETURNED and slot.number == proposal.number
        ],
        "approving": _approving(proposal),
        "dossier": dossier,
        "step_url": lambda action: f"{proposal.href}/steps/{action}",
        "next_steps": _next_steps(proposal),
        "side": own_side("proposal", proposal, actor),
        "together": OWN_SIDE.holds(actor, proposal),
        "may_add": ADD_TO.holds(actor, proposal),
        "me": actor.id,
        "history": timeline_for(g.db, actor, [proposal]),
        "panels": panels_for("proposal", proposal),
    }


def decisions(proposal: Proposal) -> Mapping[str, str]:
    """The decisions this person can take now, with their labels."""
    return _possible(PROPOSAL_FLOW.offered(g.actor, proposal, session=g.db), proposal)


def _possible(offered: Sequence[Offer], proposal: Proposal) -> dict[str, str]:
    possible = {offer.action: offer.label for offer in offered if offer.action in DECISIONS and offer.allowed}
    if "accept" in possible:
        possible["accept"] = _("Accept version %(n)s", n=proposal.number)
    return possible


def _decision_form(proposal: Proposal, offered: Sequence[Offer]) -> DecisionForm | None:
    possible = _possible(offered, proposal)
    return DecisionForm(possible, data={"version": proposal.version}) if possible else None


def _notes(proposal: Proposal) -> dict[str, str]:
    """The few words under each stage of the road."""
    notes = {"listing": day(proposal.listing.published_at, weekday=False, year=False)}
    if proposal.submitted_at:
        notes["proposal"] = _("Submitted %(day)s", day=day(proposal.submitted_at, weekday=False, year=False))
    if proposal.state in (S.SUBMITTED, S.IN_REVIEW):
        notes["review"] = _("Decision by %(day)s", day=day(proposal.decide_by, weekday=False, year=False))
    elif proposal.number:
        notes["review"] = _(proposal.state.label)
    else:
        notes["proposal"] = _(proposal.state.label)
    return notes


def _next_steps(proposal: Proposal) -> list[tuple[str, str]]:
    """What is still to come, while something is."""
    steps = [
        (_("%(name)s looks whether it is eligible and complete", name=proposal.listing.owner.name), _("Before its merit")),
        (_("%(name)s decides", name=proposal.listing.owner.name), _("Within 30 days")),
        (_("A partnership officer of each side approves that version"), _("Within 10 days")),
        (_("The collaboration opens with this plan"), _("At once")),
    ]
    return steps[_TO_COME.get(proposal.state, len(steps)) :]


def _chain(proposal: Proposal) -> list[Link]:
    """The owner's decision, then each side's officer: who holds what. Both sides see the same."""
    if not proposal.number:
        return []
    return [_owners_link(proposal), *(slot_link(proposal, slot) for slot in slots_in_force(proposal))]


def _owners_link(proposal: Proposal) -> Link:
    owner, title = proposal.listing.owner.name, proposal.host.name
    if proposal.state in (S.SUBMITTED, S.IN_REVIEW):
        note = _("%(name)s decides by %(when)s", name=owner, when=moment(proposal.decide_by))
        return Link(title, note, "now")
    decided = {"name": owner, "day": day(proposal.decided_at, weekday=False)}
    if proposal.state is S.DECLINED:
        return Link(title, _("%(name)s declined, %(day)s", **decided), "refused")
    if proposal.state is S.REDIRECTED:
        return Link(title, _("%(name)s passed it on, %(day)s", **decided), "refused")
    if proposal.state is S.CONDITIONAL:
        return Link(title, _("%(name)s accepted version %(n)s with conditions, %(day)s", n=proposal.number, **decided), "done")
    if proposal.state is S.RESERVED:
        return Link(title, _("%(name)s put it on the reserve list, %(day)s", **decided), "waiting")
    if slots_in_force(proposal):
        return Link(title, _("%(name)s accepted version %(n)s, %(day)s", n=proposal.number, **decided), "done")
    if proposal.state is S.REVISION_REQUESTED:
        return Link(title, _("%(name)s asked for changes, %(day)s", **decided), "waiting")
    return Link(title, _("No decision was taken"), "waiting")


def _approving(proposal: Proposal) -> dict[str, Any] | None:
    """The slot this officer may fill now, with the rows that fill it; the loaded slots know what the guard would ask."""
    slot = slot_for(proposal, g.actor) if proposal.state is S.IN_APPROVAL else None
    if slot is None:
        return None
    rows = [row for row in APPROVAL_FLOW.rows_from(slot.state) if row.who.holds(g.actor, slot)]
    return {"slot": slot, "rows": rows, "step_url": lambda action: f"/approvals/{slot.id}/steps/{action}"}
