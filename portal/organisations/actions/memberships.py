"""Coming to belong to an organisation, and what a member may do there."""

from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.accounts.states import Kind
from portal.kernel import clock
from portal.kernel.db import add_unique, require_version
from portal.kernel.errors import Forbidden, Invalid, Refused
from portal.kernel.events import Fact, record
from portal.kernel.policy import SYSTEM_ACTOR, Actor, Role, require
from portal.kernel.text import N_
from portal.organisations.events import MemberAddressLeft, MemberRemoved, MembershipRequested, RolesChanged
from portal.organisations.inputs import Joining, RolesGiven
from portal.organisations.models import Membership, Organisation
from portal.organisations.policies import OWN_MEMBERSHIP, ROLES_EDIT
from portal.organisations.queries import (
    domain_owner,
    domains_of,
    membership_of,
    memberships_of,
    organisation_for,
    other_administrators,
)
from portal.organisations.states import JoinAs, MembershipState
from portal.organisations.workflow import MEMBERSHIP_FLOW

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
    """Whether this person's confirmed address is in a domain of `organisation` and they were never turned away or left."""
    if actor.id is None or membership_of(session, actor.id, organisation.id) is not None:
        return False
    return organisation_for(session, actor) is organisation


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
    """Ask to belong. Administrators and officers of the organisation answer, or the portal's where there are none.

    Raises:
        Forbidden: a visitor asks.
        Refused: the organisation is not verified, `actor` belongs or asked already, or has too many requests unanswered.
        Invalid: a student asks to be an officer.
    """
    account_id = _require_may_ask(session, organisation, actor)
    if wish.join_as is JoinAs.OFFICER and actor.kind == Kind.STUDENT.value:
        raise Invalid("join_as", N_("Students can be members. Officers work for the organisation."))
    mine = memberships_of(session, account_id)
    if sum(each.state is MembershipState.REQUESTED for each in mine) >= MOST_WAITING:
        raise Refused(N_("You asked to join several organisations. Wait for their answers first."))
    former = next((each for each in mine if each.organisation_id == organisation.id), None)
    if former is not None:
        MEMBERSHIP_FLOW.perform(session, former, "ask_again", actor=actor)
        former.roles, former.title = _roles(wish, actor), wish.title
        return former
    membership = _new(session, organisation, account_id, wish, actor)
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
    roles = [role.value for role in given.roles]
    if (membership.roles, membership.title) != (roles, given.title):
        membership.roles, membership.title = roles, given.title
        session.flush()
        record(session, RolesChanged(account_id=membership.account_id), actor=actor, subject=membership)


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
        roles=_roles(wish, actor),
        title=wish.title,
        created_at=clock.now(),
    )
    if not add_unique(session, membership):  # the same form arrived twice at this very moment
        raise Refused(N_("You asked already. %(name)s has not answered yet."), name=organisation.name)
    return membership


def _roles(wish: Joining, actor: Actor) -> list[str]:
    wanted = {Role.MEMBER}
    if actor.kind != Kind.STUDENT.value:
        wanted.add(Role.POSTER)
    if wish.join_as is JoinAs.OFFICER:
        wanted.add(Role.OFFICER)
    return [role.value for role in Role if role in wanted]
