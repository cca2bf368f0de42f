"""Reads over profiles."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload, undefer

from portal.accounts.models import User
from portal.kernel.errors import Missing
from portal.kernel.policy import VISITOR, Actor
from portal.kernel.text import folded
from portal.organisations.models import Membership, Organisation
from portal.organisations.policies import READ as ORGANISATION_READ
from portal.organisations.policies import WRITE_TO
from portal.organisations.states import MembershipState
from portal.people.models import Profile
from portal.people.policies import FINDABLE

MOST_FOUND = 20
MOST_CONTACTS = 8

# What a person's page and its rules need, in two statements.
FULL = (
    joinedload(Profile.account),
    selectinload(Profile.memberships).joinedload(Membership.organisation).options(undefer(Organisation.contact)),
)


def own_profile(session: Session, actor: Actor) -> Profile:
    """The profile of the person asking.

    Raises:
        Missing: a visitor asks, or the account has never been confirmed.
    """
    profile = session.scalars(select(Profile).options(*FULL).where(Profile.id == actor.id)).one_or_none()
    if profile is None:
        raise Missing
    return profile


def people_called(session: Session, name: str) -> Sequence[Profile]:
    """Those who agreed to be found and whose names hold every word of `name`, at most `MOST_FOUND`, by name."""
    words = folded(name).split()
    if not words:
        return []
    return session.scalars(
        select(Profile)
        .options(*FULL)
        .where(FINDABLE.where(VISITOR), *(Profile.name_key.contains(word, autoescape=True) for word in words))
        .order_by(Profile.name_key, Profile.id)
        .limit(MOST_FOUND)
    ).all()


def findable_members(session: Session, organisation_id: int) -> Sequence[tuple[Profile, str]]:
    """The members of an organisation who agreed to be found, with their posts there, longest members first."""
    rows = session.execute(
        select(Profile, Membership.title)
        .join(Profile.account)
        .join(Membership, Membership.account_id == User.id)
        .options(contains_eager(Profile.account))
        .where(
            Membership.organisation_id == organisation_id,
            Membership._state == MembershipState.ACTIVE,
            FINDABLE.where(VISITOR),
        )
        .order_by(Membership.id)
        .limit(MOST_CONTACTS)
    )
    return [(profile, title) for profile, title in rows]


def affiliations(profile: Profile, *, actor: Actor) -> list[Membership]:
    """The memberships on a profile (loaded in `FULL`) whose organisations this reader may know of."""
    return [each for each in profile.memberships if ORGANISATION_READ.holds(actor, each.organisation)]


def office_of(known: Sequence[Membership], *, actor: Actor) -> Organisation | None:
    """The first of these organisations whose office this reader may write to."""
    offices = (each.organisation for each in known if each.organisation.role_mailbox)
    return next((office for office in offices if WRITE_TO.holds(actor, office)), None)


def slugs_like(session: Session, slug: str) -> set[str]:
    """The addresses in use that begin with `slug`, shortened so that its numbered forms are among them."""
    return set(session.scalars(select(Profile.slug).where(Profile.slug.startswith(slug[:70], autoescape=True))))
