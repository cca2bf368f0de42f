"""What goes over to the organisation that stays."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import delete, select, union, update
from sqlalchemy.orm import Session

from portal.approvals.models import Approval
from portal.collaborations.models import CheckItem, Collaboration, Document, HandOver, Outcome, Participant
from portal.files.models import File
from portal.kernel.workflow import Step
from portal.listings.actions import move_listings
from portal.listings.models import Listing
from portal.listings.states import Visibility
from portal.mergers.models import EndedRoles
from portal.mergers.queries import role_holders
from portal.organisations.actions import take_in_duplicate
from portal.organisations.models import Organisation
from portal.proposals.models import CoAuthor, Confirmation, Interest, Proposal
from portal.questions.models import Question
from portal.threads.models import Message, Note

# A side of something that two organisations have in common, or what is kept to one side of it. Listings, members, domains and
# what organisations say of themselves are moved by those who know them.
MOVED: tuple[Any, ...] = (
    Question.host_id,
    Interest.host_id,
    Interest.organisation_id,
    Proposal.host_id,
    Proposal.organisation_id,
    Collaboration.host_id,
    Collaboration.organisation_id,
    CheckItem.side_id,
    Participant.side_id,
    Participant.from_id,
    HandOver.side_id,
    Outcome.side_id,
    Document.side_id,
    CoAuthor.organisation_id,
    CoAuthor.from_id,
    Confirmation.organisation_id,
    Confirmation.partner_id,
    Approval.organisation_id,
    Message.side_id,
    Note.side_id,
    File.side_id,
)


def carry_out(step: Step) -> None:
    """Everything, in this one transaction."""
    session, merger = step.session, step.thing
    pair = (merger.gone_id, merger.kept_id)
    session.execute(select(Organisation.id).where(Organisation.id.in_(pair)).order_by(Organisation.id).with_for_update())
    for membership in role_holders(session, merger.gone_id)[merger.gone_id]:
        session.add(
            EndedRoles(
                merger_id=merger.id,
                account_id=membership.account_id,
                roles=list(membership.roles),
                limit_minor=membership.limit_minor,
                limit_currency=membership.limit_currency,
            )
        )
    session.flush()
    move_listings(session, merger.gone, merger.kept, answered=_answered(session, merger.gone_id), actor=step.actor)
    _be_one_partner(session, merger.gone_id, merger.kept_id)
    for column in MOVED:
        _move(session, column, merger.gone_id, merger.kept_id)
    take_in_duplicate(session, merger.kept, merger.gone, actor=step.actor)


def _be_one_partner(session: Session, gone_id: int, kept_id: int) -> None:
    """Where both are partners in one proposal, the one that stays confirms it; what the other said of it is in the log."""
    kept = select(Confirmation.proposal_id).where(Confirmation.partner_id == kept_id)
    session.execute(delete(Confirmation).where(Confirmation.partner_id == gone_id, Confirmation.proposal_id.in_(kept)))


def _move(session: Session, column: Any, gone_id: int, kept_id: int) -> None:
    """A page that shows the thing as it was before can change nothing any more: its version is another one."""
    model = column.class_
    values = {column.key: kept_id} | ({"version": model.version + 1} if hasattr(model, "version") else {})
    session.execute(update(model).where(column == gone_id).values(values))


def _answered(session: Session, organisation_id: int) -> Mapping[int, Collection[int]]:
    """Who answered its listings for members alone, by listing."""
    theirs = select(Listing.id).where(Listing.organisation_id == organisation_id, Listing.visibility == Visibility.ORGANISATION)
    rows = union(
        select(Interest.listing_id, Interest.author_id).where(Interest.listing_id.in_(theirs), Interest.sent_at.is_not(None)),
        select(Proposal.listing_id, Proposal.author_id).where(
            Proposal.listing_id.in_(theirs), Proposal.submitted_at.is_not(None)
        ),
    )
    found: dict[int, set[int]] = defaultdict(set)
    for listing_id, account_id in session.execute(rows):
        found[listing_id].add(account_id)
    return found
