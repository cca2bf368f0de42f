"""Where the pages of listings are mounted: each kind has addresses of its own, and all of them lead to the same views."""

from flask import Blueprint

from portal.listings.states import Kind
from portal.web.guards import Router, at_each_address_of

bp = Blueprint("listings", __name__)
ADDRESSES = tuple(kind.facts.address for kind in Kind)


def at_each_address(path: str = "", methods: tuple[str, ...] = ("GET",)) -> Router:
    """Route a view to the addresses of all five kinds."""
    return at_each_address_of(bp, ADDRESSES, path, methods)
