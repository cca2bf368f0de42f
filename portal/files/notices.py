"""Whom files concern: those who take part in the thing. A file is no reason for a mail; one that is held back is."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.files.events import FileAdded, FileQuarantined, OfficersFileAdded, SideFileAdded
from portal.files.models import File
from portal.kernel.events import Event
from portal.kernel.notices import Concerned, Notice, taking_part
from portal.kernel.policy import Actor
from portal.kernel.subjects import actors_around, subject_named
from portal.kernel.text import N_

_NOTHING = N_("You need do nothing now.")
_SEE = N_("See the files")


def officers(session: Session, event: Event) -> Iterable[Concerned]:
    """Those the file is for."""
    file = session.get(File, event.data["file_id"])
    if file is not None:
        sides = _sides(session, event) if file.side_id is None else (file.side_id,)
        why = N_("because you are a partnership officer of one of the two sides")
        yield from (Concerned(one.id or 0, why) for one in actors_around(session, (), sides))


def keepers(session: Session, event: Event) -> Iterable[Concerned]:
    """Whoever added it, and those who run the portal."""
    file = session.get(File, event.subject_id)
    if file is not None:
        yield Concerned(file.uploaded_by_id, N_("because you added the file"))
    running = select(User.id).where(User.is_admin, User.active).order_by(User.id)
    yield from (Concerned(number, N_("because you run the portal")) for number in session.scalars(running))


def _may_be_fetched(session: Session, event: Event, actor: Actor) -> bool:
    file = session.get(File, event.data["file_id"])
    return file is not None and file.scope.holds(actor, _sides(session, event))


def _sides(session: Session, event: Event) -> tuple[int, ...]:
    subject = subject_named(event.subject_type)
    thing = session.get(subject.model, event.subject_id, options=subject.options)
    return subject.sides(thing) if thing is not None else ()


NOTICES = (
    Notice(FileAdded, taking_part, N_("%(actor)s added a file to “%(title)s”"), _NOTHING, _SEE, mail=False, mutes=True),
    Notice(
        SideFileAdded,
        taking_part,
        N_("%(actor)s added a file for colleagues to “%(title)s”"),
        _NOTHING,
        _SEE,
        mail=False,
        inside=True,
        mutes=True,
    ),
    Notice(
        OfficersFileAdded,
        officers,
        N_("%(actor)s added a file for partnership officers to “%(title)s”"),
        _NOTHING,
        _SEE,
        mail=False,
        may=_may_be_fetched,
        mutes=True,
    ),
    Notice(
        FileQuarantined,
        keepers,
        N_("The file “%(title)s” is held back: the scanner found something in it"),
        N_("Nobody can fetch it. Whoever added it should check their computer and add a clean copy."),
        N_("See what was found"),
    ),
)
