"""Following a listing, from its page or from one's own list of them."""

from typing import Any

from flask import flash, g, redirect, request

from portal.kernel.db import transaction
from portal.kernel.text import N_
from portal.listings.actions import follow_listing, stop_following
from portal.listings.models import Listing, ListingFollow
from portal.listings.policies import FOLLOW, FOLLOWER, READ
from portal.listings.queries import FULL
from portal.listings.views.mount import at_each_address, bp
from portal.web.guards import AT_ITS_ADDRESS, loads, local_target
from portal.web.words import gettext


@at_each_address("/follow", ("POST",))
@loads(Listing, READ & AT_ITS_ADDRESS, options=FULL, also=FOLLOW)
def follow(listing: Listing) -> Any:
    """Hear when it opens and when it changes."""
    with transaction(g.db):
        follow_listing(g.db, listing, actor=g.actor)
    flash(gettext(N_("You follow “%(title)s”. Nobody else sees that."), title=listing.title), "good")
    return redirect(listing.href, 303)


@bp.post("/follows/<int:id>/stop")
@loads(ListingFollow, FOLLOWER)
def unfollow(follow: ListingFollow) -> Any:
    """Hear no more of it."""
    with transaction(g.db):
        stop_following(g.db, follow, actor=g.actor)
    flash(gettext(N_("You do not follow it any more.")), "good")
    return redirect(local_target(request.form.get("next"), "/searches"), 303)
