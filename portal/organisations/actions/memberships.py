"""Coming to belong to an organisation, and what a member may do there."""

import dataclasses
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.accounts.states import Kind
from portal.kernel import clock
from portal.kernel.db import add_unique, require_version
from portal.kernel.errors import Forbidden, Invalid, Refused
from portal.kernel.events import Fact, record
from portal.kernel.policy import SYSTEM_ACTOR, Actor, Role, require
from portal.kernel.text import N_
from portal.organisations.events import MemberAddressLeft, MemberRemoved, MembershipDescribed, MembershipRequested, RolesChanged
from portal.organisations.inputs import Affiliation, Joining, RolesGiven
from portal.organisations.models import Membership, Organisation
from portal.organisations.policies import DESCRIBE, OWN_MEMBERSHIP, ROLES_EDIT
from portal.organisations.queries import (
    domain_owner,
    domains_of,
    membership_of,
    memberships_of,
    organisation_for,
    other_administrators,
)
from portal.organisations.states import Admission, JoinAs, MembershipState, Posting
from portal.organisations.workflow import ANSWERED_WITHIN, MEMBERSHIP_FLOW

MOST_WAITING = 5  # requests one person may have unanswered
POWERS = frozenset({Role.OFFICER, Role.SIGNATORY, Role.ADMINISTRATOR})  # never given to oneself


def join(session: Session, organisation: Organisation, wish: Joining, *, actor: Actor) -> Membership:
    """Belong at once where the address shows it and no more is asked for than that; otherwise ask.

    Raises:
        As `join_by_domain` and `request_membership`.
    """
    if wish.join_as is JoinAs.MEMBER and may_join_at_once(session, organisation, actor=actor):
        return join_by_domain(session, organisation, wish, actor=actor)
    return request_membership(session, organisation, wish, actor=actor)


def may_join_at_once(session: Session, organisation: Organisation, *, actor: Actor) -> bool:
    """Whether `organisation` takes people by their address, this one's shows it, and they were never turned away or left."""
    if actor.id is None or membership_of(session, actor.id, organisation.id) is not None:
        return False
    return organisation.admission is Admission.AT_ONCE and organisation_for(session, actor) is organisation


def join_by_domain(session: Session, organisation: Organisation, wish: Joining, *, actor: Actor) -> Membership:
    """Become a member and poster at once, students a member, because the confirmed address is in the organisation's domain.

    Raises:
        Forbidden: a visitor asks.
        Refused: the organisation is not verified, `actor` belongs or asked already, or the address does not show it.
    """
    account_id = _require_may_ask(session, organisation, actor)
    if wish.join_as is not JoinAs.MEMBER or not may_join_at_once(session, organisation, actor=actor):
        raise Refused(N_("Somebody of this organisation has to confirm this. Ask to join instead."))
    membership = _new(session, organisation, account_id, wish, actor)
    MEMBERSHIP_FLOW.perform(session, membership, "admit", actor=SYSTEM_ACTOR)
    return membership


def request_membership(session: Session, organisation: Organisation, wish: Joining, *, actor: Actor) -> Membership:
    """Ask to belong. Administrators of the organisation answer, or the portal's where there are none.

    Raises:
        Forbidden: a visitor asks.
        Refused: the organisation is not verified, `actor` belongs or asked already, or has too many requests unanswered.
        Invalid: they wrote nothing to those who have to confirm it, or a student asks to be an officer.
    """
    account_id = _require_may_ask(session, organisation, actor)
    if wish.join_as is JoinAs.OFFICER and actor.kind == Kind.STUDENT.value:
        raise Invalid("join_as", N_("Students can be members. Officers work for the organisation."))
    if not wish.introduction:
        raise Invalid("introduction", N_("Write a sentence by which they know you."))
    mine = memberships_of(session, account_id)
    if sum(each.state is MembershipState.REQUESTED for each in mine) >= MOST_WAITING:
        raise Refused(N_("You asked to join several organisations. Wait for their answers first."))
    former = next((each for each in mine if each.organisation_id == organisation.id), None)
    if former is not None:
        MEMBERSHIP_FLOW.perform(session, former, "ask_again", actor=actor)
        former.roles, former.title = _roles(organisation, wish, actor), wish.title
        former.introduction = wish.introduction
        return former
    membership = _new(session, organisation, account_id, wish, actor)
    membership.answer_by = clock.now() + ANSWERED_WITHIN
    record(session, MembershipRequested(account_id=account_id), actor=actor, subject=membership)
    return membership


