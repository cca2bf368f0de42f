"""Expressions of interest: one's own, those on one's listings, and each one's page."""

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request

from portal.activity.queries import timeline_for
from portal.kernel.db import transaction
from portal.kernel.errors import Missing
from portal.kernel.states import member_of
from portal.kernel.text import N_
from portal.proposals.actions import carry_over
from portal.proposals.forms import STEP_FORMS
from portal.proposals.models import Interest
from portal.proposals.policies import INTEREST_AUTHOR, INTEREST_READ, INTEREST_READ_TEXT
from portal.proposals.queries import INTEREST_FULL, destination_of, interests_for
from portal.proposals.states import InterestState
from portal.proposals.views.interest_turns import turn_of_interest
from portal.proposals.views.lists import chosen_view, listing_number, views_of
from portal.proposals.workflow import INTEREST_FLOW
from portal.threads.queries import messages_for
from portal.web.caching import kept
from portal.web.guards import loads, signed_in
from portal.web.steps import add_steps
from portal.web.words import gettext

bp = Blueprint("interests", __name__)


@bp.get("/interests")
@signed_in
def index() -> Any:
    """The interests one sent, received, or looks after as an officer."""
    view, state = chosen_view(g.actor), member_of(InterestState, request.args.get("state"))
    number = listing_number()
    page = interests_for(g.db, g.actor, view, state=state, listing_id=number, after=request.args.get("after"))
    states = [one for one in InterestState if one is not InterestState.DRAFT or view.value == "mine"]
    shown = {"view": view, "state": state, "states": states, "listing": number, "tabs": views_of(g.actor, "/interests", view)}
    return render_template("proposals/interests.html", rows=page.rows, after=page.after, **shown)


@bp.get("/interests/<ref(EI):id>")
@kept
@loads(Interest, INTEREST_READ, options=INTEREST_FULL)
def show(interest: Interest) -> Any:
    """One interest for both sides: whose turn, the text, the answer, messages and history."""
    return render_template("proposals/interest.html", interest=interest, **_around(interest))


@bp.post("/interests/<ref(EI):id>/carry")
@loads(Interest, INTEREST_AUTHOR, options=INTEREST_FULL)
def carry(interest: Interest) -> Any:
    """Take the text along to the listing one was sent on to."""
    way = destination_of(g.db, g.actor, interest)
    if way is None or way.listing is None:
        raise Missing
    target = f"{way.href}/interest"
    with transaction(g.db):
        carry_over(g.db, interest, way.listing, actor=g.actor)
    flash(gettext(N_("Your text came along. Read it again, and send it when it fits.")), "good")
    return redirect(target, 303)


def _around(interest: Interest) -> dict[str, Any]:
    open_text = INTEREST_READ_TEXT.holds(g.actor, interest)
    return {
        "turn": turn_of_interest(interest, g.actor),
        "offered": INTEREST_FLOW.offered(g.actor, interest, session=g.db),
        "step_url": lambda action: f"{interest.href}/steps/{action}",
        "open_text": open_text,
        "way": destination_of(g.db, g.actor, interest),
        "is_author": INTEREST_AUTHOR.holds(g.actor, interest),
        "me": g.actor.id,
        "messages": messages_for(g.db, g.actor, "interest", interest.id) if open_text else [],
        "history": timeline_for(g.db, g.actor, [interest]),
    }


add_steps(
    bp,
    "/interests/<ref(EI):id>",
    INTEREST_FLOW,
    loads(Interest, INTEREST_READ, options=INTEREST_FULL),
    forms=STEP_FORMS,
    href=lambda interest: str(interest.href),
)
