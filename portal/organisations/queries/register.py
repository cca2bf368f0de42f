"""Reads over organisations: the directory, one by its address, and what would stand beside it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, bindparam, exists, func, or_, select
from sqlalchemy.orm import Session, aliased
from sqlalchemy.sql import and_

from portal.kernel.db import AnySelect, unindexed
from portal.kernel.paging import PAGE, Slice, cut, decode
from portal.kernel.policy import Actor
from portal.kernel.prepared import Question
from portal.kernel.text import folded
from portal.kernel.text import slug as plain
from portal.organisations.inputs import Finding
from portal.organisations.models import Membership, Organisation
from portal.organisations.policies import READ
from portal.organisations.states import MembershipState, OrganisationKind, OrganisationState

# What a name on another page, and the rules, need of an organisation.
NAMED = (Organisation.slug, Organisation.name, Organisation.short_name, Organisation.kind, Organisation._state)
_state = unindexed(Organisation._state)
_MEANT = or_(_state == OrganisationState.VERIFIED, _state == OrganisationState.MERGED)
_SYSTEMS = ("sqlite", "postgresql")


def _begins(system: str, name: str, column: Any = Organisation.name_key) -> ColumnElement[bool]:
    """A condition on what `_beginning` binds. A range, or a pattern: each database has an index for one of them."""
    if system == "sqlite":
        return and_(column >= bindparam(f"{name}_from"), column < bindparam(f"{name}_to"))
    return column.like(bindparam(f"{name}_like"), escape="/")  # type: ignore[no-any-return]


def _beginning(session: Session, name: str, text: str) -> dict[str, str]:
    if session.get_bind().dialect.name == "sqlite":
        return {f"{name}_from": text, f"{name}_to": f"{text}\U0010ffff"}
    return {f"{name}_like": "".join(f"/{letter}" if letter in "/%_" else letter for letter in text) + "%"}


def _alike(system: str) -> AnySelect:
    """Where there is a short name, the key goes on with it after the name."""
    key = Organisation.name_key
    return select(Organisation.id, Organisation.name, key).where(_MEANT, or_(key == bindparam("key"), _begins(system, "longer")))


def _companies(system: str) -> AnySelect:
    """Whose names begin with a word, or with “The” and that word."""
    key = Organisation.name_key
    alike = or_(
        *(key == bindparam("word"), _begins(system, "longer")),
        *(key == bindparam("the_word"), _begins(system, "the_longer")),
    )
    kind = Organisation.kind == OrganisationKind.COMPANY
    return select(Organisation.id, Organisation.name).where(kind, _MEANT, alike).order_by(Organisation.id)


# Made once: imports ask for every record.
_ALIKE = {system: Question(_alike(system)) for system in _SYSTEMS}
_COMPANIES = {system: Question(_companies(system)) for system in _SYSTEMS}
_SLUGS = {system: Question(select(Organisation.slug).where(_begins(system, "slug", Organisation.slug))) for system in _SYSTEMS}
_ROR = Question(select(Organisation.id).where(Organisation.ror == bindparam("ror")))


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
    """Any organisation with the same ROR id, or a verified one with the same name but for case and accents.

    Where that was merged into another one, the other one.
    """
    if found := with_ror(session, ror):
        return standing_for(session, found)
    if not (key := folded(name)):
        return None
    alike = _ALIKE[session.get_bind().dialect.name].rows(session, key=key, **_beginning(session, "longer", f"{key} "))
    same = (each.id for each in alike if each.name_key == key)
    first = next(same, None) or next((each.id for each in alike if folded(each.name) == key), None)
    return standing_for(session, session.get_one(Organisation, first)) if first is not None else None


def with_ror(session: Session, ror: str) -> Organisation | None:
    """The organisation with this ROR id, whatever became of it."""
    found = _ROR.rows(session, ror=ror) if ror else ()
    return session.get_one(Organisation, found[0].id) if found else None


def companies_called(session: Session, word: str) -> Sequence[Row[Any]]:
    """Id and name of the verified companies whose names begin with `word` (folded), or with “The” before it, the oldest first."""
    beginnings = _beginning(session, "longer", f"{word} ") | _beginning(session, "the_longer", f"the {word} ")
    return _COMPANIES[session.get_bind().dialect.name].rows(session, word=word, the_word=f"the {word}", **beginnings)


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
    question = _SLUGS[session.get_bind().dialect.name]
    return {row.slug for row in question.rows(session, **_beginning(session, "slug", slug[:70]))}


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
