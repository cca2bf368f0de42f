"""Filing documents, and saying anew what they are called and who reads them."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.collaborations.actions.people import side_of
from portal.collaborations.events import DocumentFiled, DocumentRenamed, DocumentShared
from portal.collaborations.inputs import DocumentEntry
from portal.collaborations.models import Collaboration, Document
from portal.collaborations.policies import DOCUMENT_FILES, DOCUMENT_KEEPS, accesses_for
from portal.collaborations.queries import MOST_DOCUMENTS
from portal.collaborations.states import DocumentState
from portal.files.actions import add_file
from portal.files.inputs import Upload
from portal.files.store import Kept
from portal.kernel import clock
from portal.kernel.errors import Invalid, Refused
from portal.kernel.events import record
from portal.kernel.policy import Actor, require
from portal.kernel.text import N_


def file_document(
    session: Session, collaboration: Collaboration, entry: DocumentEntry, upload: Upload, kept: Kept, *, actor: Actor
) -> Document:
    """Add a document with its first version, whose bytes lie in the store. Possible after the close as well.

    Raises:
        Forbidden: `actor` takes part as a guest, or not at all.
        Refused: there are too many.
        Invalid: they would not read it themselves, or the file is not accepted.
    """
    require(DOCUMENT_FILES, actor, collaboration)
    _require_access(entry, collaboration, actor)
    there = select(func.count()).select_from(Document).where(Document.collaboration_id == collaboration.id)
    if (session.scalar(there) or 0) >= MOST_DOCUMENTS:
        raise Refused(N_("A collaboration has room for %(most)s documents. Add a version to one of them."), most=MOST_DOCUMENTS)
    document = Document(
        collaboration=collaboration,
        side_id=side_of(collaboration, actor),
        category=entry.category,
        title=entry.title,
        access=entry.access,
        by_id=actor.id,
        at=clock.now(),
    )
    session.add(document)
    session.flush()
    record(session, DocumentFiled(), actor=actor, subject=document)
    add_file(session, Document.__tablename__, document.id, upload, kept, actor=actor)
    return document


def change_document(session: Session, document: Document, entry: DocumentEntry, *, actor: Actor) -> None:
    """Give it another title, category or readers.

    Raises:
        Forbidden: `actor` neither filed it nor answers for the side that did.
        Refused: it was removed.
        Invalid: they would not read it any more.
    """
    require(DOCUMENT_KEEPS, actor, document)
    if document.state is DocumentState.REMOVED:
        raise Refused(N_("This document was removed: nothing of it can be changed any more."))
    if entry.access is not document.access:
        _require_access(entry, document.collaboration, actor)
        document.access = entry.access
        session.flush()
        record(session, DocumentShared(access=str(entry.access.value)), actor=actor, subject=document)
    if (entry.title, entry.category) != (document.title, document.category):
        document.title, document.category = entry.title, entry.category
        session.flush()
        record(session, DocumentRenamed(), actor=actor, subject=document)


def _require_access(entry: DocumentEntry, collaboration: Collaboration, actor: Actor) -> None:
    if entry.access not in accesses_for(actor, collaboration):
        raise Invalid("access", N_("Choose one of the options."))
