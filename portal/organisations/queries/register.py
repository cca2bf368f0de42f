"""Reads over organisations: the directory, one by its address, and what would stand beside it."""

from sqlalchemy import bindparam, exists, func, or_, select
from sqlalchemy.orm import Session
from sqlalchemy.sql import and_

from portal.kernel.db import begins_with
from portal.kernel.paging import PAGE, Slice, cut, decode
from portal.kernel.policy import Actor
from portal.kernel.text import folded
from portal.organisations.inputs import Finding
from portal.organisations.models import Membership, Organisation
from portal.organisations.policies import READ
from portal.organisations.states import MembershipState, OrganisationState

# What a name on another page, and the rules, need of an organisation.
NAMED = (Organisation.slug, Organisation.name, Organisation.short_name, Organisation.kind, Organisation._state)
# Made once: imports ask for every record.
_SAME = and_(Organisation._state == OrganisationState.VERIFIED, Organisation.name_key == bindparam("key"))
_NAMESAKE = select(Organisation).where(_SAME).limit(1)
_NAMESAKE_OR_ROR = select(Organisation).where(or_(_SAME, Organisation.ror == bindparam("ror"))).limit(1)


def organisations_like(session: Session, wanted: Finding, *, actor: Actor) -> Slice[Organisation]:
    """The organisations this person may read whose names hold every word, by name, one page from the cursor on."""
    query = select(Organisation).where(
        READ.where(actor), *(Organisation.name_key.contains(word, autoescape=True) for word in folded(wanted.q).split())
    )
    if wanted.kind is not None:
        query = query.where(Organisation.kind == wanted.kind)
    if place := decode(wanted.after, 1):
        # The last row shown is looked up under the same rule: a made-up cursor learns nothing of what is hidden.
        last = select(Organisation.name_key).where(Organisation.id == place[0], READ.where(actor))
        key = last.correlate(None).scalar_subquery()
        query = query.where(or_(Organisation.name_key > key, and_(Organisation.name_key == key, Organisation.id > place[0])))
    rows = session.scalars(query.order_by(Organisation.name_key, Organisation.id).limit(PAGE + 1)).all()
    return cut(rows, "id")


def is_verified(session: Session, organisation_id: int) -> bool:
    """Whether an administrator of the portal has checked it."""
    return bool(
        session.scalar(
            select(exists().where(Organisation.id == organisation_id, Organisation._state == OrganisationState.VERIFIED))
        )
    )


def namesake(session: Session, name: str, ror: str) -> Organisation | None:
    """A verified organisation with the same name but for case and accents, or any with the same ROR id."""
    key = folded(name)
    if ror:  # comparing with nothing would find everybody without one
        found = session.scalars(_NAMESAKE_OR_ROR, {"key": key, "ror": ror}).first()
    else:
        found = session.scalars(_NAMESAKE, {"key": key}).first()
    if found is not None or not key:
        return found
    longer = select(Organisation).where(  # where there is a short name, the key goes on with it
        begins_with(session, Organisation.name_key, f"{key} "), Organisation._state == OrganisationState.VERIFIED
    )
    return next((each for each in session.scalars(longer) if folded(each.name) == key), None)


def slugs_like(session: Session, slug: str) -> set[str]:
    """The addresses in use that begin with `slug`, shortened so that its numbered forms are among them."""
    return set(session.scalars(select(Organisation.slug).where(begins_with(session, Organisation.slug, slug[:70]))))


def unchecked_of(session: Session, account_id: int) -> int:
    """How many organisations that nobody has checked yet this person belongs to."""
    return (
        session.scalar(
            select(func.count())
            .select_from(Membership)
            .join(Membership.organisation)
            .where(
                Membership.account_id == account_id,
                Membership._state == MembershipState.ACTIVE,
                Organisation._state == OrganisationState.UNVERIFIED,
            )
        )
        or 0
    )
