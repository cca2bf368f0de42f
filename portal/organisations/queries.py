"""Reads over organisations and memberships."""

from collections.abc import Sequence

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from portal.kernel.policy import Role, Seat
from portal.organisations.models import Membership, Organisation, OrganisationDomain
from portal.organisations.states import MembershipState


def seats_of(session: Session, account_id: int) -> tuple[Seat, ...]:
    """The active memberships of one account, as the actor carries them."""
    rows = session.execute(
        select(Membership.organisation_id, Membership.roles).where(
            Membership.account_id == account_id, Membership._state == MembershipState.ACTIVE
        )
    )
    return tuple(Seat(organisation_id, frozenset(Role(role) for role in roles)) for organisation_id, roles in rows)


def organisation_for_address(session: Session, email: str) -> Organisation | None:
    """The organisation that owns the domain of `email`, or a domain above it: student.uni.example belongs to uni.example."""
    labels = email.rpartition("@")[2].lower().split(".")
    candidates = [".".join(labels[i:]) for i in range(len(labels) - 1)]
    found = session.scalars(
        select(OrganisationDomain)
        .join(OrganisationDomain.organisation)
        .options(contains_eager(OrganisationDomain.organisation))
        .where(OrganisationDomain.domain.in_(candidates), OrganisationDomain.verified_at.is_not(None))
        .order_by(func.length(OrganisationDomain.domain).desc())
        .limit(1)
    ).first()
    return found.organisation if found else None


def other_administrators(session: Session, membership: Membership) -> bool:
    """Whether the organisation has another active administrator than this one."""
    return any(
        Role.ADMINISTRATOR in other.role_set
        for other in session.scalars(
            select(Membership).where(
                Membership.organisation_id == membership.organisation_id,
                Membership._state == MembershipState.ACTIVE,
                Membership.id != membership.id,
            )
        )
    )


def holders_of(session: Session, organisation_id: int, *roles: Role) -> list[int]:
    """Account ids of the active members of an organisation who hold one of `roles`."""
    return [
        account_id
        for account_id, held in session.execute(
            select(Membership.account_id, Membership.roles).where(
                Membership.organisation_id == organisation_id, Membership._state == MembershipState.ACTIVE
            )
        )
        if {str(role.value) for role in roles} & set(held)
    ]


def members_of(session: Session, organisation_id: int, *states: MembershipState) -> Sequence[Membership]:
    """Memberships of one organisation with their accounts, in the states given, oldest first."""
    return session.scalars(
        select(Membership)
        .options(joinedload(Membership.account))
        .where(Membership.organisation_id == organisation_id, Membership._state.in_(states))
        .order_by(Membership.id)
    ).all()


def slug_taken(session: Session, slug: str) -> bool:
    """Whether an organisation already has this address."""
    return bool(session.scalar(select(exists().where(Organisation.slug == slug))))
