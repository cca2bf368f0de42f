"""Inviting others to write a proposal together, and what becomes of their part when they or their address go."""

import datetime as dt

from sqlalchemy import delete, or_
from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.kernel import clock
from portal.kernel.db import add_unique, require_version
from portal.kernel.errors import Invalid, Refused
from portal.kernel.events import Fact, record
from portal.kernel.policy import SYSTEM_ACTOR, Actor, Role, require
from portal.kernel.text import N_
from portal.organisations.models import Membership
from portal.organisations.queries import account_with, holders_of, organisation_for_address
from portal.proposals.actions.saving import require_writable
from portal.proposals.events import CoAuthorInvited, CoAuthorRightChanged
from portal.proposals.inputs import NewCoAuthor, RightGiven
from portal.proposals.models import CoAuthor, Proposal, Team
from portal.proposals.policies import AUTHOR, INVITING
from portal.proposals.queries import (
    MOST_CO_AUTHORS,
    co_authors_due,
    co_authors_of,
    invitations_held,
    invitations_to_write,
    proposal_numbered,
    taking_part_for,
)
from portal.proposals.states import Right
from portal.proposals.workflow import CO_AUTHOR_FLOW

VALID_FOR = dt.timedelta(days=14)
_AT_ONCE = 200


def invite_co_author(session: Session, proposal: Proposal, given: NewCoAuthor, *, actor: Actor) -> CoAuthor:
    """Invite whoever has an address to take part. Nothing shows whether somebody has an account with it.

    Raises:
        Forbidden: `actor` is not the author.
        Refused: nobody writes it now, or there are enough.
        Invalid: the address is the author's own, invited already, or of the organisation that decides.
    """
    require(AUTHOR, actor, proposal)
    require_writable(proposal)
    _require_fit(session, proposal, given.email)
    co_author = CoAuthor(
        proposal_id=proposal.id,
        organisation_id=proposal.organisation_id,
        email=given.email,
        account_id=account_with(session, given.email),
        invited_by_id=actor.id,
        right=given.right,
        created_at=clock.now(),
        expires_at=clock.now() + VALID_FOR,
    )
    if session.get(Team, proposal.id) is None:
        add_unique(session, Team(id=proposal.id, begun_at=clock.now()))
    if not add_unique(session, co_author):
        raise Invalid("email", N_("This address is invited already."))
    record(session, CoAuthorInvited(), actor=actor, subject=co_author)
    return co_author


def change_right(session: Session, co_author: CoAuthor, given: RightGiven, *, actor: Actor, version: str | None = None) -> None:
    """Let a co-author, or whoever is invited, do more or less from their next page on.

    Raises:
        Forbidden: `actor` is not the author.
        Refused: they take no part any more.
        Stale: `version`, the one the form was drawn from, is no longer the present one.
    """
    require(INVITING, actor, co_author)
    require_version(co_author, version)
    if co_author not in co_authors_of(session, co_author.proposal_id):
        raise Refused(N_("They take no part in it any more."))
    if co_author.right is given.right:
        return
    if given.right is Right.EDIT and co_author.account_id in holders_of(session, co_author.organisation_id, Role.OFFICER):
        raise Refused(N_("A partnership officer of your side approves this later, and cannot write it."))
    co_author.right = given.right
    session.flush()
    session.expire(proposal_numbered(session, co_author.proposal_id), ["shares"])
    record(session, CoAuthorRightChanged(right=str(given.right.value)), actor=actor, subject=co_author)


def open_invitations_to_write(session: Session, _fact: Fact, account: User, _actor: Actor) -> None:
    """Reaction to a confirmed address: what waits for it is open to its account, and no longer to one that had it before."""
    for co_author in invitations_held(session, account.id):
        co_author.account_id = None
    for co_author in invitations_to_write(session, account.email):
        co_author.account_id = account.id
    session.flush()


def end_part_of_leaver(session: Session, _fact: Fact, membership: Membership, _actor: Actor) -> None:
    """Reaction to a membership that ended: nobody writes on for an organisation they left."""
    for co_author in taking_part_for(session, membership.account_id, membership.organisation_id):
        CO_AUTHOR_FLOW.perform(session, co_author, "end", actor=SYSTEM_ACTOR)


def forget_co_author(session: Session, _fact: Fact, account: User, _actor: Actor) -> None:
    """Reaction to an erased account: no proposal names it as one of its writers any more."""
    named = or_(CoAuthor.account_id == account.id, CoAuthor.email == account.email.lower())
    session.execute(delete(CoAuthor).where(named))


def expire_co_authors(session: Session) -> int:
    """End invitations that nobody answered in time; returns how many."""
    due = co_authors_due(session, at_most=_AT_ONCE)
    for co_author in due:
        CO_AUTHOR_FLOW.perform(session, co_author, "expire", actor=SYSTEM_ACTOR)
    return len(due)


def _require_fit(session: Session, proposal: Proposal, email: str) -> None:
    if email == session.get_one(User, proposal.author_id).email.lower():
        raise Invalid("email", N_("This is your own address."))
    house = organisation_for_address(session, email)
    if house is not None and house.id == proposal.host_id:
        raise Invalid("email", N_("This address belongs to the organisation that will decide on the proposal."))
    there = co_authors_of(session, proposal.id)
    if any(each.email == email for each in there):
        raise Invalid("email", N_("This address is invited already."))
    if len(there) >= MOST_CO_AUTHORS:
        raise Refused(N_("Keep to %(most)s co-authors: end somebody's part first."), most=MOST_CO_AUTHORS)
