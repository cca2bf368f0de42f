"""What becomes of drafts whose author goes."""

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.files.models import File
from portal.kernel.events import Fact
from portal.kernel.policy import Actor
from portal.proposals.models import Folder, Interest, Proposal

_EMPTY = "–"


def empty_drafts(session: Session, _fact: Fact, account: User, _actor: Actor) -> None:
    """Reaction to an erased account: what it never sent says nothing any more; what it sent belongs to both sides."""
    unsent = (Proposal.author_id == account.id, Proposal.submitted_at.is_(None))
    session.execute(update(Proposal).where(*unsent).values(title=_EMPTY, draft={}, asked_minor=0, own_minor=0))
    enclosed = (File.subject_type == Folder.__tablename__, File.subject_id.in_(select(Proposal.id).where(*unsent)))
    session.execute(delete(File).where(*enclosed))  # their bytes are swept out
    unsent = (Interest.author_id == account.id, Interest.sent_at.is_(None))
    session.execute(update(Interest).where(*unsent).values(motivation="", experience="", asked=[]))
