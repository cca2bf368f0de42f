"""Reads over organisations: the directory, one by its address, and what would stand beside it."""

from sqlalchemy import bindparam, exists, func, or_, select
from sqlalchemy.orm import Session, aliased
from sqlalchemy.sql import and_

from portal.kernel.db import begins_with
from portal.kernel.paging import PAGE, Slice, cut, decode
from portal.kernel.policy import Actor
from portal.kernel.text import folded
from portal.kernel.text import slug as plain
from portal.organisations.inputs import Finding
from portal.organisations.models import Membership, Organisation
from portal.organisations.policies import READ
from portal.organisations.states import MembershipState, OrganisationState

# What a name on another page, and the rules, need of an organisation.
NAMED = (Organisation.slug, Organisation.name, Organisation.short_name, Organisation.kind, Organisation._state)
# Made once: imports ask for every record.
_MEANT = (OrganisationState.VERIFIED, OrganisationState.MERGED)
_SAME = and_(Organisation._state.in_(_MEANT), Organisation.name_key == bindparam("key"))
# Where there is a short name, the key goes on with it. A range, or a pattern: each database has an index for one of them.
_RANGE = and_(Organisation.name_key >= bindparam("longer"), Organisation.name_key < bindparam("end"))
_PATTERN = Organisation.name_key.like(bindparam("longer"), escape="/")
_ALIKE = {
    ("sqlite", False): select(Organisation).where(or_(_SAME, _RANGE)),
    ("sqlite", True): select(Organisation).where(or_(_SAME, _RANGE, Organisation.ror == bindparam("ror"))),
    ("postgresql", False): select(Organisation).where(or_(_SAME, _PATTERN)),
    ("postgresql", True): select(Organisation).where(or_(_SAME, _PATTERN, Organisation.ror == bindparam("ror"))),
}


def organisations_like(session: Session, wanted: Finding, *, actor: Actor) -> Slice[Organisation]:
    """The organisations this person may read whose names hold every word, by name, one page from the cursor on."""
    query = select(Organisation).where(
        READ.where(actor),
        *(
            or_(
                Organisation.name_key.contains(word, autoescape=True),
                Organisation.other_keys.contains(word, autoescape=True),
            )
            for word in folded(wanted.q).split()
        ),
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
    """A verified organisation with the same name but for case and accents, or any with the same ROR id.

    Where that was merged into another one, the other one.
    """
    key = folded(name)
    if not key and not ror:
        return None
    system = session.get_bind().dialect.name
    sought = {"key": key, **({"ror": ror} if ror else {})}  # comparing with nothing would find everybody without one
    if system == "sqlite":
        sought |= {"longer": f"{key} ", "end": f"{key} \U0010ffff"}
    else:
        sought["longer"] = "".join(f"/{letter}" if letter in "/%_" else letter for letter in key) + " %"
    found = session.scalars(_ALIKE[system, bool(ror)], sought).all()
    same = (each for each in found if each.name_key == key or (ror and each.ror == ror))
    alike = (each for each in found if key and each.state in _MEANT and folded(each.name) == key)
    first = next(same, None) or next(alike, None)
    return standing_for(session, first) if first is not None else None


def standing_for(session: Session, organisation: Organisation) -> Organisation:
    """`organisation` itself, or the one it was merged into."""
    if organisation.state is not OrganisationState.MERGED:
        return organisation
    return session.get_one(Organisation, organisation.merged_into_id)


def moved_to(session: Session, slug: str) -> str | None:
    """Where the page of a merged organisation went that once was for everybody; None where there is no such."""
    if slug != plain(slug):  # no address of ours, and databases choke on some
        return None
    kept = aliased(Organisation)
    query = select(kept).join(Organisation, Organisation.merged_into_id == kept.id)
    found = session.scalars(query.where(Organisation.slug == slug, Organisation.verified_at.is_not(None))).one_or_none()
    return found.href if found is not None and found.is_verified else None


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