def set_roles(session: Session, membership: Membership, given: RolesGiven, *, actor: Actor, version: str | None = None) -> None:
    """Give a member exactly these roles.

    Raises:
        Forbidden: `actor` administers neither the organisation nor the portal.
        Stale: `version`, the one the form was drawn from, is no longer the present one.
        Refused: the membership is not active, or the last administrator would go.
        Invalid: `actor` would give themselves a role that somebody else has to give.
    """
    require(ROLES_EDIT, actor, membership)
    require_version(membership, version)
    if not membership.is_active:
        raise Refused(N_("This person is no member at present. Confirm the request first."))
    gained = frozenset(given.roles) - membership.role_set
    if OWN_MEMBERSHIP.holds(actor, membership) and gained & POWERS:
        raise Invalid("roles", N_("Somebody else has to give you this role: another administrator, or the portal's."))
    loses_administration = Role.ADMINISTRATOR in membership.role_set and Role.ADMINISTRATOR not in given.roles
    if loses_administration and not other_administrators(session, membership):
        raise Refused(N_("Name another administrator first: the last one cannot go."))
    wanted: dict[str, Any] = {name: getattr(given, name) for name in ("title", "limit_minor", "limit_currency")}
    if _change(membership, wanted | {"roles": [role.value for role in given.roles]}):
        session.flush()
        record(session, RolesChanged(account_id=membership.account_id), actor=actor, subject=membership)


def describe_membership(
    session: Session, membership: Membership, given: Affiliation, *, actor: Actor, version: str | None = None
) -> None:
    """Say as what and since when one belongs, and whether this organisation comes first among several.

    Raises:
        Forbidden: the membership is somebody else's.
        Stale: `version`, the one the form was drawn from, is no longer the present one.
        Refused: the membership is not active.
    """
    require(DESCRIBE, actor, membership)
    require_version(membership, version)
    if not membership.is_active:
        raise Refused(N_("You are no member at present."))
    others = memberships_of(session, membership.account_id) if given.is_main else ()
    for other in others:
        if other.id != membership.id:
            _change(other, {"is_main": False})
    if _change(membership, dataclasses.asdict(given)):
        session.flush()
        record(session, MembershipDescribed(account_id=membership.account_id), actor=actor, subject=membership)


def tell_of_left_address(session: Session, _fact: Fact, account: User, actor: Actor) -> None:
    """Reaction to a changed address: organisations learn that a member's is in none of their domains now.

    The membership stays: it says where somebody works, not where they read their mail.
    """
    owner = domain_owner(session, account.email)
    for membership in memberships_of(session, account.id):
        if not membership.is_active or not domains_of(session, membership.organisation_id):
            continue
        if owner is None or owner.id != membership.organisation_id:
            record(session, MemberAddressLeft(account_id=account.id), actor=actor, subject=membership)


def forget_member(session: Session, _fact: Fact, account: User, actor: Actor) -> None:
    """Reaction to an erased account: it belongs nowhere. Not even the last administrator is kept, where nobody else is left."""
    for membership in memberships_of(session, account.id):
        if membership.is_active:
            record(session, MemberRemoved(account_id=account.id), actor=actor, subject=membership)
        session.delete(membership)


def _change(membership: Membership, wanted: Mapping[str, Any]) -> bool:
    """Set these fields; says whether anything differs now."""
    changed = {name: value for name, value in wanted.items() if getattr(membership, name) != value}
    for name, value in changed.items():
        setattr(membership, name, value)
    return bool(changed)


def _require_may_ask(session: Session, organisation: Organisation, actor: Actor) -> int:
    """The account id of a person who can join: neither a member nor waiting."""
    if actor.id is None:
        raise Forbidden(N_("Sign in to join an organisation."))
    if not organisation.is_verified:
        raise Refused(N_("This organisation takes no members until an administrator of the portal has checked it."))
    present = membership_of(session, actor.id, organisation.id)
    if present is not None and present.state is MembershipState.ACTIVE:
        raise Refused(N_("You belong to %(name)s already."), name=organisation.name)
    if present is not None and present.state is MembershipState.REQUESTED:
        raise Refused(N_("You asked already. %(name)s has not answered yet."), name=organisation.name)
    return actor.id


def _new(session: Session, organisation: Organisation, account_id: int, wish: Joining, actor: Actor) -> Membership:
    membership = Membership(
        account_id=account_id,
        organisation_id=organisation.id,
        roles=_roles(organisation, wish, actor),
        title=wish.title,
        introduction=wish.introduction,
        created_at=clock.now(),
    )
    if not add_unique(session, membership):  # the same form arrived twice at this very moment
        raise Refused(N_("You asked already. %(name)s has not answered yet."), name=organisation.name)
    return membership


def _roles(organisation: Organisation, wish: Joining, actor: Actor) -> list[str]:
    wanted = {Role.MEMBER}
    if actor.kind != Kind.STUDENT.value and organisation.posting is Posting.EVERYBODY:
        wanted.add(Role.POSTER)
    if wish.join_as is JoinAs.OFFICER:
        wanted.add(Role.OFFICER)
    return [role.value for role in Role if role in wanted]
