"""What goes with decisions: conditions an author confirms, and decisions that are held and told together."""

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request
from sqlalchemy.orm import joinedload

from portal.kernel.db import transaction
from portal.kernel.errors import Missing, Stale
from portal.kernel.ids import row_id
from portal.kernel.text import N_
from portal.listings.models import Listing
from portal.listings.policies import OWNER, READ
from portal.listings.states import Kind
from portal.proposals.actions import carry_proposal, confirm_condition, drop_held, release_held
from portal.proposals.models import HeldDecision, Proposal
from portal.proposals.policies import AUTHOR, HELD
from portal.proposals.queries import CORE, FULL, destination_of, held_on
from portal.proposals.workflow import PROPOSAL_FLOW
from portal.web.guards import AT_ITS_ADDRESS, at_each_address_of, loads
from portal.web.words import gettext, ngettext

bp = Blueprint("decisions", __name__)
_ADDRESSES = tuple(kind.facts.address for kind in Kind)
_OWNERS = loads(Listing, READ & OWNER & AT_ITS_ADDRESS)
_WITH_PROPOSAL = (joinedload(HeldDecision.proposal).options(*CORE),)


@bp.post("/proposals/<ref(PR):id>/conditions/<int:place>")
@loads(Proposal, AUTHOR, options=FULL)
def confirm(proposal: Proposal, place: int) -> Any:
    """Confirm one condition; pressed twice it is once."""
    if request.form.get("of") != str(proposal.number):
        raise Stale
    target = f"{proposal.href}#conditions"
    with transaction(g.db):
        confirm_condition(g.db, proposal, place, actor=g.actor)
    return redirect(target, 303)


@bp.post("/proposals/<ref(PR):id>/carry")
@loads(Proposal, AUTHOR, options=FULL)
def carry(proposal: Proposal) -> Any:
    """Take the text along to the listing one was sent on to."""
    way = destination_of(g.db, g.actor, proposal)
    if way is None or way.listing is None:
        raise Missing
    with transaction(g.db):
        target = carry_proposal(g.db, proposal, way.listing, actor=g.actor)
    flash(gettext(N_("Your text came along. Read it again, and send it when it fits.")), "good")
    return redirect(target, 303)


@at_each_address_of(bp, _ADDRESSES, "/decisions")
@_OWNERS
def held(listing: Listing) -> Any:
    """The decisions on a listing's proposals that nobody was told of yet."""
    return _draw(listing, [], 200)


@at_each_address_of(bp, _ADDRESSES, "/decisions", ("POST",))
@_OWNERS
def release(listing: Listing) -> Any:
    """Tell those that were ticked, or all, and say row by row what became of them."""
    everything = request.form.get("do") == "all"
    with transaction(g.db):
        told = release_held(g.db, listing, None if everything else _picked(), actor=g.actor)
    problems = [one for one in told if one.why]
    if done := len(told) - len(problems):
        flash(ngettext("%(n)s decision was told.", "%(n)s decisions were told.", done), "good")
    elif not told:
        flash(gettext(N_("Tick the decisions to release first.")), "turn")
    return _draw(listing, problems, 409) if problems else redirect(f"{listing.href}/decisions", 303)


@bp.post("/held-decisions/<int:id>/drop")
@loads(HeldDecision, HELD, options=_WITH_PROPOSAL)
def drop(held: HeldDecision) -> Any:
    """Give one up: nobody was told of it, and nobody will be."""
    target = held.proposal.href
    with transaction(g.db):
        drop_held(g.db, held, actor=g.actor)
    flash(gettext(N_("Dropped. Nobody was told of it.")), "good")
    return redirect(target, 303)


def _draw(listing: Listing, problems: list[Any], status: int) -> Any:
    labels = {row.action: row.label for row in PROPOSAL_FLOW.table}
    rows = held_on(g.db, listing.id)
    return render_template("proposals/held.html", listing=listing, rows=rows, labels=labels, problems=problems), status


def _picked() -> list[int]:
    return [number for each in request.form.getlist("pick") if (number := row_id(each)) is not None]
