"""Reads over profiles."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased, contains_eager, joinedload, selectinload, undefer, undefer_group
from sqlalchemy.sql import and_, or_

from portal.accounts.models import User
from portal.kernel.errors import Missing
from portal.kernel.paging import PAGE, Slice, cut, decode
from portal.kernel.policy import VISITOR, Actor, Role, Seat
from portal.kernel.text import folded
from portal.organisations.models import Membership, Organisation
from portal.organisations.policies import READ as ORGANISATION_READ
from portal.organisations.policies import WRITE_TO
from portal.organisations.states import MembershipState
from portal.people.models import Profile
from portal.people.policies import FINDABLE
from portal.people.states import Audience

MOST_FOUND = 20
MOST_CONTACTS = 8

# What a person's page and its rules need, in two statements.
_PLACES = selectinload(Profile.memberships).joinedload(Membership.organisation)
# What its rule and its name need.
RULED = (joinedload(Profile.account), _PLACES)
FULL = (joinedload(Profile.account), _PLACES.options(undefer(Organisation.contact)), undefer_group("page"))
# What `FINDABLE` says, where the account is joined: looked up one by one along the index of names, a page costs the same
# whatever the number of people.
_LISTED = (Profile.listed.is_(True), User.active)
# A line in a list.
_FOUND = (contains_eager(Profile.account), _PLACES)


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
        .join(Profile.account)
        .options(*_FOUND)
        .where(*_LISTED, *(Profile.name_key.contains(word, autoescape=True) for word in words))
        .order_by(Profile.name_key, Profile.id)
        .limit(MOST_FOUND)
    ).all()


def directory(session: Session, cursor: str | None) -> Slice[Profile]:
    """Everybody who agreed to be found, by name, one page from the cursor on."""
    query = select(Profile).join(Profile.account).options(*_FOUND).where(*_LISTED)
    if place := decode(cursor, 1):
        # The last row shown is looked up under the same rule: a made-up cursor learns nothing of what is hidden.
        last = aliased(Profile)
        seen = select(last.name_key).join(last.account.of_type(owner := aliased(User)))
        key = seen.where(last.id == place[0], last.listed.is_(True), owner.active).scalar_subquery()
        query = query.where(or_(Profile.name_key > key, and_(Profile.name_key == key, Profile.id > place[0])))
    return cut(session.scalars(query.order_by(Profile.name_key, Profile.id).limit(PAGE + 1)).all(), "id")


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


def seen_by(audience: Audience, profile: Profile) -> Actor:
    """Somebody of that audience, to look at the page with: nobody in particular, and no member of anything but a colleague."""
    if audience is Audience.VISITOR:
        return VISITOR
    shared = profile.memberships if audience is Audience.COLLEAGUE else ()
    return Actor(0, seats=tuple(Seat(each.organisation_id, frozenset({Role.MEMBER})) for each in shared))
