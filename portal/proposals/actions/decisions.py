"""Conditions that are confirmed one by one, and decisions that are held back to be told together."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from portal.accounts.models import User
from portal.kernel import clock
from portal.kernel.db import add_unique
from portal.kernel.errors import Forbidden, Invalid, Missing, Refused, Stale
from portal.kernel.events import record
from portal.kernel.inputs import Reason
from portal.kernel.policy import SYSTEM_ACTOR, Actor, require
from portal.kernel.states import Labelled
from portal.kernel.text import N_, Words
from portal.listings.models import Listing
from portal.organisations.queries import seats_of
from portal.proposals.events import DecisionDropped, DecisionHeld, DecisionReleased, ProposalConditionConfirmed
from portal.proposals.inputs import Acceptance, Conditional, Decline, PassOn, Reserve
from portal.proposals.models import HeldDecision, Proposal
from portal.proposals.policies import AUTHOR, LISTING_OWNER
from portal.proposals.queries import held_for, held_on
from portal.proposals.states import ProposalState
from portal.proposals.workflow import PROPOSAL_FLOW

TAKES: dict[str, type[Any]] = {
    "accept": Acceptance,
    "accept_conditionally": Conditional,
    "ask_changes": Reason,
    "reserve": Reserve,
    "redirect": PassOn,
    "decline": Decline,
}


def confirm_condition(session: Session, proposal: Proposal, place: int, *, actor: Actor) -> None:
    """Agree to the condition in that place, counted from 1; with the last one the officers’ approvals open.

    Raises:
        Forbidden: `actor` is not the author.
        Refused: there is nothing to confirm, or not any more.
    """
    require(AUTHOR, actor, proposal)
    conditions = list(proposal.conditions)
    if proposal.state is not ProposalState.CONDITIONAL or not 0 < place <= len(conditions):
        raise Refused(N_("There is nothing to confirm here now: this is “%(state)s”."), state=Words(proposal.state.label))
    if conditions[place - 1].get("confirmed_at"):
        return
    conditions[place - 1] = conditions[place - 1] | {"confirmed_at": clock.now().isoformat()}
    proposal.conditions = conditions
    session.flush()
    record(session, ProposalConditionConfirmed(place), actor=actor, subject=proposal)
    if all(each.get("confirmed_at") for each in conditions):
        PROPOSAL_FLOW.perform(session, proposal, "agree", actor=SYSTEM_ACTOR)


def hold_decision(session: Session, proposal: Proposal, action: str, given: Any, *, actor: Actor) -> HeldDecision:
    """Keep a decision back; it takes the place of one that was held before. The proposal does not change.

    Raises:
        Forbidden: `actor` does not decide on it.
        Refused: this decision could not be taken now either.
    """
    require(LISTING_OWNER, actor, proposal)
    offer = next((each for each in PROPOSAL_FLOW.offered(actor, proposal, session=session) if each.action == action), None)
    if offer is None or not offer.allowed:
        raise Refused((offer.why if offer else None) or N_("This decision is not possible any more. Look at the proposal again."))
    if earlier := held_for(session, proposal.id):
        earlier.ended_at = clock.now()
        session.flush()
    held = HeldDecision(proposal_id=proposal.id, action=action, given=_plain(given), by_id=actor.id, held_at=clock.now())
    if not add_unique(session, held):
        raise Stale
    record(session, DecisionHeld(), actor=actor, subject=held, organisation_id=proposal.host_id)
    return held


def drop_held(session: Session, held: HeldDecision, *, actor: Actor) -> None:
    """Give a held decision up; its proposal waits for one as before."""
    require(LISTING_OWNER, actor, held.proposal)
    if held.ended_at is None:
        held.ended_at = clock.now()
        session.flush()
        record(session, DecisionDropped(), actor=actor, subject=held, organisation_id=held.proposal.host_id)


@dataclass(frozen=True)
class Release:
    """What became of one held decision: `why` is empty where it was told."""

    reference: str
    why: str | Words | None = None


def release_held(session: Session, listing: Listing, picked: Sequence[int] | None, *, actor: Actor) -> list[Release]:
    """Tell the held decisions with these numbers, or all of a listing, in one go. One that cannot be told holds up no other.

    Whoever held a decision has taken it, and counts as the one who did; somebody who no longer may is followed by `actor`.
    """
    waiting = held_on(session, listing.id)
    return [_release(session, held, actor) for held in waiting if picked is None or held.id in picked]


def _release(session: Session, held: HeldDecision, actor: Actor) -> Release:
    proposal, reference = held.proposal, held.proposal.reference
    try:
        with session.begin_nested():
            given = TAKES[held.action](**held.given)
            taker = _taker(session, held, actor)
            PROPOSAL_FLOW.perform(session, proposal, held.action, actor=taker, given=given)
            record(session, DecisionReleased(), actor=actor, subject=held, organisation_id=proposal.host_id)
    except (Invalid, Refused, Forbidden, Missing) as problem:
        return Release(reference, problem.why)
    except StaleDataError:
        return Release(reference, Stale().why)
    return Release(reference)


def _taker(session: Session, held: HeldDecision, actor: Actor) -> Actor:
    account = session.get_one(User, held.by_id)
    taker = Actor(account.id, account.name, str(account.kind.value), seats_of(session, account.id))
    return taker if account.active and LISTING_OWNER.holds(taker, held.proposal) else actor


def _plain(given: Any) -> dict[str, Any]:
    """The input as it is stored: made again from these values, it is checked again."""
    values = asdict(given) if given is not None else {}
    return {name: _value(value) for name, value in values.items()}


def _value(value: Any) -> Any:
    if isinstance(value, Labelled):
        return str(value.value)
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if hasattr(value, "isoformat") else value
