"""Naming members, inviting guests, and what becomes of their part when they, or their address, go."""

import datetime as dt

from sqlalchemy import or_, update
from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.collaborations.events import GuestInvited, ParticipantChanged
from portal.collaborations.inputs import LastDay, NewGuest, NewMember
from portal.collaborations.models import Collaboration, Participant
from portal.collaborations.policies import LEAD, OFFICER
from portal.collaborations.queries import (
    MOST_PEOPLE,
    belongs_to,
    guests_to_be,
    live_part_of,
    parts_due,
    parts_held,
    people_of,
)
from portal.collaborations.states import Part, PartState
from portal.collaborations.workflow import OVER, PARTICIPANT_FLOW
from portal.kernel import clock
from portal.kernel.db import add_unique
from portal.kernel.errors import Invalid, Refused
from portal.kernel.events import Fact, record
from portal.kernel.policy import SYSTEM_ACTOR, Actor, Role, require
from portal.kernel.text import N_
from portal.organisations.models import Membership
from portal.organisations.queries import account_with, organisation_for_address
from portal.proposals.models import Proposal
from portal.proposals.queries import co_authors_of

VALID_FOR = dt.timedelta(days=14)
_AT_ONCE = 200
_TWICE = N_("They take part already, or are invited.")


def name_member(session: Session, collaboration: Collaboration, entry: NewMember, *, actor: Actor) -> Participant:
    """Name somebody of one's own side. With an account of that organisation they see the work from their next page on.

    Raises:
        Forbidden: `actor` neither leads a side nor is an officer of one.
        Refused: it is over, or there are enough.
        Invalid: nobody of that side has the address, or they take part already.
    """
    require(LEAD | OFFICER, actor, collaboration)
    _require_room(session, collaboration)
    side_id = side_of(collaboration, actor)
    account_id = _account_of(session, collaboration, entry.email, side_id) if entry.email else None
    member = Participant(
        collaboration=collaboration,
        part=Part.MEMBER,
        side_id=side_id,
        account_id=account_id,
        name="" if account_id else entry.name,
        role=entry.role,
        named_by_id=actor.id,
        named_at=clock.now(),
    )
    if not add_unique(session, member):
        raise Invalid("email", _TWICE)
    PARTICIPANT_FLOW.perform(session, member, "name", actor=actor)
    return member


def invite_guest(session: Session, collaboration: Collaboration, entry: NewGuest, *, actor: Actor) -> Participant:
    """Invite whoever has an address. Nothing shows whether somebody has an account with it.

    Raises:
        Forbidden: `actor` leads neither side.
        Refused: it is over, or there are enough.
        Invalid: the address belongs to one of the two sides, or is invited already.
    """
    require(LEAD, actor, collaboration)
    _require_room(session, collaboration)
    house = organisation_for_address(session, entry.email)
    if house is not None and house.id in (collaboration.host_id, collaboration.organisation_id):
        raise Invalid("email", N_("This address belongs to one of the two sides: its lead can name them a member of the team."))
    guest = Participant(
        collaboration=collaboration,
        part=Part.GUEST,
        side_id=side_of(collaboration, actor),
        account_id=account_with(session, entry.email),
        email=entry.email,
        role=entry.role,
        reason=entry.reason,
        until_on=entry.last_on,
        expires_at=clock.now() + VALID_FOR,
        named_by_id=actor.id,
        named_at=clock.now(),
    )
    if not add_unique(session, guest):
        raise Invalid("email", _TWICE)
    record(session, GuestInvited(), actor=actor, subject=guest)
    return guest


def move_last_day(session: Session, guest: Participant, given: LastDay, *, actor: Actor) -> None:
    """Let a guest take part longer, or less long.

    Raises:
        Forbidden: `actor` leads neither side.
        Refused: they take no part any more.
    """
    require(LEAD, actor, guest.collaboration)
    if guest.part is not Part.GUEST or guest.state not in (PartState.INVITED, PartState.ACTIVE):
        raise Refused(N_("They take no part in it any more."))
    guest.until_on = given.last_on
    session.flush()
    session.expire(guest.collaboration, ["marks"])
    record(session, ParticipantChanged(), actor=actor, subject=guest)


