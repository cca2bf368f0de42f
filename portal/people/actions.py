"""Making profiles, and changing one's own."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Session

from portal.accounts.models import Link, User
from portal.kernel import clock
from portal.kernel.db import add_unique, require_version
from portal.kernel.errors import Invalid, Missing, Stale
from portal.kernel.events import Fact, record
from portal.kernel.policy import Actor, require
from portal.kernel.terms import the_terms
from portal.kernel.text import N_, folded, free_slug, slug
from portal.people.events import ProfileChanged
from portal.people.inputs import NewOutputs, ProfileText
from portal.people.inputs.outputs import MOST_OUTPUTS, Output
from portal.people.models import Profile
from portal.people.policies import EDIT
from portal.people.queries import slugs_like

_FIELDS = ("headline", "about", "orcid", "open_to", "listed", "contactable", "availability", "contact_by")
_OF_SOME = ("group", "seeks", "study", "study_level", "finishes_on")  # by what a person is here for
_LISTS = ("expertise", "skills", "methods", "languages", "duties")
ORCID_ISSUER = "https://orcid.org"  # nobody else can say whose an ORCID iD is
_TRIES = 3
_ORCID_LINK = (
    select(Link).where(Link.account_id == bindparam("account"), Link.issuer == ORCID_ISSUER).order_by(Link.id.desc()).limit(1)
)


def open_profile(session: Session, _fact: Fact, account: User, _actor: Actor) -> None:
    """Reaction to a confirmed account: an empty profile that nobody finds until its owner says so.

    Raises:
        Stale: namesakes took every address tried at this very moment.
    """
    if session.get(Profile, account.id) is not None:
        return
    for _ in range(_TRIES):
        profile = Profile(
            id=account.id,
            slug=free_slug(account.name, slugs_like(session, slug(account.name))),
            name_key=folded(account.name)[:600],
            updated_at=clock.now(),
        )
        if add_unique(session, profile):
            note_orcid(session, _fact, account, _actor)
            return
    raise Stale


def note_orcid(session: Session, _fact: Fact, account: User, _actor: Actor) -> None:
    """Reaction to a linked sign-in: an ORCID iD that its owner showed by signing in there stands on their page as shown."""
    profile = session.get(Profile, account.id)
    link = session.scalars(_ORCID_LINK, {"account": account.id}).first()
    if profile is None or link is None:
        return
    profile.orcid, profile.orcid_shown_at = link.subject, link.made_at
    session.flush()


def _shown_at(session: Session, account_id: int, identifier: str) -> dt.datetime | None:
    """When its owner showed that this is theirs, if it is the one."""
    link = session.scalars(_ORCID_LINK, {"account": account_id}).first()
    return link.made_at if link is not None and link.subject == identifier else None


def edit_profile(session: Session, profile: Profile, given: ProfileText, *, actor: Actor, version: str | None = None) -> None:
    """Change one's own profile.

    Raises:
        Forbidden: the profile is somebody else's.
        Invalid: a minor wants to be found, or a field is none of those offered.
        Stale: `version`, the one the form was drawn from, is no longer the present one.
    """
    require(EDIT, actor, profile)
    require_version(profile, version)
    if (given.listed or given.contactable) and profile.account.is_minor:
        raise Invalid("listed" if given.listed else "contactable", N_("Until you are 18 nobody finds you here. Untick this."))
    wanted: dict[str, Any] = {name: getattr(given, name) for name in (*_FIELDS, *_OF_SOME)}
    wanted |= {name: list(getattr(given, name)) for name in _LISTS}
    wanted["field_ids"] = _fields(session, profile, given.fields)
    wanted["levels"] = {term: level for term, level in given.levels.items() if term in given.expertise}
    changed = {name: value for name, value in wanted.items() if getattr(profile, name) != value}
    if not changed:
        return
    for name, value in changed.items():
        setattr(profile, name, value)
    if "orcid" in changed:
        profile.orcid_shown_at = _shown_at(session, profile.id, profile.orcid)
    profile.updated_at = clock.now()
    session.flush()
    record(session, ProfileChanged(), actor=actor, subject=profile)


def _fields(session: Session, profile: Profile, codes: Sequence[str]) -> list[int]:
    """Those chosen, and those of before that nobody can choose any more."""
    if not codes and not profile.field_ids:
        return []
    offered = {term.code: term.id for term in the_terms().offered(session)}
    if any(code not in offered for code in codes):
        raise Invalid("fields", N_("Choose from the fields shown."))
    retired = set(profile.field_ids) - set(offered.values())
    return sorted(retired.union(offered[code] for code in codes))


def add_outputs(session: Session, profile: Profile, given: NewOutputs, *, actor: Actor) -> int:
    """Put works on one's own page, none twice: they are told apart by DOI and title. Returns how many are new.

    Raises:
        Forbidden: the profile is somebody else's.
        Invalid: there would be too many.
    """
    require(EDIT, actor, profile)
    known = {key for each in profile.outputs for key in _keys_of(each)}
    new: list[Output] = []
    for each in given.found:
        if known.isdisjoint(keys := _keys_of(each)):
            new.append(each)
        known |= keys
    if len(profile.outputs) + len(new) > MOST_OUTPUTS:
        raise Invalid("text", N_("Keep to the %(most)s works that matter most."), most=MOST_OUTPUTS)
    if new:
        _keep_outputs(session, profile, [*profile.outputs, *new], actor)
    return len(new)


def remove_output(session: Session, profile: Profile, key: str, *, actor: Actor) -> None:
    """Take one work, named by its DOI or else its title, off one's own page.

    Raises:
        Forbidden: the profile is somebody else's.
        Missing: no such work stands there.
    """
    require(EDIT, actor, profile)
    left = [each for each in profile.outputs if (each["doi"] or each["title"]) != key]
    if len(left) == len(profile.outputs):
        raise Missing
    _keep_outputs(session, profile, left, actor)


def _keep_outputs(session: Session, profile: Profile, outputs: list[Output], actor: Actor) -> None:
    profile.outputs = sorted(outputs, key=lambda each: each["year"], reverse=True)
    profile.updated_at = clock.now()
    session.flush()
    record(session, ProfileChanged(), actor=actor, subject=profile)


def _keys_of(output: Output) -> set[str]:
    return {key for key in (output["doi"], folded(output["title"])) if key}


def forget_profile(session: Session, _fact: Fact, account: User, _actor: Actor) -> None:
    """Reaction to an erased account: its page is gone."""
    session.execute(delete(Profile).where(Profile.id == account.id))
