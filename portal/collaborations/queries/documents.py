"""Reads over documents, as far as their reader may know of them."""

from collections.abc import Sequence

from sqlalchemy import case, select
from sqlalchemy.orm import Session, joinedload

from portal.accounts.models import User
from portal.collaborations.models import Collaboration, Document
from portal.collaborations.policies import DOCUMENT_READ
from portal.collaborations.queries.collaborations import BRIEF
from portal.collaborations.states import DocumentCategory
from portal.kernel.policy import Actor
from portal.organisations.queries import NAMED

MOST_DOCUMENTS = 300  # of one collaboration
DOCUMENT = (
    joinedload(Document.collaboration).options(*BRIEF),
    joinedload(Document.side).load_only(*NAMED),
    joinedload(Document.by).load_only(User.name),
    joinedload(Document.moved_by).load_only(User.name),
)
_ORDER = case({category: number for number, category in enumerate(DocumentCategory)}, value=Document.category)


def documents_of(session: Session, actor: Actor, collaboration: Collaboration) -> Sequence[Document]:
    """What this person may read of it, by category and title; what was removed is there with who did that."""
    query = select(Document).where(Document.collaboration_id == collaboration.id, DOCUMENT_READ.where(actor))
    loaded = (joinedload(Document.collaboration), joinedload(Document.moved_by).load_only(User.name))
    return session.scalars(query.options(*loaded).order_by(_ORDER, Document.title, Document.at)).all()
