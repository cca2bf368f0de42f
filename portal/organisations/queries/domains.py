"""Reads over e-mail domains: whose an address is, and which domains one could be taken for."""

from collections.abc import Iterable, Sequence

from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.orm import Session, contains_eager

from portal.accounts.models import User
from portal.kernel import clock
from portal.kernel.policy import Actor
from portal.kernel.prepared import Question
from portal.organisations.inputs import domain_of, with_parents
from portal.organisations.models import DomainClaim, Organisation, OrganisationDomain

_TAKEN = Question(select(OrganisationDomain.domain).where(OrganisationDomain.domain == bindparam("domain")))


def confirmed_address(session: Session, account_id: int) -> str | None:
    """The e-mail address of an active account, if it has answered."""
    return session.scalar(select(User.email).where(User.id == account_id, User.confirmed_at.is_not(None), User.active))


def organisation_for_address(session: Session, email: str) -> Organisation | None:
    """The verified organisation that owns the domain of `email`, or one above it: student.uni.example is uni.example's."""
    owner = domain_owner(session, email)
    return owner if owner is not None and owner.is_verified else None


def domain_owner(session: Session, email: str) -> Organisation | None:
    """Whose domain `email` is in, whether or not the organisation has been checked yet: never shown as such."""
    if (domain := domain_of(email)) is None:
        return None
    found = session.scalars(
        select(OrganisationDomain)
        .join(OrganisationDomain.organisation)
        .options(contains_eager(OrganisationDomain.organisation))
        .where(OrganisationDomain.domain.in_(with_parents(domain)), OrganisationDomain.verified_at.is_not(None))
        .order_by(func.length(OrganisationDomain.domain).desc())
        .limit(1)
    ).first()
    return found.organisation if found else None


def organisation_for(session: Session, actor: Actor) -> Organisation | None:
    """The organisation that this person's confirmed address belongs to."""
    address = confirmed_address(session, actor.id) if actor.id is not None else None
    return organisation_for_address(session, address) if address else None


def domains_of(session: Session, organisation_id: int) -> Sequence[OrganisationDomain]:
    """The domains of one organisation, in the order of the alphabet."""
    return session.scalars(
        select(OrganisationDomain)
        .where(OrganisationDomain.organisation_id == organisation_id)
        .order_by(OrganisationDomain.domain)
    ).all()


def open_claims(session: Session, organisation_id: int) -> Sequence[DomainClaim]:
    """The domains for which an organisation can still enter a code."""
    query = select(DomainClaim).where(DomainClaim.organisation_id == organisation_id, DomainClaim.expires_at > clock.now())
    return session.scalars(query.order_by(DomainClaim.domain)).all()


def domains_taken(session: Session, domains: Iterable[str]) -> set[str]:
    """Those of `domains` that some organisation has."""
    return {domain for domain in domains if _TAKEN.rows(session, domain=domain)}


def domains_near(session: Session, domain: str, looks_like: str) -> Sequence[OrganisationDomain]:
    """The domains that are the same, lie above or below, or can be taken for `domain` because they look like it."""
    return session.scalars(
        select(OrganisationDomain).where(
            or_(
                OrganisationDomain.domain.in_(with_parents(domain)),
                OrganisationDomain.domain.endswith(f".{domain}", autoescape=True),
                OrganisationDomain.skeleton == looks_like,
            )
        )
    ).all()
