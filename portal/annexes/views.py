"""The page of a listing's annex, for its own side."""

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template
from sqlalchemy import select

from portal.annexes.actions import remove_annex, write_annex
from portal.annexes.forms import AnnexForm
from portal.annexes.inputs import AnnexText
from portal.annexes.models import Annex
from portal.annexes.policies import ITS_SIDE
from portal.annexes.queries import annex_of
from portal.files.queries import files_for
from portal.kernel.db import transaction
from portal.kernel.errors import Missing
from portal.kernel.text import N_
from portal.listings.models import Listing
from portal.listings.policies import OWNER
from portal.listings.states import Kind
from portal.web.forms import attempt
from portal.web.guards import AT_ITS_ADDRESS, at_each_address_of, loads
from portal.web.words import gettext
from portal.writing.forms import resumed, settle

bp = Blueprint("annexes", __name__)
_ADDRESSES = tuple(kind.facts.address for kind in Kind)
_ITS_OWN = loads(Listing, ITS_SIDE & AT_ITS_ADDRESS)
_OWNERS = loads(Listing, ITS_SIDE & AT_ITS_ADDRESS, also=OWNER)


@at_each_address_of(bp, _ADDRESSES, "/annex")
@_ITS_OWN
def show(listing: Listing) -> Any:
    """What it says; for the listing's owners the box to write it."""
    annex = annex_of(g.db, listing)
    if annex is None and not OWNER.holds(g.actor, listing):
        raise Missing
    form = AnnexForm(obj=annex)
    return _draw(listing, annex, resumed(form) if OWNER.holds(g.actor, listing) else form, 200)


@at_each_address_of(bp, _ADDRESSES, "/annex", ("POST",))
@_OWNERS
def update(listing: Listing) -> Any:
    """Save it."""
    form, href = AnnexForm(), listing.href

    def act(given: AnnexText) -> Annex:
        return write_annex(g.db, listing, given, actor=g.actor, version=form.version.data)

    written, status = attempt(form, AnnexText, act)
    if written is None:
        again = _again(listing)
        return _draw(again, annex_of(g.db, again), form, status)
    settle()
    return _done(
        N_("The annex is saved. It is read by you, your co-owners and the officers of your organisation."), f"{href}/annex"
    )


@at_each_address_of(bp, _ADDRESSES, "/annex/remove", ("POST",))
@_OWNERS
def destroy(listing: Listing) -> Any:
    """Remove it."""
    href, annex = listing.href, annex_of(g.db, listing)
    if annex is None:
        raise Missing
    annex.listing = listing
    with transaction(g.db):
        remove_annex(g.db, annex, actor=g.actor)
    return _done(N_("The annex is gone."), href)


def _again(listing: Listing) -> Listing:
    return g.db.scalars(select(Listing).where(Listing.id == listing.id)).one()  # type: ignore[no-any-return]


def _done(sentence: str, href: str) -> Any:
    flash(gettext(sentence), "good")
    return redirect(href, 303)


def _draw(listing: Listing, annex: Annex | None, form: AnnexForm, status: int) -> Any:
    shown = {"files": files_for(g.db, g.actor, "annex", annex.id) if annex else (), "mine": OWNER.holds(g.actor, listing)}
    if annex is not None and status == 409:
        form.version.data = str(annex.version)
    return render_template("annexes/show.html", listing=listing, annex=annex, form=form, me=g.actor.id, **shown), status
