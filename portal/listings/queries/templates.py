"""Templates that somebody may begin a listing with."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from portal.kernel.policy import Actor
from portal.listings.models import ListingTemplate
from portal.listings.policies import POSTERS
from portal.listings.states import Kind
from portal.organisations.models import Organisation


def templates_for(session: Session, actor: Actor, kind: Kind) -> Sequence[Row[*tuple[Any, ...]]]:
    """Number, name and organisation of each template of this kind, of the organisations this person posts for."""
    query = select(ListingTemplate.id, ListingTemplate.name, Organisation.name.label("organisation"))
    mine = ListingTemplate.organisation_id.in_(actor.organisations_as(*POSTERS))
    joined = query.join(Organisation, Organisation.id == ListingTemplate.organisation_id)
    return session.execute(joined.where(mine, ListingTemplate.kind == kind).order_by(ListingTemplate.name)).all()


def template_numbered(session: Session, actor: Actor, number: int) -> ListingTemplate | None:
    """One of those, or None where there is none for this person."""
    found = session.get(ListingTemplate, number)
    return found if found is not None and found.organisation_id in actor.organisations_as(*POSTERS) else None
