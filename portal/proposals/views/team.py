"""Who writes a proposal together: inviting them, what they may do, and what they say among themselves."""

from collections.abc import Collection
from typing import Any

from flask import Blueprint, flash, g, redirect, render_template
from sqlalchemy.orm import joinedload

from portal.accounts import mails
from portal.kernel.policy import Actor
from portal.kernel.text import N_, Words
from portal.proposals.actions import change_right, invite_co_author
from portal.proposals.forms import CoAuthorForm, RightForm
from portal.proposals.inputs import NewCoAuthor, RightGiven
from portal.proposals.inputs.houses import House
from portal.proposals.models import CoAuthor, Proposal
from portal.proposals.policies import AUTHOR, AUTHOR_SIDE, CO_AUTHOR_READ, CO_COMMENTER, INVITING, OWN_SIDE, WRITABLE, WRITER
from portal.proposals.queries import CO_AUTHOR_FULL, FULL, co_authors_of, confirmations_of, proposal_in_full
from portal.proposals.states import CoAuthorState, Right
from portal.proposals.views.sections import names_of, sections_of
from portal.proposals.views.writing import labels_of
from portal.proposals.workflow import CO_AUTHOR_FLOW, CONFIRMATION_FLOW
from portal.threads.queries import messages_for
from portal.web.forms import attempt
from portal.web.guards import loads
from portal.web.limits import Limit, limited, network
from portal.web.steps import add_steps
from portal.web.words import gettext

bp = Blueprint("team", __name__)
BY_ID = "/co-authors/<int:id>"
SENT = Limit("co-authors", "30 per hour", network)
NOTES = {
    Right.VIEW: N_("Reads the draft and what the team says."),
    Right.COMMENT: N_("Reads, and writes to the team."),
    Right.EDIT: N_("Writes every part of it. Only the author submits and invites."),
}


@bp.get("/proposals/<ref(PR):id>/team")
@loads(Proposal, OWN_SIDE, options=(*FULL, joinedload(Proposal.team)))
def team(proposal: Proposal) -> Any:
    """Everybody who takes part, and what they say among themselves."""
    return _draw(proposal, CoAuthorForm(), 200)


@bp.post("/proposals/<ref(PR):id>/team")
@loads(Proposal, OWN_SIDE, options=FULL, also=AUTHOR)
@limited(SENT)
def create_co_author(proposal: Proposal) -> Any:
    """Invite one; the answer is the same whether or not somebody has an account with that address."""
    form, number, target = CoAuthorForm(), proposal.id, f"{proposal.href}/team"
    made, status = attempt(form, NewCoAuthor, lambda given: _send(proposal, given))
    if made is None:
        return _draw(proposal_in_full(g.db, number), form, status)
    flash(gettext(N_("%(email)s is invited."), email=made.email), "good")
    return redirect(target, 303)


@bp.get(BY_ID)
@loads(CoAuthor, CO_AUTHOR_READ, options=CO_AUTHOR_FULL)
def show_co_author(co_author: CoAuthor) -> Any:
    """What one is asked to take part in, and until when one can say yes."""
    return _draw_one(co_author, RightForm(formdata=None, data={"right": co_author.right, "version": co_author.version}), 200)


@bp.post(f"{BY_ID}/right")
@loads(CoAuthor, CO_AUTHOR_READ, options=CO_AUTHOR_FULL, also=INVITING)
def update_co_author(co_author: CoAuthor) -> Any:
    """Let them do more, or less."""
    form, target = RightForm(), co_author.href
    done, status = attempt(form, RightGiven, lambda given: _changed(co_author, given, form.version.data))
    if done is None:
        return _draw_one(co_author, form, status)
    flash(gettext(N_("Saved. It holds from their next page on.")), "good")
    return redirect(target, 303)


add_steps(
    bp,
    BY_ID,
    CO_AUTHOR_FLOW,
    loads(CoAuthor, CO_AUTHOR_READ, options=CO_AUTHOR_FULL),
    forms={},
    href=lambda co_author: str(co_author.href),
)


