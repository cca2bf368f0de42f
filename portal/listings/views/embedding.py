"""An organisation's open listings for its own site: a page for a frame, the same for whoever looks."""

from typing import Any

from flask import g, make_response, render_template, request

from portal.kernel.policy import VISITOR
from portal.kernel.states import member_of
from portal.listings.queries import open_listings_of
from portal.listings.states import Kind
from portal.listings.views.mount import bp
from portal.organisations.models import Organisation
from portal.organisations.policies import VERIFIED
from portal.web.guards import loads
from portal.web.headers import frameable

MOST = 20
USUAL = 6
THEMES = ("light", "dark")


@bp.get("/organisations/<string:slug>/embed")
@loads(Organisation, VERIFIED, by="slug")
def embed(organisation: Organisation) -> Any:
    """Its newest open listings that everybody may read; `kind`, `n` and `theme` in the address, what is none is left out."""
    kind = member_of(Kind, request.args.get("kind"))
    asked = request.args.get("n", "")
    limit = min(max(int(asked), 1), MOST) if asked.isascii() and asked.isdigit() and len(asked) < 4 else USUAL
    listings = open_listings_of(g.db, VISITOR, organisation.id, limit=limit, kind=kind)
    theme = request.args.get("theme") if request.args.get("theme") in THEMES else None
    text = render_template("listings/embed.html", organisation=organisation, listings=listings, theme=theme)
    return frameable(make_response(text))
