"""Listings as people read them: one's own list, the page of one, and how its readers will see it."""

import functools
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from flask import current_app, g, render_template, request

from portal.files.queries import files_for
from portal.kernel import clock
from portal.kernel.differences import Part, difference
from portal.kernel.ids import new_token
from portal.kernel.policy import Role
from portal.kernel.states import member_of
from portal.listings.forms import FORMS, LANGUAGES, ListingForm
from portal.listings.inputs import shown_by_clocks
from portal.listings.models import Listing
from portal.listings.policies import (
    COPY,
    COUNT_PLACES,
    DISCARD,
    EDIT,
    FOLLOW,
    FORMER_AUDIENCE,
    MODERATOR,
    OWNER,
    POSTERS,
    READ,
    RELEASE,
)
from portal.listings.queries import FOLLOWED, FULL, ListingLine, clarifications_of, lines_of, my_listings, similar
from portal.listings.states import Kind, ListingState
from portal.listings.views.mount import at_each_address, bp
from portal.listings.workflow import LISTING_FLOW
from portal.search.alike import alike, generation_of
from portal.web.caching import kept
from portal.web.guards import AT_ITS_ADDRESS, loads, signed_in
from portal.web.panels import panels_for
from portal.writing.queries import unsaved_below

_NEW = "/listings/new/"  # and the kind: where a listing is begun
ALIKE = 3  # similar listings shown

# What the page holds for somebody who can do nothing but read it; the way to answer is not theirs to try.
_AS_READER: dict[str, Any] = {
    "as_reader": True,
    **dict.fromkeys(("mine", "editable", "releasable", "countable", "discardable", "moderates", "followable"), False),
    **dict.fromkeys(("offered", "panels", "similar"), ()),
    **dict.fromkeys(("me", "step_url", "copy_key")),
}


@bp.get("/listings")
@signed_in
def index() -> Any:
    """One's own listings in every state; with `of=organisation` also those of the organisations one looks after."""
    widened = request.args.get("of") == "organisation"
    page = my_listings(g.db, g.actor, request.args.get("after"), all_of_mine=widened)
    rows = [(listing, READ.holds(g.actor, listing)) for listing in page.rows]
    left = ((each, member_of(Kind, each.path.removeprefix(_NEW))) for each in unsaved_below(g.db, g.actor.id, _NEW))
    begun = [(each, kind) for each, kind in left if kind]
    return render_template("listings/index.html", rows=rows, after=page.after, widened=widened, begun=begun, **_who())


@at_each_address()
@functools.partial(kept, besides=lambda: generation_of(current_app.extensions["index"]))
@loads(Listing, (READ | FORMER_AUDIENCE) & AT_ITS_ADDRESS, options=(*FULL, FOLLOWED))
def show(listing: Listing) -> Any:
    """One listing; for its former readers, once it is withdrawn, that it is gone and what resembles it."""
    rows = _resembling(listing)
    if not READ.holds(g.actor, listing):
        return render_template("listings/gone.html", similar=rows), 410
    return render_template("listings/show.html", listing=listing, similar=rows, **_text(listing), **_own(listing))


def _resembling(listing: Listing) -> Sequence[ListingLine]:
    """Open ones of its kind that are about the same; of one that the index does not know, those with the same fields."""
    filters = {"kind": (str(listing.kind.value),), "state": (str(ListingState.PUBLISHED.value),)}
    found = alike(current_app.extensions["index"], g.actor, listing.id, filters, most=ALIKE)
    return lines_of(g.db, g.actor, found) if found else similar(g.db, g.actor, listing, limit=ALIKE)


@at_each_address("/preview")
@loads(Listing, READ & AT_ITS_ADDRESS, options=FULL, also=OWNER)
def preview(listing: Listing) -> Any:
    """The page as its readers will see it: people with an account, or with `as=visitor` everybody else."""
    visitor = request.args.get("as") == "visitor"
    shown = _text(listing) | _AS_READER | {"signed_in": not visitor, "files": files_for(g.db, g.actor, "listing", listing.id)}
    return render_template("listings/preview.html", listing=listing, **shown)


@at_each_address("/changes")
@loads(Listing, READ & AT_ITS_ADDRESS, options=FULL)
def index_changes(listing: Listing) -> Any:
    """What changed since it opened: for each field what it said, and what it says now."""
    form = FORMS[listing.kind]()
    shown = [(each, [_compared(form, *change) for change in each.changes]) for each in clarifications_of(g.db, listing.id)]
    return render_template("listings/index_changes.html", listing=listing, clarifications=shown)


def _compared(form: ListingForm, name: str, before: str, after: str) -> tuple[str, list[Part]]:
    field = form[{"closes_at": "closes_on"}.get(name, name)]
    return str(field.label.text), difference(before, after)


def _who() -> dict[str, Any]:
    """What the person may do with listings at all."""
    keeps = bool(g.actor.organisations_as(Role.OFFICER, Role.ADMINISTRATOR))
    imports = bool(g.actor.organisations_as(Role.ADMINISTRATOR))
    return {"may_post": bool(g.actor.organisations_as(*POSTERS)), "keeps": keeps, "imports": imports, "kinds": tuple(Kind)}


def _text(listing: Listing) -> dict[str, Any]:
    """What stands around the text for every reader alike."""
    terms = [
        (term.label, f"/search?{urlencode({'field': term.label})}")
        for term in sorted(listing.fields, key=lambda term: term.label)
    ]
    skills = [(skill, f"/search?{urlencode({'q': skill})}") for skill in listing.skills]
    return {
        "address": current_app.extensions["settings"].base_url.rstrip("/") + listing.href,
        "tags": [*skills, *terms],
        "languages": LANGUAGES,
        "over": listing.closes_at is not None and listing.closes_at <= clock.now(),
        "set_for": shown_by_clocks(listing.closes_at, listing.time_zone)[1] if listing.closes_at else None,
    }


def _own(listing: Listing) -> dict[str, Any]:
    """What is there for this reader: steps, files, what other features add."""
    return {
        "as_reader": False,
        "me": g.actor.id,
        "signed_in": g.actor.is_person,
        "step_url": lambda action: f"{listing.href}/steps/{action}",
        "offered": LISTING_FLOW.offered(g.actor, listing, session=g.db),
        "files": files_for(g.db, g.actor, "listing", listing.id),
        "panels": panels_for("listing" if listing.published_at else "listing.unpublished", listing),
        "mine": OWNER.holds(g.actor, listing),
        "editable": EDIT.holds(g.actor, listing),
        "releasable": RELEASE.holds(g.actor, listing),
        "discardable": DISCARD.holds(g.actor, listing),
        "countable": COUNT_PLACES.holds(g.actor, listing),
        "moderates": MODERATOR.holds(g.actor, listing),
        "followable": FOLLOW.holds(g.actor, listing),
        "copy_key": new_token() if COPY.holds(g.actor, listing) else None,
    }
