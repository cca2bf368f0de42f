"""Organisations that publish at once, and how an organisation is found by its name."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, joinedload

from portal.accounts.models import User
from portal.kernel.text import folded
from portal.listings.models import TrustedOrganisation
from portal.organisations.models import Organisation
from portal.organisations.queries import NAMED
from portal.organisations.states import OrganisationState


def trusted_organisations(session: Session) -> Sequence[TrustedOrganisation]:
    """Every organisation that publishes at once, the newest first."""
    whole = (
        joinedload(TrustedOrganisation.organisation).load_only(*NAMED),
        joinedload(TrustedOrganisation.given_by).load_only(User.name),
    )
    return session.scalars(select(TrustedOrganisation).options(*whole).order_by(TrustedOrganisation.given_at.desc())).all()


def verified_organisation(session: Session, name: str) -> int | None:
    """The verified organisation of this name, in full or with its short name after it, whatever its case."""
    named = select(Organisation.id).where(Organisation._state == OrganisationState.VERIFIED, _is_called(name))
    return session.scalars(named.order_by(Organisation.id).limit(1)).first()


def _is_called(name: str) -> ColumnElement[bool]:
    """The key holds both names, folded."""
    key, lowered = folded(name), name.lower()
    return or_(
        Organisation.name_key == key, func.lower(Organisation.name) == lowered, func.lower(Organisation.short_name) == lowered
    )
