"""Reads about partners who confirm a proposal, and about who writes which part of it."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import String, cast, null, select
from sqlalchemy.orm import Session, joinedload

from portal.accounts.models import User
from portal.kernel import clock
from portal.kernel.db import AnySelect
from portal.kernel.ids import reference
from portal.kernel.policy import Actor
from portal.kernel.text import N_
from portal.kernel.work import Source
from portal.listings.models import Listing
from portal.organisations.queries import NAMED
from portal.proposals.models import Confirmation, Proposal, Section
from portal.proposals.policies import CO_EDITOR, LEAD, WRITABLE
from portal.proposals.queries.proposals import BY_ID, CORE
from portal.proposals.states import ConfirmationState

# What the rules of a confirmation need, and what its page shows.
CONFIRMATION_CORE = (joinedload(Confirmation.proposal).options(*CORE),)
CONFIRMATION_FULL = (
    *CONFIRMATION_CORE,
    joinedload(Confirmation.partner).load_only(*NAMED),
    joinedload(Confirmation.lead).load_only(User.name),
)


def proposal_as_written(session: Session, number: int) -> Proposal:
    """The proposal as the database has it, whatever this session knew of it."""
    anew = BY_ID.options(*CORE).execution_options(populate_existing=True)
    return session.scalars(anew, {"id": number}).one()


def confirmations_of(session: Session, proposal_id: int) -> Sequence[Confirmation]:
    """One for each partner of a proposal, in the order in which they were named."""
    live = (Confirmation.proposal_id == proposal_id, Confirmation._state != ConfirmationState.LEFT_OUT)
    return session.scalars(select(Confirmation).options(*CONFIRMATION_FULL).where(*live).order_by(Confirmation.id)).all()


def unanswered_since(session: Session, days: int, *, at_most: int) -> Sequence[Confirmation]:
    """Those who were asked so long ago, have said nothing and were not reminded yet."""
    waiting = select(Confirmation).where(
        Confirmation._state == ConfirmationState.ASKED,
        Confirmation.asked_at <= clock.now() - dt.timedelta(days=days),
        Confirmation.reminded_at.is_(None),
    )
    return session.scalars(waiting.order_by(Confirmation.id).limit(at_most)).all()


def section_of(session: Session, proposal_id: int, part: str) -> Section | None:
    """Who writes a part, once somebody was named."""
    return session.get(Section, (proposal_id, part))


def confirmations_to_give(actor: Actor) -> AnySelect | None:
    """What waits for this person as lead of a partner."""
    if not actor.is_person:
        return None
    asked = (Confirmation._state == ConfirmationState.ASKED, Proposal._state.in_(WRITABLE), LEAD.where(actor))
    return (
        _waiting(Confirmation.id, cast(null(), String), Confirmation.asked_at)
        .join(Confirmation, Confirmation.proposal_id == Proposal.id)
        .where(*asked)
    )


def objections_to_settle(actor: Actor) -> AnySelect | None:
    """What a partner objects to in this person's own drafts."""
    if not actor.is_person:
        return None
    objected = (Confirmation._state == ConfirmationState.OBJECTED, Proposal._state.in_(WRITABLE))
    return (
        _waiting(Proposal.id, cast(null(), String), Confirmation.answered_at)
        .join(Confirmation, Confirmation.proposal_id == Proposal.id)
        .where(*objected, Proposal.author_id == actor.id)
    )


def parts_to_write(actor: Actor) -> AnySelect | None:
    """Parts that are this person's to write, in proposals of others."""
    if not actor.is_person:
        return None
    mine = (Section.owner_id == actor.id, Section.done_at.is_(None), Proposal._state.in_(WRITABLE), CO_EDITOR.where(actor))
    return _waiting(Proposal.id, Section.part, Proposal.edited_at).join(Section, Section.proposal_id == Proposal.id).where(*mine)


def _waiting(number: Any, detail: Any, since: Any) -> AnySelect:
    shown = (number.label("id"), Proposal.title.label("title"), detail.label("detail"), since.label("since"))
    chosen: AnySelect = select(*shown, Listing.closes_at.label("due_at")).select_from(Proposal).join(Proposal.listing)
    return chosen


TOGETHER = (
    Source(
        "confirmation.give",
        N_("Confirm for your organisation:"),
        N_("Read and confirm"),
        lambda number, _detail: f"/confirmations/{number}",
        confirmations_to_give,
    ),
    Source(
        "confirmation.settle",
        N_("A partner objects to"),
        N_("Open the team"),
        lambda number, _detail: f"/proposals/{reference('PR', number)}/team",
        objections_to_settle,
    ),
    Source(
        "proposal.part",
        N_("Write your part of"),
        N_("Go on writing"),
        lambda number, detail: f"/proposals/{reference('PR', number)}/edit/{detail}",
        parts_to_write,
    ),
)
