"""Whom facts about documents concern: those who read them and have a part in the work."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from portal.collaborations.events import DocumentMoved
from portal.collaborations.models import Document
from portal.collaborations.notices.work import leads, leads_and_officers
from portal.collaborations.queries import DOCUMENT
from portal.collaborations.states import Access
from portal.files.events import FileAdded
from portal.kernel.events import Event
from portal.kernel.notices import Concerned, Notice
from portal.kernel.text import N_

_NOTHING = N_("You need do nothing now.")
_OPEN = N_("Open the document")


def readers(session: Session, event: Event) -> Iterable[Concerned]:
    """Leads, members and guests, or the officers where it is theirs; whoever may not read it is left out by others."""
    document = session.get(Document, event.subject_id, options=DOCUMENT) if event.subject_type == "document" else None
    if document is None:
        return
    if document.access is Access.OFFICERS:
        yield from leads_and_officers(session, event)
        return
    yield from leads(session, event)
    why = N_("because you take part in this collaboration")
    yield from (Concerned(number, why) for number in document.collaboration.team)


NOTICES = (
    Notice(FileAdded, readers, N_("%(actor)s added a version of the document “%(title)s”"), _NOTHING, _OPEN),
    Notice(DocumentMoved, readers, N_("Document “%(title)s” is now: %(state)s"), _NOTHING, _OPEN),
)
