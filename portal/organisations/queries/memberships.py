"""Reads over memberships: who belongs, who asks to, who may answer."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, String, and_, cast, exists, or_, select
from sqlalchemy.orm import Session, aliased, joinedload

from portal.accounts.models import User
from portal.accounts.ties import Tie
from portal.kernel.db import AnySelect
from portal.kernel.paging import Slice, cut, newest_first
from portal.kernel.policy import Actor, Role, Seat
from portal.kernel.text import N_
from portal.organisations.models import Membership, Organisation
from portal.organisations.states import MembershipState

KEEPERS = (Role.ADMINISTRATOR,)  # they answer those who ask to join
MOST_REQUESTS = 50  # shown at once; the next appear as these are answered


def seats_of(session: Session, account_id: int) -> tuple[Seat, ...]:
    """The active memberships of one account, as the actor carries them."""
    rows = session.execute(
        select(Membership.organisation_id, Membership.roles).where(
            Membership.account_id == account_id, Membership._state == MembershipState.ACTIVE
        )
    )
    return tuple(Seat(organisation_id, frozenset(Role(role) for role in roles)) for organisation_id, roles in rows)


def membership_of(session: Session, account_id: int, organisation_id: int) -> Membership | None:
    """This person's membership in whatever state."""
    return session.scalars(
        select(Membership).where(Membership.account_id == account_id, Membership.organisation_id == organisation_id)
    ).one_or_none()


def memberships_of(session: Session, account_id: int) -> Sequence[Membership]:
    """All memberships of one person with their organisations, the latest first."""
    return session.scalars(
        select(Membership)
        .options(joinedload(Membership.organisation))
        .where(Membership.account_id == account_id)
        .order_by(Membership.id.desc())
    ).all()


def members_of(session: Session, organisation_id: int, *states: MembershipState) -> Sequence[Membership]:
    """Memberships of one organisation with their accounts, in the states given, oldest first."""
    return session.scalars(_memberships(organisation_id, *states).order_by(Membership.id)).all()


def requests_to(session: Session, organisation_id: int) -> Sequence[Membership]:
    """Who waits to be confirmed, those who waited longest first."""
    query = _memberships(organisation_id, MembershipState.REQUESTED)
    return session.scalars(query.order_by(Membership.created_at, Membership.id).limit(MOST_REQUESTS)).all()


def members_page(session: Session, organisation_id: int, cursor: str | None) -> Slice[Membership]:
    """The active members, the latest first, one page from `cursor` on."""
    query = newest_first(_memberships(organisation_id, MembershipState.ACTIVE), Membership.id, cursor)
    return cut(session.scalars(query).all(), "id")


def other_administrators(session: Session, membership: Membership) -> bool:
    """Whether the organisation has another active administrator than this one.

    Locks the organisation where the database can: of two administrators who go at the same moment one must see the other gone.
    """
    session.execute(select(Organisation.id).where(Organisation.id == membership.organisation_id).with_for_update())
    return any(who != membership.account_id for who in holders_of(session, membership.organisation_id, Role.ADMINISTRATOR))


def kept_alone(account_id: int) -> AnySelect:
    """The organisations with further members of which this person is the only administrator whose account is open."""
    other, member = aliased(Membership), aliased(Membership)
    is_other = (other.organisation_id == Organisation.id, other.account_id != account_id, other._state == MembershipState.ACTIVE)
    is_member = (
        member.organisation_id == Organisation.id,
        member.account_id != account_id,
        member._state == MembershipState.ACTIVE,
    )
    return (
        select(Organisation.id, Organisation.name.label("title"), Organisation.slug.label("detail"))
        .join(Membership, Membership.organisation_id == Organisation.id)
        .where(
            Membership.account_id == account_id,
            Membership._state == MembershipState.ACTIVE,
            holds(Role.ADMINISTRATOR),
            exists().where(*is_member),
            ~exists().where(*is_other, holds(Role.ADMINISTRATOR, membership=other), User.id == other.account_id, User.active),
        )
    )


def holders_of(session: Session, organisation_id: int, *roles: Role) -> list[int]:
    """Account ids of the active members of an organisation who hold one of `roles`."""
    return list(
        session.scalars(
            select(Membership.account_id)
            .where(Membership.organisation_id == organisation_id, Membership._state == MembershipState.ACTIVE, holds(*roles))
            .order_by(Membership.id)
        )
    )


def actors_around(session: Session, account_ids: Collection[int], organisation_ids: Collection[int]) -> list[Actor]:
    """These people, and the partnership officers of these organisations, with their seats; none whose account is closed."""
    active = Membership._state == MembershipState.ACTIVE
    officers = select(Membership.account_id).where(Membership.organisation_id.in_(organisation_ids), active, holds(Role.OFFICER))
    rows = session.execute(
        select(User.id, User.name, User.kind, User.is_admin, Membership.organisation_id, Membership.roles)
        .outerjoin(Membership, and_(Membership.account_id == User.id, active))
        .where(User.active, User.confirmed_at.is_not(None), or_(User.id.in_(account_ids), User.id.in_(officers)))
        .order_by(User.name, User.id)
    )
    found: dict[int, Actor] = {}
    for number, name, kind, is_admin, organisation_id, roles in rows:
        known = found.get(number) or Actor(number, name, str(kind.value), (), is_admin)
        seat = (Seat(organisation_id, frozenset(Role(role) for role in roles)),) if organisation_id else ()
        found[number] = replace(known, seats=known.seats + seat)
    return list(found.values())


def holds(*roles: Role, membership: Any = Membership) -> ColumnElement[bool]:
    """Memberships with one of `roles`, whose values stand quoted in the column's JSON on every database."""
    return or_(*(cast(membership.roles, String).contains(f'"{role.value}"') for role in roles))


def portal_administrators(session: Session) -> Sequence[int]:
    """Account ids of those who run the portal."""
    return session.scalars(select(User.id).where(User.is_admin, User.active).order_by(User.id)).all()


def _memberships(organisation_id: int, *states: MembershipState) -> AnySelect:
    return (
        select(Membership)
        .options(joinedload(Membership.account))
        .where(Membership.organisation_id == organisation_id, Membership._state.in_(states))
    )


KEPT_ALONE = Tie(
    "organisation",
    N_("You are its only administrator: make somebody else one first."),
    lambda _number, slug: f"/organisations/{slug}/members",
    kept_alone,
)
