"""Naming partners of a proposal, asking them to confirm what it says, and who of the team writes which part."""

from sqlalchemy import update
from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.kernel import clock
from portal.kernel.db import add_unique
from portal.kernel.errors import Invalid, Missing, Refused
from portal.kernel.events import Fact, record
from portal.kernel.policy import SYSTEM_ACTOR, Actor, require
from portal.kernel.text import N_
from portal.organisations.models import Organisation
from portal.proposals.actions.saving import write
from portal.proposals.events import ConfirmationDue, PartAssigned, PartnerNamed
from portal.proposals.inputs import PartKept
from portal.proposals.inputs.houses import House, with_house
from portal.proposals.models import Confirmation, Proposal, Section
from portal.proposals.policies import AUTHOR, WRITER
from portal.proposals.queries import co_authors_of, confirmations_of, section_of, unanswered_since
from portal.proposals.states import Right
from portal.proposals.workflow import CONFIRMATION_FLOW
from portal.proposals.workflow.partners import reopen_confirmations

REMINDED_AFTER_DAYS = 3
_AT_ONCE = 200


def name_partner(session: Session, proposal: Proposal, co_author_id: int, *, actor: Actor) -> Confirmation:
    """Let a co-author speak for the organisation they take part for, which is a partner from now on, in the text too.

    Raises:
        Forbidden: `actor` is not the author.
        Missing: nobody of that number takes part.
        Refused: they take part for no organisation of their own, or it is a partner already.
    """
    require(AUTHOR, actor, proposal)
    lead = next((one for one in co_authors_of(session, proposal.id) if one.id == co_author_id and one.is_active), None)
    if lead is None:
        raise Missing
    if lead.from_id is None or lead.from_id == proposal.organisation_id:
        raise Refused(N_("They take part for no organisation but your own. Its word is yours: you submit."))
    named = Confirmation(
        proposal_id=proposal.id,
        organisation_id=proposal.organisation_id,
        partner_id=lead.from_id,
        lead_id=lead.account_id,
    )
    if not add_unique(session, named):
        raise Refused(N_("This organisation is a partner already. Leave it out first to name somebody else for it."))
    house = House(lead.from_id, session.get_one(Organisation, lead.from_id).name)
    write(proposal, with_house(proposal.written, house))
    reopen_confirmations(session, proposal)  # who stands behind it is part of what the others confirmed
    session.flush()
    session.expire(proposal, ["asked_of"])
    record(session, PartnerNamed(), actor=actor, subject=named)
    return named


def ask_partners(session: Session, proposal: Proposal, *, actor: Actor) -> int:
    """Ask every partner who has not confirmed what it says now; returns how many.

    Raises:
        Forbidden: `actor` is not the author.
        Refused: it is not being written.
    """
    require(AUTHOR, actor, proposal)
    open_ones = [one for one in confirmations_of(session, proposal.id) if one.state in CONFIRMATION_FLOW["ask"].source]
    for confirmation in open_ones:
        CONFIRMATION_FLOW.perform(session, confirmation, "ask", actor=actor)
    return len(open_ones)


def remind_partners(session: Session) -> int:
    """Remind those who have not answered for some days, once; returns how many."""
    waiting = unanswered_since(session, REMINDED_AFTER_DAYS, at_most=_AT_ONCE)
    for confirmation in waiting:
        confirmation.reminded_at = clock.now()
        record(session, ConfirmationDue(), actor=SYSTEM_ACTOR, subject=confirmation)
    return len(waiting)


def keep_part(session: Session, proposal: Proposal, part: str, given: PartKept, *, actor: Actor) -> None:
    """Say who writes a part, and whether it is done.

    Raises:
        Forbidden: `actor` neither is the author nor may write with them.
        Invalid: whoever is named does not write this proposal.
    """
    require(WRITER, actor, proposal)
    writers = {0, proposal.author_id, *(number for number, right in proposal.rights.items() if right is Right.EDIT)}
    if given.owner_id not in writers:
        raise Invalid("owner_id", N_("Choose somebody who writes this proposal."))
    section = section_of(session, proposal.id, part)
    if section is None:
        section = Section(proposal_id=proposal.id, part=part)
        session.add(section)
    section.owner_id = given.owner_id or None
    section.done_at = (section.done_at or clock.now()) if given.done else None
    session.flush()
    session.expire(proposal, ["kept_by"])
    fact = PartAssigned(part=part, account_id=given.owner_id, done=given.done)
    record(session, fact, actor=actor, subject=proposal)


def forget_section_owner(session: Session, _fact: Fact, account: User, _actor: Actor) -> None:
    """Reaction to an erased account: no part of a proposal waits for it."""
    session.execute(update(Section).where(Section.owner_id == account.id).values(owner_id=None))
