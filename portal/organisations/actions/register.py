"""Entering organisations and changing what they say of themselves."""

import datetime as dt

from sqlalchemy.orm import Session

from portal.accounts.states import Kind
from portal.imports.report import Outcome
from portal.kernel import clock
from portal.kernel.db import add_unique, require_version
from portal.kernel.errors import Forbidden, Invalid, Refused, Stale
from portal.kernel.events import record
from portal.kernel.policy import ADMIN, SYSTEM_ACTOR, Actor, Role, require
from portal.kernel.text import N_, folded, free_slug, slug
from portal.organisations.actions.domains import add_known_domains, claim_own_domain
from portal.organisations.events import OrganisationAdded, OrganisationChanged, OrganisationChecked, OrganisationSet
from portal.organisations.inputs import Checked, NewOrganisation, OrganisationProfile, OrganisationRecord, OrganisationSettings
from portal.organisations.models import Membership, Organisation
from portal.organisations.policies import EDIT
from portal.organisations.queries import holders_of, namesake, slugs_like, standing_for, unchecked_of, with_ror
from portal.organisations.workflow import MEMBERSHIP_FLOW, ORGANISATION_FLOW

MOST_UNCHECKED = 3  # organisations one person may have waiting to be checked
_FOUNDER = (Role.MEMBER, Role.POSTER, Role.ADMINISTRATOR)
_ADDRESSES = {"new"}  # pages that stand where organisations do
_CHECKED = ("name", "kind")  # what the portal's administrators verified
_PARTS = ("names", "units")
_SETTINGS = ("admission", "posting", "contact")
_TEXTS = ("short_name", "city", "country_code", "website", "sector", "about", "role_mailbox")


def found_organisation(session: Session, given: NewOrganisation, *, actor: Actor) -> Organisation:
    """Enter an organisation that is not here yet. Its founder becomes administrator and poster; others see it once verified.

    Raises:
        Forbidden: `actor` is a visitor or a student.
        Refused: `actor` has too many organisations waiting already.
        Invalid: it is here under this name or ROR id, or its domain cannot be claimed.
        Stale: somebody entered it at this very moment.
    """
    if actor.id is None or actor.kind == Kind.STUDENT.value:
        raise Forbidden(N_("Only staff can add their organisation. Ask somebody who works there."))
    if unchecked_of(session, actor.id) >= MOST_UNCHECKED:
        raise Refused(N_("Some organisations you added wait to be checked. You can add more after that."))
    if known := namesake(session, given.name, given.ror):
        raise Invalid(*_already_here(known, given))
    organisation = _entered(session, given, given.ror, actor)
    if given.use_domain:
        claim_own_domain(session, organisation, actor=actor)
    founder = Membership(
        account_id=actor.id, organisation=organisation, roles=[role.value for role in _FOUNDER], created_at=clock.now()
    )
    session.add(founder)
    session.flush()
    MEMBERSHIP_FLOW.perform(session, founder, "admit", actor=SYSTEM_ACTOR)
    return organisation


def edit_organisation(
    session: Session, organisation: Organisation, given: OrganisationProfile, *, actor: Actor, version: str | None = None
) -> None:
    """Change the profile. Name and kind are fixed once the portal's administrators have verified them.

    Raises:
        Forbidden: `actor` is no administrator of the organisation.
        Stale: `version`, the one the form was drawn from, is no longer the present one.
        Invalid: the name or kind of a verified organisation would change.
    """
    require(EDIT, actor, organisation)
    require_version(organisation, version)
    if organisation.is_verified:
        for name in _CHECKED:
            if getattr(given, name) != getattr(organisation, name):
                raise Invalid(name, N_("This was verified. Write to the portal's administrators if it has changed."))
    if _take_over(organisation, given, (*_CHECKED, *_TEXTS, *_PARTS)):
        session.flush()
        record(session, OrganisationChanged(), actor=actor, subject=organisation)


