"""One thing done with many things of the board: each for itself, so that one that cannot be done holds up no other."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from portal.approvals.models import Approval
from portal.approvals.states import ApprovalState
from portal.board.events import HolderAsked
from portal.board.inputs import Order
from portal.board.models import Reminder
from portal.board.policies import OFFICE
from portal.board.queries import Entry, entries_of
from portal.board.states import Readers, Together, What
from portal.kernel import clock
from portal.kernel.db import add_unique
from portal.kernel.errors import Forbidden, Invalid, Missing, Refused, Stale
from portal.kernel.events import record
from portal.kernel.policy import Actor, Role, require
from portal.kernel.scopes import EVERYBODY, Scope, scopes_for
from portal.kernel.subjects import load_subject, own_side, subject_named
from portal.kernel.text import N_, Words
from portal.kernel.workflow import Workflow
from portal.organisations.queries import holders_of
from portal.proposals.workflow import INTEREST_FLOW, PROPOSAL_FLOW
from portal.threads.actions import choose_place, load_conversation, post_message

_FLOWS: Mapping[Together, tuple[What, Workflow]] = {
    Together.ACKNOWLEDGE: (What.INTEREST, INTEREST_FLOW),
    Together.TAKE_UP: (What.PROPOSAL, PROPOSAL_FLOW),
}


@dataclass(frozen=True)
class Outcome:
    """What became of one of them: `why` it was not done, or nothing."""

    entry: Entry
    why: str | Words | None = None


def act_together(session: Session, picks: Collection[tuple[What, int]], order: Order, *, actor: Actor) -> list[Outcome]:
    """Do with each of `picks` what `order` says; what stands on the board of `actor` no longer is left out.

    Raises:
        Forbidden: `actor` is no officer.
    """
    require(OFFICE, actor, None)
    return [_outcome(session, entry, order, actor) for entry in entries_of(session, actor, picks)]


def _outcome(session: Session, entry: Entry, order: Order, actor: Actor) -> Outcome:
    try:
        with session.begin_nested():
            _WAYS[order.do](session, entry, order, actor)
    except (Invalid, Refused, Forbidden, Missing) as problem:
        return Outcome(entry, problem.why)
    except StaleDataError:
        return Outcome(entry, Stale().why)
    return Outcome(entry)


def _remind(session: Session, entry: Entry, _order: Order, actor: Actor) -> None:
    thing = load_subject(session, entry.what, entry.id, actor=actor)
    holders = set(_holders(session, entry)) - {actor.id}
    if not holders:
        raise Refused(N_("Nobody else has to act here now."))
    today = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    about = {"source": f"board.{entry.what}", "thing_id": entry.id, "due_at": today, "step": 0, "sent_at": clock.now()}
    new = [each for each in sorted(holders) if add_unique(session, Reminder(account_id=each, **about))]
    if not new:
        raise Refused(N_("They were reminded today already."))
    side = own_side(entry.what, thing, actor)
    for each in new:
        record(session, HolderAsked(account_id=each), actor=actor, subject=thing, organisation_id=side)


def _holders(session: Session, entry: Entry) -> Iterable[int]:
    """Whose turn it is: one person, or the officers of each side whose approval is missing."""
    if entry.person_id is not None:
        return [entry.person_id]
    if entry.what is not What.PROPOSAL:
        return []
    open_slots = Approval.subject_type == "proposal", Approval.subject_id == entry.id, Approval._state == ApprovalState.OPEN
    sides = session.scalars(select(Approval.organisation_id).where(*open_slots)).all()
    return [each for side in sides for each in holders_of(session, side, Role.OFFICER)]


def _write(session: Session, entry: Entry, order: Order, actor: Actor) -> None:
    thing = load_subject(session, entry.what, entry.id, actor=actor)
    scope = Scope(own_side(entry.what, thing, actor)) if order.readers is Readers.OWN else EVERYBODY
    if scope not in scopes_for(actor, subject_named(entry.what).sides(thing)):
        raise Refused(N_("The other side is one person without an organisation, who reads all messages. Write a private note."))
    post_message(session, entry.what, entry.id, order.text, actor=actor, scope=scope)


def _follow(session: Session, entry: Entry, _order: Order, actor: Actor) -> None:
    thing = load_conversation(session, entry.what, entry.id, actor=actor)
    choose_place(session, thing, follows=True, muted=False, actor=actor)


def _step(session: Session, entry: Entry, order: Order, actor: Actor) -> None:
    what, flow = _FLOWS[order.do]
    if entry.what is not what:
        raise Refused(N_("This cannot be done with it."))
    flow.perform(session, load_subject(session, entry.what, entry.id, actor=actor), str(order.do), actor=actor)


_WAYS: Mapping[Together, Callable[[Session, Entry, Order, Actor], None]] = {
    Together.REMIND: _remind,
    Together.WRITE: _write,
    Together.FOLLOW: _follow,
    Together.ACKNOWLEDGE: _step,
    Together.TAKE_UP: _step,
}