def side_of(collaboration: Collaboration, actor: Actor) -> int:
    """The side that a lead, officer or member stands for; whoever is officer of both stands for the host."""
    if actor.id in (collaboration.host_lead_id, collaboration.partner_lead_id):
        return collaboration.host_id if actor.id == collaboration.host_lead_id else collaboration.organisation_id
    offices = actor.organisations_as(Role.OFFICER)
    mark = collaboration.team.get(actor.id or 0)
    if mark is not None and offices.isdisjoint({collaboration.host_id, collaboration.organisation_id}):
        return mark.side_id
    as_host = collaboration.host_id in offices
    return collaboration.host_id if as_host else collaboration.organisation_id


def carry_team_over(session: Session, collaboration: Collaboration, proposal: Proposal) -> None:
    """Who wrote the proposal for the partner's own organisation is of its team from the first day on."""
    for co_author in co_authors_of(session, proposal.id):
        fits = co_author.is_active and co_author.from_id == collaboration.organisation_id
        if not fits or co_author.account_id == collaboration.partner_lead_id:
            continue
        member = Participant(
            collaboration=collaboration,
            part=Part.MEMBER,
            side_id=collaboration.organisation_id,
            account_id=co_author.account_id,
            named_at=clock.now(),
        )
        session.add(member)
        PARTICIPANT_FLOW.perform(session, member, "name", actor=SYSTEM_ACTOR)


def open_invitations_of_guests(session: Session, _fact: Fact, account: User, _actor: Actor) -> None:
    """Reaction to a confirmed address: what waits for it is open to its account, and no longer to one that had it before."""
    for guest in guests_to_be(session, account.email, account.id):
        guest.account_id = account.id if guest.email == account.email.lower() else None
    session.flush()


def end_part_of_leaving_member(session: Session, _fact: Fact, membership: Membership, _actor: Actor) -> None:
    """Reaction to a membership that ended: nobody is of the team of an organisation they left."""
    for part in parts_held(session, membership.account_id, side_id=membership.organisation_id):
        PARTICIPANT_FLOW.perform(session, part, "end", actor=SYSTEM_ACTOR)


def end_parts_of_erased(session: Session, _fact: Fact, account: User, _actor: Actor) -> None:
    """Reaction to an erased account: its parts end, and no address of it stays."""
    for part in parts_held(session, account.id):
        PARTICIPANT_FLOW.perform(session, part, "end" if part.state is PartState.ACTIVE else "expire", actor=SYSTEM_ACTOR)
    named = or_(Participant.account_id == account.id, Participant.email == account.email.lower())
    session.execute(update(Participant).where(named).values(email=None))


def end_parts_due(session: Session) -> int:
    """End what guests were allowed up to a day that is over, and invitations nobody answered; returns how many."""
    due = parts_due(session, at_most=_AT_ONCE)
    for part in due:
        PARTICIPANT_FLOW.perform(session, part, "end" if part.state is PartState.ACTIVE else "expire", actor=SYSTEM_ACTOR)
    return len(due)


def _require_room(session: Session, collaboration: Collaboration) -> None:
    if collaboration.state in OVER:
        raise Refused(N_("This collaboration is over: nobody joins it any more."))
    if len(people_of(session, collaboration)) >= MOST_PEOPLE:
        raise Refused(N_("Keep to %(most)s people: end somebody's part first."), most=MOST_PEOPLE)


def _account_of(session: Session, collaboration: Collaboration, email: str, side_id: int) -> int:
    account_id = account_with(session, email)
    if account_id is None or not belongs_to(session, account_id, side_id):
        raise Invalid("email", N_("Nobody of your organisation has an account with this address. Enter their name alone."))
    if account_id in (collaboration.host_lead_id, collaboration.partner_lead_id):
        raise Invalid("email", N_("They lead a side already."))
    if live_part_of(session, collaboration, account_id) is not None:
        raise Invalid("email", _TWICE)
    return account_id
