"""What becomes of drafts whose author goes."""

from sqlalchemy import update
from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.kernel.events import Fact
from portal.kernel.policy import Actor
from portal.proposals.models import Interest, Proposal

_EMPTY = "–"


def empty_drafts(session: Session, _fact: Fact, account: User, _actor: Actor) -> None:
    """Reaction to an erased account: what it never sent says nothing any more; what it sent belongs to both sides."""
    unsent = (Proposal.author_id == account.id, Proposal.submitted_at.is_(None))
    session.execute(update(Proposal).where(*unsent).values(title=_EMPTY, draft={}, asked_minor=0, own_minor=0))
    unsent = (Interest.author_id == account.id, Interest.sent_at.is_(None))
    session.execute(update(Interest).where(*unsent).values(motivation="", experience="", asked=[]))
