"""Which organisations publish at once: said by an administrator, with the reason."""

from sqlalchemy.orm import Session

from portal.kernel import clock
from portal.kernel.db import add_unique
from portal.kernel.errors import Invalid, Missing, Refused
from portal.kernel.events import record
from portal.kernel.policy import ADMIN, Actor, require
from portal.kernel.text import N_
from portal.listings.events import ListingTrustGiven
from portal.listings.inputs import Trust
from portal.listings.models import TrustedOrganisation
from portal.listings.queries import verified_organisation
from portal.listings.workflow import withdraw_trust
from portal.organisations.models import Organisation


def give_trust(session: Session, trust: Trust, *, actor: Actor) -> TrustedOrganisation:
    """Let the listings of an organisation open before anybody checked them.

    Raises:
        Forbidden: `actor` does not administer the portal.
        Invalid: no verified organisation has this name.
        Refused: it is trusted already, or `actor` belongs to it.
    """
    require(ADMIN, actor, None)
    number = verified_organisation(session, trust.organisation)
    if number is None:
        raise Invalid("organisation", N_("No verified organisation is called “%(name)s”."), name=trust.organisation)
    if number in actor.organisations:
        raise Refused(N_("You belong to this organisation: another administrator decides whether it is trusted."))
    made = TrustedOrganisation(organisation_id=number, given_by_id=actor.id, given_at=clock.now(), reason=trust.text)
    if not add_unique(session, made):
        raise Refused(N_("This organisation publishes at once already."))
    record(session, ListingTrustGiven(), actor=actor, subject=session.get_one(Organisation, number))
    return made


def end_trust(session: Session, organisation_id: int, *, actor: Actor) -> None:
    """Check its listings before they open, from now on; what is open stays open.

    Raises:
        Forbidden: `actor` does not administer the portal.
        Missing: it is not trusted.
    """
    require(ADMIN, actor, None)
    if not withdraw_trust(session, organisation_id, actor=actor):
        raise Missing
