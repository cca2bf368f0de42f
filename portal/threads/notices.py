"""Whom messages concern: those who take part in the thing, and those who have written about it before."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from portal.kernel.events import Event
from portal.kernel.notices import Concerned, Notice, taking_part
from portal.kernel.text import N_
from portal.threads.events import MessagePosted, SideMessagePosted
from portal.threads.queries import writers_on

_WROTE = N_("because you have written about this")
_READ = N_("Read and answer")


def readers(session: Session, event: Event) -> Iterable[Concerned]:
    """Both sides."""
    yield from taking_part(session, event)
    yield from _writers(session, event, None)


def colleagues(session: Session, event: Event) -> Iterable[Concerned]:
    """The same people; those of the other side are left out by the notice."""
    yield from taking_part(session, event)
    yield from _writers(session, event, event.organisation_id)


def _writers(session: Session, event: Event, side_id: int | None) -> Iterable[Concerned]:
    writers = writers_on(session, event.subject_type, event.subject_id, side_id=side_id)
    return (Concerned(account_id, _WROTE) for account_id in writers)


NOTICES = (
    Notice(
        MessagePosted,
        readers,
        N_("Message from %(actor)s about “%(title)s”"),
        N_("Read it where the case is, and answer there if you wish. Answers by e-mail reach nobody."),
        _READ,
    ),
    Notice(
        SideMessagePosted,
        colleagues,
        N_("Message from %(actor)s to colleagues about “%(title)s”"),
        N_("Only people of your organisation can read it. Answers by e-mail reach nobody."),
        _READ,
        inside=True,
    ),
)
