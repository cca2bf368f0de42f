"""Who answers for a listing, and changing that; and the listings whose responsible person one is."""

from collections.abc import Callable
from typing import Any

from flask import flash, g, redirect, render_template

from portal.kernel.db import transaction
from portal.kernel.text import N_
from portal.listings.actions import answer_for, hand_over, name_co_owner, name_responsible, remove_co_owner
from portal.listings.forms import ColleagueForm, HeirForm, ResponsibleForm
from portal.listings.inputs import Colleague, Heir, NamedResponsible
from portal.listings.models import Listing
from portal.listings.policies import FIRST_OWNER, OWNER, READ
from portal.listings.queries import FULL, co_owners_of, named_responsible
from portal.listings.views.mount import at_each_address, bp
from portal.web.forms import Form, attempt
from portal.web.guards import AT_ITS_ADDRESS, loads, signed_in
from portal.web.words import gettext

_NUMBER = "<int(max=2147483647):account_id>"
_ANSWERING = loads(Listing, READ & AT_ITS_ADDRESS, options=FULL, also=OWNER)


@at_each_address("/owners")
@_ANSWERING
def index_owners(listing: Listing) -> Any:
    """The owner, co-owners, and whom readers see."""
    return _draw(listing, 200)


@at_each_address("/owners", ("POST",))
@_ANSWERING
def create_owner(listing: Listing) -> Any:
    """Name one more."""
    act = _doing(lambda given: name_co_owner(g.db, listing, given, actor=g.actor))
    form = ColleagueForm()
    done, status = attempt(form, Colleague, act)
    return _done(listing, N_("They can do with it what you can, and we tell them.")) if done else _draw(listing, status, form)


@at_each_address(f"/owners/{_NUMBER}/remove", ("POST",))
@_ANSWERING
def destroy_owner(listing: Listing, account_id: int) -> Any:
    """End somebody's part, or one's own."""
    with transaction(g.db):
        remove_co_owner(g.db, listing, account_id, actor=g.actor)
    if account_id != g.actor.id:
        return _done(listing, N_("They have no part in it any more."))
    flash(gettext(N_("You have no part in it any more.")), "good")
    return redirect("/listings", 303)


@at_each_address("/owners/hand-over", ("POST",))
@_ANSWERING
def update_owner(listing: Listing) -> Any:
    """Make a co-owner the owner."""
    form = HeirForm(people=[])
    done, status = attempt(form, Heir, _doing(lambda given: hand_over(g.db, listing, given, actor=g.actor)))
    return _done(listing, N_("It has another owner now. You stay a co-owner.")) if done else _draw(listing, status, form)


@at_each_address("/owners/responsible", ("POST",))
@_ANSWERING
def update_responsible(listing: Listing) -> Any:
    """Name whom readers see."""
    form = ResponsibleForm()
    act = _doing(lambda given: name_responsible(g.db, listing, given, actor=g.actor))
    done, status = attempt(form, NamedResponsible, act)
    return _done(listing, N_("Saved. A colleague whom you named is asked first.")) if done else _draw(listing, status, form)


@bp.get("/listings/responsible")
@signed_in
def index_responsible() -> Any:
    """The listings that name this person."""
    return render_template("listings/index_responsible.html", rows=named_responsible(g.db, g.actor.id))


@bp.post("/listings/responsible/<int(max=2147483647):id>/agree")
@signed_in
def agree_responsible(id: int) -> Any:
    """Let one's name stand there."""
    return _answered(id, True, N_("Your name stands on it now."))


@bp.post("/listings/responsible/<int(max=2147483647):id>/decline")
@signed_in
def decline_responsible(id: int) -> Any:
    """Do not, or not any more."""
    return _answered(id, False, N_("Your name does not stand on it. Its owner is told."))


def _answered(id: int, agrees: bool, sentence: str) -> Any:
    with transaction(g.db):
        answer_for(g.db, id, agrees=agrees, actor=g.actor)
    flash(gettext(sentence), "good")
    return redirect("/listings/responsible", 303)


def _doing(act: Callable[[Any], None]) -> Callable[[Any], bool]:
    def done(given: Any) -> bool:
        act(given)
        return True

    return done


def _done(listing: Listing, sentence: str) -> Any:
    flash(gettext(sentence), "good")
    return redirect(f"{listing.href}/owners", 303)


def _draw(listing: Listing, status: int, sent: Form | None = None) -> Any:
    people = co_owners_of(g.db, listing)
    named = listing.responsible
    shown = {"name": named.name if named else "", "address": ""}
    forms = {
        "colleague": sent if isinstance(sent, ColleagueForm) else ColleagueForm(formdata=None),
        "heir": HeirForm(formdata=None, people=[(str(each.id), each.name) for each in people]),
        "responsible": sent if isinstance(sent, ResponsibleForm) else ResponsibleForm(formdata=None, data=shown),
    }
    if isinstance(sent, HeirForm):
        forms["heir"].account_id.errors = sent.account_id.errors
        forms["heir"].refusal = sent.refusal
    keeps = FIRST_OWNER.holds(g.actor, listing)
    page = {"listing": listing, "people": people, "keeps": keeps, "me": g.actor.id, "sent": sent}
    return render_template("listings/index_owners.html", **page, **forms), status