def set_up_organisation(session: Session, organisation: Organisation, given: OrganisationSettings, *, actor: Actor) -> None:
    """Decide who joins at once, who posts and who is shown the office's address, from now on.

    Raises:
        Forbidden: `actor` is no administrator of the organisation.
    """
    require(EDIT, actor, organisation)
    changed = [name for name in _SETTINGS if getattr(organisation, name) is not getattr(given, name)]
    for name in changed:
        setattr(organisation, name, getattr(given, name))
    if changed:
        session.flush()
        record(session, OrganisationSet(), actor=actor, subject=organisation)


def record_check(session: Session, organisation: Organisation, given: Checked, *, actor: Actor) -> None:
    """Write down what was verified and how; a later check of the same takes its place.

    Raises:
        Forbidden: `actor` is no administrator of the portal.
    """
    require(ADMIN, actor, organisation)
    what = str(given.what.value)
    new = {
        "what": what,
        "on": clock.now().date().isoformat(),
        "until": given.until.isoformat() if isinstance(given.until, dt.date) else "",
        "evidence": given.evidence,
    }
    organisation.checks = [*(each for each in organisation.checks if each["what"] != what), new]
    session.flush()
    record(session, OrganisationChecked(what=what), actor=actor, subject=organisation)


def import_organisation(
    session: Session, given: OrganisationRecord, *, actor: Actor, known: Organisation | None = None
) -> tuple[Organisation, Outcome]:
    """Bring an organisation to what a public register says, by `known` (as an earlier import left it) or by ROR id.

    A new one is entered and verified by `actor`, who vouches for the register: there is no other road to *verified*, not even
    for imports. What its own administrators may have written is only added to, never replaced.

    Raises:
        Forbidden: `actor` is no administrator of the portal.
        Refused: people entered an organisation with this ROR id and nobody has checked it yet.
    """
    require(ADMIN, actor, None)
    found = known or with_ror(session, given.ror)
    if found is not None:
        found = standing_for(session, found)
    if found is None:
        organisation = _entered(session, given, given.ror, actor)
        add_known_domains(session, organisation, given.domains, actor=actor)
        ORGANISATION_FLOW.perform(session, organisation, "verify", actor=actor)
        return organisation, Outcome.CREATED
    if not found.is_verified:
        raise Refused(N_("“%(name)s” is here with this ROR id and not verified. Check it first."), name=found.name)
    kept = _is_other_name(found, given.name) or bool(holders_of(session, found.id, Role.ADMINISTRATOR))
    names = tuple(name for name in (*_CHECKED, *_TEXTS) if getattr(given, name) and not (kept and getattr(found, name)))
    changed = _take_over(found, given, names)
    if given.ror and found.ror is None and with_ror(session, given.ror) is None:
        found.ror, changed = given.ror, True
    session.flush()
    changed = bool(add_known_domains(session, found, given.domains, actor=actor)) or changed
    if not changed:
        return found, Outcome.UNCHANGED
    record(session, OrganisationChanged(), actor=actor, subject=found)
    return found, Outcome.UPDATED


def _entered(session: Session, given: OrganisationProfile, ror: str, actor: Actor) -> Organisation:
    organisation = Organisation(
        slug=free_slug(given.name, slugs_like(session, slug(given.name)) | _ADDRESSES),
        ror=ror or None,
        created_at=clock.now(),
    )
    _take_over(organisation, given, (*_CHECKED, *_TEXTS, *_PARTS))
    if not add_unique(session, organisation):
        raise Stale
    record(session, OrganisationAdded(), actor=actor, subject=organisation)
    return organisation


def _take_over(organisation: Organisation, given: OrganisationProfile, names: tuple[str, ...]) -> bool:
    """Set these fields to what is given; says whether anything differs now."""
    changed = [name for name in names if getattr(organisation, name) != getattr(given, name)]
    for name in changed:
        setattr(organisation, name, getattr(given, name))
    return bool(changed)


def _already_here(known: Organisation, given: NewOrganisation) -> tuple[str, str]:
    if given.ror and known.ror == given.ror:
        return "ror", N_("An organisation with this ROR id is here already, or waits to be checked.")
    return "name", N_("An organisation of this name is here already. Look for it and join it.")


def _is_other_name(organisation: Organisation, name: str) -> bool:
    """Whether a record calls it by one of its further names: it may be of an organisation that became part of this one."""
    return name != organisation.name and folded(name) in {folded(each["name"]) for each in organisation.names}
