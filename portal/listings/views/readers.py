"""Who can read a listing, and changing that."""

from typing import Any

from flask import flash, g, redirect, render_template

from portal.kernel.errors import Refused
from portal.kernel.text import N_, Words
from portal.listings.actions import release_listing
from portal.listings.forms import ReadersForm
from portal.listings.inputs import Readers
from portal.listings.models import Listing
from portal.listings.policies import OWNER, READ, RELEASE
from portal.listings.queries import FULL, readers_of
from portal.listings.views.mount import at_each_address
from portal.web.forms import attempt
from portal.web.guards import AT_ITS_ADDRESS, loads
from portal.web.words import gettext


@at_each_address("/readers")
@loads(Listing, READ & AT_ITS_ADDRESS, options=FULL, also=OWNER)
def edit_readers(listing: Listing) -> Any:
    """Those it is for now."""
    if not RELEASE.holds(g.actor, listing):
        raise Refused(N_("Its readers cannot change now: it is “%(state)s”."), state=Words(listing.state.label))
    names, addresses = readers_of(g.db, listing.id)
    shown = {"visibility": listing.visibility, "organisations": "\n".join(names), "people": "\n".join(addresses)}
    return _draw(listing, ReadersForm(data=shown | {"version": str(listing.version)}), 200)


@at_each_address("/readers", ("POST",))
@loads(Listing, READ & AT_ITS_ADDRESS, options=FULL, also=OWNER)
def update_readers(listing: Listing) -> Any:
    """Let exactly these have it."""
    form, back = ReadersForm(), listing.href

    def act(given: Readers) -> bool:
        release_listing(g.db, listing, given, actor=g.actor, version=form.version.data)
        return True

    done, status = attempt(form, Readers, act)
    return _done(back) if done else _draw(listing, form, status)


def _done(back: str) -> Any:
    flash(gettext(N_("From now on it is for those you chose.")), "good")
    return redirect(back, 303)


def _draw(listing: Listing, form: ReadersForm, status: int) -> Any:
    return render_template("listings/edit_readers.html", listing=listing, form=form), status
