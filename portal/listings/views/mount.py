"""Where the pages of listings are mounted: each kind has addresses of its own, and all of them lead to the same views."""

from collections.abc import Callable

from flask import Blueprint, request
from sqlalchemy import true

from portal.kernel.policy import Rule
from portal.kernel.text import N_
from portal.listings.states import Kind
from portal.web.guards import View

bp = Blueprint("listings", __name__)
ADDRESSES = tuple(f"/{kind.facts.path}/<ref({kind.facts.prefix}):id>" for kind in Kind)
# A number belongs to one listing of one kind: at the address of another kind there is nothing.
AT_ITS_ADDRESS = Rule(
    N_("at its own address"),
    lambda _actor, listing: f"{request.path}/".startswith(f"{listing.href}/"),
    lambda _actor: true(),
)


def at_each_address(path: str = "", methods: tuple[str, ...] = ("GET",)) -> Callable[[View], View]:
    """Route a view to the addresses of all five kinds."""

    def route(view: View) -> View:
        for address in ADDRESSES:
            bp.add_url_rule(address + path, view.__name__, view, methods=list(methods))
        return view

    return route
