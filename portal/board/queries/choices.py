"""What the board can be narrowed to: only what stands on it."""

from dataclasses import dataclass
from dataclasses import field as having
from typing import Any

from sqlalchemy import literal, or_, select, union_all
from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.board.inputs import Sought
from portal.board.queries.entries import entries_in
from portal.board.states import Stage
from portal.kernel.db import AnySelect, plain_rows
from portal.kernel.policy import Actor, Role
from portal.listings.models import Field, ListingField
from portal.organisations.models import Organisation

MOST = 200  # names in one list


@dataclass(frozen=True)
class Choices:
    """Number and name of each person whose turn it is, of each organisation on the other side, of each field."""

    person: list[tuple[str, str]] = having(default_factory=list)
    counterpart: list[tuple[str, str]] = having(default_factory=list)
    field: list[tuple[str, str]] = having(default_factory=list)


def choices_for(session: Session, actor: Actor) -> Choices:
    """In one statement."""
    parts = [chosen for stage in Stage if (chosen := entries_in(stage, actor, Sought())) is not None]
    each = union_all(*parts).cte("everything").c
    own = actor.organisations_as(Role.OFFICER)
    sides = or_(Organisation.id.in_(select(each.host_id)), Organisation.id.in_(select(each.organisation_id)))
    filed = select(ListingField.field_id).where(ListingField.listing_id.in_(select(each.listing_id)))
    asked = (
        _some("person", User.id, User.name).where(User.id.in_(select(each.person_id))),
        _some("counterpart", Organisation.id, Organisation.name).where(sides, Organisation.id.not_in(own)),
        _some("field", Field.id, Field.label).where(Field.id.in_(filed)),
    )
    rows = plain_rows(session, union_all(*(select(part.limit(MOST).subquery()) for part in asked)))
    found = Choices()
    for row in sorted(rows, key=lambda row: row.name.casefold()):
        getattr(found, row.kind).append((str(row.id), row.name))
    return found


def _some(kind: str, number: Any, name: Any) -> AnySelect:
    return select(literal(kind).label("kind"), number.label("id"), name.label("name")).order_by(name)
