"""One's own things by the state they are in: one statement."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import String, cast, func, literal, select, union_all
from sqlalchemy.orm import Session

from portal.collaborations.models import Collaboration
from portal.collaborations.policies import TEAM
from portal.collaborations.states import CollaborationState
from portal.kernel import clock
from portal.kernel.db import AnyUnion
from portal.kernel.policy import Actor
from portal.kernel.prepared import Prepared
from portal.kernel.states import Labelled, member_of
from portal.kernel.text import N_
from portal.listings.models import Listing
from portal.listings.policies import CO_OWNER, FIRST_OWNER
from portal.listings.states import ListingState
from portal.proposals.models import Interest, Proposal
from portal.proposals.states import InterestState, ProposalState

_kept = Prepared()


@dataclass(frozen=True)
class Mine:
    """One kind of thing: how many of them are in which state, and where those of one state are listed."""

    label: str
    href: str
    counts: Sequence[tuple[Labelled, int, str]]


_LISTED: dict[str, tuple[str, str, str, type[Labelled]]] = {
    "listing": (N_("My listings"), "/listings", "", ListingState),
    "interest": (N_("My interests"), "/interests?view=mine", "&state=", InterestState),
    "proposal": (N_("My proposals"), "/proposals?view=mine", "&state=", ProposalState),
    "collaboration": (N_("My collaborations"), "/collaborations", "?state=", CollaborationState),
}


def own_by_state(session: Session, actor: Actor) -> list[Mine]:
    """Listings this person answers for, what they wrote, what they take part in; kinds of which there is nothing are left out."""
    key = (actor, clock.today())  # rules may look at the day
    counted: Counter[tuple[str, str]] = Counter()
    for row in _kept.rows(session, key, lambda: _counts(actor)):
        counted[row.kind, row.state] += row.n
    return [_mine(kind, counted) for kind in _LISTED if any(each == kind for each, _ in counted)]


def _counts(actor: Actor) -> AnyUnion:
    cases: tuple[tuple[str, Any, Any], ...] = (
        # Apart, so that an index counts what may be thousands.
        ("listing", Listing, FIRST_OWNER.where(actor)),
        ("listing", Listing, (CO_OWNER & ~FIRST_OWNER).where(actor)),
        ("interest", Interest, Interest.author_id == actor.id),
        ("proposal", Proposal, Proposal.author_id == actor.id),
        ("collaboration", Collaboration, TEAM.where(actor)),
    )
    parts = [
        select(literal(kind).label("kind"), cast(model._state, String).label("state"), func.count().label("n"))
        .select_from(model)
        .where(mine)
        .group_by(model._state)
        for kind, model, mine in cases
    ]
    return union_all(*parts)


def _mine(kind: str, counted: Counter[tuple[str, str]]) -> Mine:
    label, href, narrowed, states = _LISTED[kind]
    found = [(member_of(states, state), n) for (each, state), n in counted.items() if each == kind]
    ordered = sorted(found, key=lambda one: list(states).index(one[0]))
    return Mine(label, href, [(state, n, f"{href}{narrowed}{state}" if narrowed else href) for state, n in ordered])
