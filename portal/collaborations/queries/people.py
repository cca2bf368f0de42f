"""Reads over who takes part in collaborations, and over hand-overs of their lead."""

from collections.abc import Sequence

from sqlalchemy import String, and_, cast, func, or_, select
from sqlalchemy.orm import Session, joinedload

from portal.accounts.models import User
from portal.collaborations.models import Collaboration, HandOver, Participant
from portal.collaborations.states import LIVE, CollaborationState, HandOverState, Part, PartState
from portal.kernel import clock
from portal.kernel.db import AnySelect
from portal.kernel.policy import Actor
from portal.kernel.text import N_
from portal.kernel.work import Source
from portal.organisations.models import Membership
from portal.organisations.queries import NAMED
from portal.organisations.states import MembershipState

PARTICIPANT = (
    joinedload(Participant.collaboration).options(
        joinedload(Collaboration.host).load_only(*NAMED), joinedload(Collaboration.organisation).load_only(*NAMED)
    ),
    joinedload(Participant.account).load_only(User.name),
    joinedload(Participant.from_organisation).load_only(*NAMED),
)
HAND_OVER = (
    joinedload(HandOver.collaboration),
    joinedload(HandOver.side).load_only(*NAMED),
    joinedload(HandOver.from_person).load_only(User.name),
    joinedload(HandOver.to_person).load_only(User.name),
)
MOST_PEOPLE = 60  # invited or taking part in one collaboration


def people_of(session: Session, collaboration: Collaboration) -> Sequence[Participant]:
    """Those who are invited and those who take part, in the order in which they came."""
    query = select(Participant).where(Participant.collaboration_id == collaboration.id, Participant._state.in_(LIVE))
    return session.scalars(query.options(*PARTICIPANT).order_by(Participant.id)).all()


def hand_overs_of(session: Session, collaboration: Collaboration) -> Sequence[HandOver]:
    """Who led which side before, and who was asked to, the newest first."""
    query = select(HandOver).where(HandOver.collaboration_id == collaboration.id).options(*HAND_OVER)
    return session.scalars(query.order_by(HandOver.id.desc())).all()


def live_part_of(session: Session, collaboration: Collaboration, account_id: int) -> Participant | None:
    """The part of one account, where it is invited or takes part."""
    mine = Participant.collaboration_id == collaboration.id, Participant.account_id == account_id
    return session.scalars(select(Participant).where(*mine, Participant._state.in_(LIVE)).options(*PARTICIPANT)).first()


def member_numbered(session: Session, collaboration: Collaboration, number: int) -> Participant | None:
    """A member of the team by number; None where they are none, or none any more."""
    theirs = Participant.collaboration_id == collaboration.id, Participant.part == Part.MEMBER
    query = select(Participant).where(Participant.id == number, *theirs, Participant._state == PartState.ACTIVE)
    return session.scalars(query.options(*PARTICIPANT)).one_or_none()


def belongs_to(session: Session, account_id: int, organisation_id: int) -> bool:
    """Whether this account is open and belongs to the organisation now."""
    theirs = Membership.account_id == account_id, Membership.organisation_id == organisation_id
    query = select(Membership.id).join(User, User.id == Membership.account_id)
    return session.scalar(query.where(*theirs, Membership._state == MembershipState.ACTIVE, User.active).limit(1)) is not None


def has_led(session: Session, collaboration: Collaboration, account_id: int, side_id: int) -> bool:
    """Whether this person led that side once."""
    led = HandOver.collaboration_id == collaboration.id, HandOver.side_id == side_id, HandOver.from_id == account_id
    return session.scalar(select(HandOver.id).where(*led, HandOver._state == HandOverState.DONE).limit(1)) is not None


def parts_held(session: Session, account_id: int, *, side_id: int | None = None) -> Sequence[Participant]:
    """Where somebody takes part; with `side_id`, as a member of that side."""
    query = select(Participant).where(Participant.account_id == account_id, Participant._state.in_(LIVE)).options(*PARTICIPANT)
    if side_id is not None:
        query = query.where(Participant.side_id == side_id, Participant.part == Part.MEMBER)
    return session.scalars(query.order_by(Participant.id)).all()


def guests_to_be(session: Session, email: str, account_id: int) -> Sequence[Participant]:
    """Invitations that wait for whoever has this address, and those that this account held for another one."""
    waits = or_(Participant.email == email.lower(), Participant.account_id == account_id)
    return session.scalars(
        select(Participant).where(Participant._state == PartState.INVITED, waits).order_by(Participant.id)
    ).all()


def parts_due(session: Session, *, at_most: int) -> Sequence[Participant]:
    """Guests whose last day has passed, and invitations nobody answered in time."""
    over = and_(Participant._state == PartState.ACTIVE, Participant.until_on < clock.today())
    stale = or_(Participant.expires_at <= clock.now(), Participant.until_on < clock.today())
    due = or_(over, and_(Participant._state == PartState.INVITED, stale))
    query = select(Participant).where(Participant._state.in_(LIVE), due).options(*PARTICIPANT)
    return session.scalars(query.order_by(Participant.id).limit(at_most)).all()


def invitations_to_answer(actor: Actor) -> AnySelect | None:
    """Where this person was asked to be a guest."""
    if not actor.is_person:
        return None
    return (
        select(
            Participant.id.label("id"),
            Collaboration.title.label("title"),
            func.coalesce(Participant.email, "").label("detail"),
            Participant.named_at.label("since"),
            Participant.expires_at.label("due_at"),
        )
        .join(Collaboration, Collaboration.id == Participant.collaboration_id)
        .where(Participant.account_id == actor.id, Participant._state == PartState.INVITED)
        .where(Participant.expires_at > clock.now())
    )


def leads_to_take_over(actor: Actor) -> AnySelect | None:
    """What this person was asked to lead."""
    if not actor.is_person:
        return None
    over = (CollaborationState.CLOSED, CollaborationState.TERMINATED)
    return (
        select(
            HandOver.id.label("id"),
            Collaboration.title.label("title"),
            cast(HandOver.id, String).label("detail"),
            HandOver.asked_at.label("since"),
            cast(None, HandOver.decided_at.type).label("due_at"),
        )
        .join(Collaboration, Collaboration.id == HandOver.collaboration_id)
        .where(HandOver.to_id == actor.id, HandOver._state == HandOverState.PROPOSED, Collaboration._state.not_in(over))
    )


PEOPLE_SOURCES = (
    Source(
        "participant.invited",
        N_("Say whether you come as a guest to"),
        N_("Open the invitation"),
        lambda number, _detail: f"/participants/{number}",
        invitations_to_answer,
    ),
    Source(
        "hand_over.answer",
        N_("Say whether you take over the lead of"),
        N_("Open it"),
        lambda number, _detail: f"/hand-overs/{number}",
        leads_to_take_over,
    ),
)
