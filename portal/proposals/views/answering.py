"""Answering a listing: the one page of an expression of interest, and the door to a proposal."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.accounts.models import User
from portal.kernel.db import transaction
from portal.kernel.errors import Invalid, Refused
from portal.kernel.policy import SIGNED_IN
from portal.kernel.text import N_, Words
from portal.listings.models import Listing
from portal.listings.policies import READ
from portal.listings.states import Kind
from portal.proposals.actions import begin_interest, begin_proposal, send_interest
from portal.proposals.forms import InterestForm, ProposeForm
from portal.proposals.inputs import InterestText
from portal.proposals.models import Interest
from portal.proposals.queries import Standing, organisations_of, own_interest, own_titles, standing_of
from portal.proposals.states import WITH_PROPOSAL, InterestState, ProposalState
from portal.proposals.workflow.eligibility import first_obstacle, interest_conditions, proposal_conditions
from portal.web.forms import show_problems
from portal.web.guards import AT_ITS_ADDRESS, at_each_address_of, loads
from portal.web.words import gettext
from portal.writing.forms import resumed, settle

bp = Blueprint("answering", __name__)
_ADDRESSES = tuple(kind.facts.address for kind in Kind)
_WITH = (joinedload(Listing.organisation), joinedload(Listing.owner).load_only(User.name))
_READERS = loads(Listing, READ & AT_ITS_ADDRESS, options=_WITH, also=SIGNED_IN)
_WRITABLE = (InterestState.DRAFT, InterestState.WITHDRAWN)


@at_each_address_of(bp, _ADDRESSES, "/interest")
@_READERS
def new_interest(listing: Listing) -> Any:
    """The page with what was saved, or the interest itself once it was sent."""
    interest = own_interest(g.db, listing, g.actor.id)
    if interest is not None and interest.state not in _WRITABLE:
        return redirect(interest.href, 303)
    saved = {"motivation": interest.motivation, "experience": interest.experience} if interest else {}
    return _draw_interest(listing, resumed(InterestForm(data=saved)), 200)


@at_each_address_of(bp, _ADDRESSES, "/interest", ("POST",))
@_READERS
def create_interest(listing: Listing) -> Any:
    """Send it, or keep it as a draft; pressed twice it is the same interest."""
    form, leaving = InterestForm(), request.form.get("go") == "leave"
    text = form.read(InterestText)
    if text is None:
        return _draw_interest(listing, form, 422)
    return _written(listing, form, text, begin_interest if leaving else send_interest)


@at_each_address_of(bp, _ADDRESSES, "/propose")
@_READERS
def new_proposal(listing: Listing) -> Any:
    """What it takes to propose, and the button; somebody who has a proposal already is led to it."""
    standing = standing_of(g.db, g.actor, listing)
    if standing.proposal_href:
        return redirect(_where_to(standing.proposal_href, standing.proposal_state), 303)
    return _draw_propose(listing, _propose_form(), 200, standing=standing)


@at_each_address_of(bp, _ADDRESSES, "/propose", ("POST",))
@_READERS
def create_proposal(listing: Listing) -> Any:
    """Begin the proposal; pressed twice it is the same one."""
    form = _propose_form()
    try:
        with transaction(g.db):
            proposal = begin_proposal(g.db, listing, actor=g.actor, organisation_id=form.chosen, reuse=form.reused)
            target = _where_to(proposal.href, proposal.state)
    except (Invalid, Refused) as problem:
        return _not_begun(_again(listing), form, problem)
    return redirect(target, 303)


def _written(listing: Listing, form: InterestForm, text: InterestText, write: Callable[..., Interest]) -> Any:
    try:
        with transaction(g.db):
            interest = write(g.db, listing, text, actor=g.actor)
            target, sent = interest.href, interest.state is not InterestState.DRAFT
    except Invalid as invalid:
        show_problems(form, invalid)
        return _draw_interest(_again(listing), form, 422)
    except Refused as refused:
        return _draw_interest(_again(listing), form, 409, refused.why)
    settle()
    flash(
        gettext(N_("Your interest was sent. Your receipt stands below.") if sent else N_("Saved. Nobody reads it yet.")), "good"
    )
    return redirect(target, 303)


def _draw_interest(listing: Listing, form: InterestForm, status: int, problem: str | Words | None = None) -> Any:
    conditions = interest_conditions(g.actor, listing)
    return render_template(
        "proposals/new_interest.html",
        listing=listing,
        form=form,
        conditions=conditions,
        problem=problem or first_obstacle(conditions),
        liaison=bool(g.actor.seats) and listing.kind in WITH_PROPOSAL,
        kept=request.method == "POST",
    ), status


def _propose_form() -> ProposeForm:
    return ProposeForm(organisations_of(g.db, g.actor), own_titles(g.db, g.actor))


def _draw_propose(
    listing: Listing, form: ProposeForm, status: int, problem: str | Words | None = None, standing: Standing | None = None
) -> Any:
    standing = standing or standing_of(g.db, g.actor, listing)
    conditions = proposal_conditions(g.actor, listing, invited=standing.invited)
    return render_template(
        "proposals/new_proposal.html",
        listing=listing,
        form=form,
        conditions=conditions,
        standing=standing,
        problem=problem or first_obstacle(conditions),
    ), status


def _not_begun(listing: Listing, form: ProposeForm, problem: Invalid | Refused) -> Any:
    """The door again, with the reason why it stays closed."""
    if isinstance(problem, Invalid):
        show_problems(form, problem)
        return _draw_propose(listing, form, problem.status)
    return _draw_propose(listing, form, problem.status, problem.why)


def _again(listing: Listing) -> Listing:
    """The listing as it stands after what was begun has been undone."""
    return g.db.scalars(select(Listing).where(Listing.id == listing.id).options(*_WITH)).one()  # type: ignore[no-any-return]


def _where_to(href: str, state: ProposalState | None) -> str:
    return f"{href}/edit/summary" if state is ProposalState.DRAFT else href
