"""How many places of a listing are filled, and saying so."""

from typing import Any

from flask import flash, g, redirect, render_template

from portal.listings.actions import count_places
from portal.listings.forms import PlacesForm
from portal.listings.inputs import Places
from portal.listings.models import Listing
from portal.listings.policies import COUNT_PLACES, READ
from portal.listings.queries import FULL
from portal.listings.views.mount import at_each_address
from portal.web.forms import attempt
from portal.web.guards import AT_ITS_ADDRESS, loads
from portal.web.words import gettext


@at_each_address("/places")
@loads(Listing, READ & AT_ITS_ADDRESS, options=FULL, also=COUNT_PLACES)
def edit_places(listing: Listing) -> Any:
    """The number as it is."""
    return _draw(listing, PlacesForm(data={"filled": str(listing.filled), "version": str(listing.version)}), 200)


@at_each_address("/places", ("POST",))
@loads(Listing, READ & AT_ITS_ADDRESS, options=FULL, also=COUNT_PLACES)
def update_places(listing: Listing) -> Any:
    """Count again; with the last place the listing closes."""
    form, back = PlacesForm(), listing.href

    def act(given: Places) -> bool:
        count_places(g.db, listing, given, actor=g.actor, version=form.version.data)
        return True

    done, status = attempt(form, Places, act)
    return _done(back) if done else _draw(listing, form, status)


def _done(back: str) -> Any:
    flash(gettext("Counted."), "good")
    return redirect(back, 303)


def _draw(listing: Listing, form: PlacesForm, status: int) -> Any:
    return render_template("listings/edit_places.html", listing=listing, form=form), status
