"""Which e-mail domains belong to an organisation. A domain counts once the organisation is verified."""

import datetime as dt
import secrets
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from portal.kernel import clock
from portal.kernel.db import add_unique
from portal.kernel.errors import Invalid, Refused, Stale
from portal.kernel.events import record
from portal.kernel.gathering import when_written
from portal.kernel.ids import fingerprint
from portal.kernel.policy import ADMIN, Actor, require
from portal.kernel.text import N_
from portal.organisations.events import DomainAdded, DomainClaimed, DomainRemoved
from portal.organisations.inputs import ClaimedDomain, DomainCode, NewDomain, canonical, domain_of, is_public, skeleton
from portal.organisations.models import DomainClaim, Organisation, OrganisationDomain
from portal.organisations.policies import DOMAINS_EDIT, ORGANISATION_ADMIN
from portal.organisations.queries import confirmed_address, domains_near, domains_taken, open_claims

MOST_FROM_REGISTER = 20
MOST_CLAIMS = 5
CODE_VALID_FOR = dt.timedelta(hours=1)
_CODE_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: none is read as another
_CODE_LENGTH = 10  # 50 bits, for an hour


def add_domain(session: Session, organisation: Organisation, given: NewDomain, *, actor: Actor) -> OrganisationDomain:
    """Let addresses in a domain belong to `organisation`, with a note on how it is known to be theirs.

    Raises:
        Forbidden: `actor` is no administrator of the portal.
        Invalid: the domain is taken, the note is missing, or it looks like another's and nobody says that they compared them.
    """
    require(ADMIN, actor, organisation)
    if not given.note:
        raise Invalid("note", N_("Write how you know that the domain is theirs."))
    _require_free(session, organisation, given, vouched=True)
    return _added(session, organisation, given, actor)


def claim_domain(session: Session, organisation: Organisation, given: ClaimedDomain, *, actor: Actor) -> tuple[DomainClaim, str]:
    """Begin to show that a domain is the organisation's; returns the claim and the code that has to go to its address.

    A claim of the same domain before is void with it.

    Raises:
        Forbidden: `actor` is no administrator of the organisation.
        Refused: too many claims are open.
        Invalid: the domain is here already, or near one of another organisation.
    """
    require(ORGANISATION_ADMIN, actor, organisation)
    _require_free(session, organisation, NewDomain(given.domain), vouched=False)
    if len([each for each in open_claims(session, organisation.id) if each.domain != given.domain]) >= MOST_CLAIMS:
        raise Refused(N_("Several codes are on their way. Enter those first, or wait for an hour."))
    session.execute(delete(DomainClaim).where(DomainClaim.organisation_id == organisation.id, DomainClaim.domain == given.domain))
    code = "".join(secrets.choice(_CODE_LETTERS) for _ in range(_CODE_LENGTH))
    claim = DomainClaim(
        organisation_id=organisation.id,
        domain=given.domain,
        address=given.address,
        fingerprint=fingerprint(code),
        expires_at=clock.now() + CODE_VALID_FOR,
    )
    if not add_unique(session, claim):
        raise Stale
    record(session, DomainClaimed(), actor=actor, subject=organisation)
    return claim, code


def confirm_domain(session: Session, organisation: Organisation, given: DomainCode, *, actor: Actor) -> OrganisationDomain:
    """Let addresses in a claimed domain belong to `organisation`, because somebody there read the code. It counts once.

    Raises:
        Forbidden: `actor` is no administrator of the organisation.
        Invalid: no open claim has this code, or the domain went to another organisation meanwhile.
    """
    require(ORGANISATION_ADMIN, actor, organisation)
    shown = fingerprint(given.code)
    claim = next((each for each in open_claims(session, organisation.id) if each.fingerprint == shown), None)
    if claim is None:
        raise Invalid("code", N_("This is no code that counts now. Codes work once and for one hour."))
    wanted = NewDomain(claim.domain, claim.address)
    _require_free(session, organisation, wanted, vouched=False)
    session.delete(claim)
    return _added(session, organisation, wanted, actor)


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
    session.add_all(added)
    for new in added:
        when_written(session, new, partial(_tell_of, session, organisation, new, actor))
    return added


def _tell_of(session: Session, organisation: Organisation, domain: OrganisationDomain, actor: Actor) -> None:
    record(session, DomainAdded(domain_id=domain.id), actor=actor, subject=organisation)


def claimable_domain(session: Session, actor: Actor) -> str | None:
    """The domain of this person's address, if an organisation that they enter could have it."""
    domain = _own_domain(session, actor)
    if domain is None or is_public(domain) or domains_near(session, domain, skeleton(domain)):
        return None
    return domain


def _own_domain(session: Session, actor: Actor) -> str | None:
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
    _tell_of(session, organisation, domain, actor)
    return domain


def _values(given: NewDomain) -> dict[str, Any]:
    return {"domain": given.domain, "note": given.note, "verified_at": clock.now()}


_TAKEN = N_("This domain belongs to another organisation, or is close to one that does. Write to the portal's administrators.")
