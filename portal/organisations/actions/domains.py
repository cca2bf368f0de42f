"""Which e-mail domains belong to an organisation. A domain counts once the organisation is verified."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy.orm import Session

from portal.kernel import clock
from portal.kernel.db import add_unique
from portal.kernel.errors import Invalid
from portal.kernel.events import record
from portal.kernel.policy import Actor, require
from portal.kernel.text import N_
from portal.organisations.events import DomainAdded, DomainRemoved
from portal.organisations.inputs import NewDomain, canonical, domain_of, is_public, skeleton
from portal.organisations.models import Organisation, OrganisationDomain
from portal.organisations.policies import DOMAINS_EDIT
from portal.organisations.queries import confirmed_address, domains_near, domains_taken

MOST_FROM_REGISTER = 20


def add_domain(session: Session, organisation: Organisation, given: NewDomain, *, actor: Actor) -> OrganisationDomain:
    """Let addresses in a domain belong to `organisation`.

    Its own administrators can add the domain of their own confirmed address, and nothing near another organisation's. The
    portal's administrators can add any, with a note on how it is known; one that looks like another only knowingly.

    Raises:
        Forbidden: `actor` administers neither the organisation nor the portal.
        Invalid: the domain is not theirs to add, is taken, looks like another's, or the note is missing.
    """
    require(DOMAINS_EDIT, actor, organisation)
    if actor.is_admin:
        if not given.note:
            raise Invalid("note", N_("Write how you know that the domain is theirs."))
    elif given.domain != own_domain(session, actor):
        raise Invalid(
            "domain", N_("You can add the domain of your own confirmed address. Others are added by the portal's administrators.")
        )
    _require_free(session, organisation, given, vouched=actor.is_admin)
    return _added(session, organisation, given, actor)


def remove_domain(session: Session, organisation: Organisation, domain: OrganisationDomain, *, actor: Actor) -> None:
    """Let addresses in a domain no longer belong to `organisation`; who joined by it stays.

    Raises:
        Forbidden: `actor` administers neither the organisation nor the portal.
    """
    require(DOMAINS_EDIT, actor, organisation)
    record(session, DomainRemoved(domain_id=domain.id), actor=actor, subject=organisation)
    session.delete(domain)


def claim_own_domain(session: Session, organisation: Organisation, *, actor: Actor) -> OrganisationDomain:
    """Give an organisation that is being entered the domain of its founder's confirmed address.

    Raises:
        Invalid: anybody can have an address there, or it is near another organisation's.
    """
    domain = claimable_domain(session, actor)
    if domain is None:
        raise Invalid("use_domain", N_("Your address is in no domain that this organisation could have for itself."))
    return _added(session, organisation, NewDomain(domain), actor)


def add_known_domains(
    session: Session, organisation: Organisation, domains: Iterable[str], *, actor: Actor
) -> Sequence[OrganisationDomain]:
    """Add what a public register names, as far as it is a domain of one organisation and nobody has it yet."""
    wanted = {domain: None for text in list(dict.fromkeys(domains))[:MOST_FROM_REGISTER] if (domain := _usable(text))}
    taken = domains_taken(session, wanted) if wanted else set()
    added = [OrganisationDomain(organisation=organisation, **_values(NewDomain(d))) for d in wanted if d not in taken]
    if added:
        session.add_all(added)
        session.flush()
    for new in added:
        record(session, DomainAdded(domain_id=new.id), actor=actor, subject=organisation)
    return added


def claimable_domain(session: Session, actor: Actor) -> str | None:
    """The domain of this person's address, if an organisation that they enter could have it."""
    domain = own_domain(session, actor)
    if domain is None or is_public(domain) or domains_near(session, domain, skeleton(domain)):
        return None
    return domain


def own_domain(session: Session, actor: Actor) -> str | None:
    """The domain of this person's confirmed address."""
    address = confirmed_address(session, actor.id) if actor.id is not None else None
    return domain_of(address) if address else None


def _require_free(session: Session, organisation: Organisation, given: NewDomain, *, vouched: bool) -> None:
    for near in domains_near(session, given.domain, skeleton(given.domain)):
        if near.domain == given.domain:
            why = N_("This domain is here already.") if near.organisation_id == organisation.id else _TAKEN
            raise Invalid("domain", why)
        if near.organisation_id == organisation.id:
            continue
        if not vouched:
            raise Invalid("domain", _TAKEN)
        if near.skeleton == skeleton(given.domain) and not given.despite_likeness:
            raise Invalid(
                "domain", N_("This looks like %(other)s, the domain of another organisation. Confirm that you compared them."),
                other=near.domain,
            )  # fmt: skip


def _usable(text: str) -> str | None:
    domain = canonical(text) if isinstance(text, str) else None
    return None if domain is None or is_public(domain) else domain


def _added(session: Session, organisation: Organisation, given: NewDomain, actor: Actor) -> OrganisationDomain:
    domain = OrganisationDomain(organisation_id=organisation.id, **_values(given))
    if not add_unique(session, domain):
        raise Invalid("domain", _TAKEN)
    record(session, DomainAdded(domain_id=domain.id), actor=actor, subject=organisation)
    return domain


def _values(given: NewDomain) -> dict[str, Any]:
    return {"domain": given.domain, "note": given.note, "verified_at": clock.now()}


_TAKEN = N_("This domain belongs to another organisation, or is close to one that does. Write to the portal's administrators.")
