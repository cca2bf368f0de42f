"""Reads over listings."""

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, joinedload

from portal.kernel.policy import Role
from portal.listings.models import Listing
from portal.organisations.models import Membership, Organisation
from portal.organisations.states import MembershipState, OrganisationState

# What a listing's page and its rules need, in one statement.
FULL = (
    joinedload(Listing.organisation),
    joinedload(Listing.owner),
    joinedload(Listing.fields),
    joinedload(Listing.project),
    joinedload(Listing.challenge),
    joinedload(Listing.internship),
    joinedload(Listing.training),
    joinedload(Listing.compute),
)
BRIEF = (joinedload(Listing.organisation),)


def organisation_is_verified(session: Session, organisation_id: int) -> bool:
    """Whether the organisation may have published listings."""
    return bool(
        session.scalar(
            select(exists().where(Organisation.id == organisation_id, Organisation._state == OrganisationState.VERIFIED))
        )
    )


def is_poster(session: Session, account_id: int, organisation_id: int) -> bool:
    """Whether this person may post for the organisation now; administrators may as well."""
    roles = session.scalar(
        select(Membership.roles).where(
            Membership.account_id == account_id,
            Membership.organisation_id == organisation_id,
            Membership._state == MembershipState.ACTIVE,
        )
    )
    return bool({Role.POSTER.value, Role.ADMINISTRATOR.value} & set(roles or ()))
