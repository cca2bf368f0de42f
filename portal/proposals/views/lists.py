"""What the two lists share: whose things they show, and for which listing."""

from dataclasses import dataclass

from flask import request

from portal.kernel.ids import row_id
from portal.kernel.policy import Actor, Role
from portal.kernel.states import member_of
from portal.proposals.states import View
from portal.web.words import gettext


@dataclass(frozen=True)
class Tab:
    """One of the views as a link."""

    label: str
    href: str
    current: bool


def chosen_view(actor: Actor) -> View:
    """The view that was asked for; else what an officer looks after, or what is one's own."""
    asked: View | None = member_of(View, request.args.get("view"))
    return asked or (View.ORGANISATION if actor.kind == "officer" else View.MINE)


def views_of(actor: Actor, address: str, current: View) -> list[Tab]:
    """The views this person has; an organisation's things are for its officers."""
    views = [view for view in View if view is not View.ORGANISATION or actor.organisations_as(Role.OFFICER)]
    return [Tab(gettext(view.label), f"{address}?view={view.value}", view is current) for view in views]


def listing_number() -> int | None:
    """The listing a list is narrowed to, by number."""
    return row_id(request.args.get("listing"))
