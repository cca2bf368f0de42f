"""Whoever sent a file on its way hears what became of it."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from portal.imports.events import ImportEnded
from portal.imports.models import ImportRun
from portal.kernel.events import Event
from portal.kernel.notices import Concerned, Notice
from portal.kernel.text import N_


def who_asked(session: Session, event: Event) -> Iterable[Concerned]:
    """Whoever uploaded the file."""
    run = session.get(ImportRun, event.subject_id)
    return [Concerned(run.asked_by_id, N_("because you uploaded this file"))] if run is not None else []


NOTICES = (
    Notice(
        ImportEnded,
        who_asked,
        N_("Your file “%(title)s”: %(state)s"),
        N_("See what came in and what was left out, with the reason for each."),
        N_("See the report"),
    ),
)