def _changed(co_author: CoAuthor, given: RightGiven, version: str | None) -> bool:
    change_right(g.db, co_author, given, actor=g.actor, version=version)
    return True


def _send(proposal: Proposal, given: NewCoAuthor) -> CoAuthor:
    co_author = invite_co_author(g.db, proposal, given, actor=g.actor)
    letter = mails.Letter(
        Words(N_("%(name)s invites you to write a proposal together"), {"name": g.actor.name}),
        Words(N_("%(name)s answers a listing on this portal and asks you to take part in writing."), {"name": g.actor.name}),
        N_("Open the invitation"),
        N_("Sign in with the account of this address, or create one. The invitation is open for fourteen days."),
        N_("You get this because this address was entered at %(address)s."),
    )
    mails.write(g.db, letter, co_author.email, "proposals.team.show_co_author", id=co_author.id)
    return co_author


def _draw(proposal: Proposal, form: CoAuthorForm, status: int) -> Any:
    actor: Actor = g.actor
    people, confirmations = co_authors_of(g.db, proposal.id), confirmations_of(g.db, proposal.id)
    begins = AUTHOR.holds(actor, proposal) and proposal.state in WRITABLE
    taken = {None, proposal.organisation_id, *(one.partner_id for one in confirmations)}
    return render_template(
        "proposals/team.html",
        proposal=proposal,
        people=people,
        readable={one.id for one in people if CO_AUTHOR_READ.holds(actor, one)},
        form=form if begins else None,
        confirmations=confirmations,
        others=_others(proposal, {one.partner_id for one in confirmations}),
        nameable=[one for one in people if begins and one.is_active and one.from_id not in taken],
        may_ask=begins and any(one.state in CONFIRMATION_FLOW["ask"].source for one in confirmations),
        sections=sections_of(proposal, labels_of(proposal), names_of(proposal, people), writes=WRITER.holds(actor, proposal)),
        notes={right.value: gettext(note) for right, note in NOTES.items()},
        messages=messages_for(g.db, actor, "proposal_team", proposal.id),
        may_talk=bool(people) and (AUTHOR_SIDE | CO_COMMENTER).holds(actor, proposal),
        me=actor.id,
    ), status


def _others(proposal: Proposal, confirming: Collection[int]) -> list[tuple[str, str]]:
    """The partners of the text who are not asked to confirm it, each with the reason."""
    says = {
        proposal.organisation_id: N_("Confirms by submitting it"),
        proposal.host_id: N_("Decides on it"),
        None: N_("Nobody confirms for it: invite somebody of its own, and name them"),
    }
    sides = (House(proposal.organisation_id, proposal.organisation.name), House(proposal.host_id, proposal.host.name))
    rows = [each for each in proposal.written.partners if each.organisation not in confirming]
    found = ((each.name, next((side.id for side in sides if side.is_of(each)), None)) for each in rows)
    return [(name, gettext(says[side])) for name, side in found]


def _draw_one(co_author: CoAuthor, form: RightForm, status: int) -> Any:
    proposal = proposal_in_full(g.db, co_author.proposal_id)
    offered, reads = CO_AUTHOR_FLOW.offered(g.actor, co_author, session=g.db), OWN_SIDE.holds(g.actor, proposal)
    live = co_author.state in (CoAuthorState.INVITED, CoAuthorState.ACTIVE)
    return render_template(
        "proposals/co_author.html",
        co_author=co_author,
        proposal=proposal,
        note=gettext(NOTES[co_author.right]),
        form=form if live and INVITING.holds(g.actor, co_author) else None,
        offered=offered,
        step_url=lambda action: f"{co_author.href}/steps/{action}",
        reads=reads,
        # Whoever may not read the listing does not learn of it by being invited.
        listing=proposal.listing if reads or any(offer.action == "accept" and offer.allowed for offer in offered) else None,
    ), status
