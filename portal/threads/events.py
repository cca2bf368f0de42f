"""Facts about messages and notes. Their subject is the thing the thread is about; what was written stays in its row."""

from dataclasses import dataclass
from typing import ClassVar

from portal.kernel.events import Fact
from portal.kernel.text import N_


@dataclass(frozen=True)
class MessagePosted(Fact):
    """Somebody wrote to everybody who can read the thing."""

    kind: ClassVar[str] = "message.posted"
    says: ClassVar[str] = N_("%(actor)s wrote a message about %(subject)s")
    message_id: int


@dataclass(frozen=True)
class SideMessagePosted(Fact):
    """Somebody wrote to the people of their own organisation; the other side does not learn of it."""

    kind: ClassVar[str] = "message.posted_inside"
    says: ClassVar[str] = N_("%(actor)s wrote to colleagues about %(subject)s")
    seen_by: ClassVar[str] = "staff"
    message_id: int


@dataclass(frozen=True)
class OfficersMessagePosted(Fact):
    """A partnership officer wrote to those of both sides, or to those of their own."""

    kind: ClassVar[str] = "message.posted_officers"
    says: ClassVar[str] = N_("%(actor)s wrote to partnership officers about %(subject)s")
    seen_by: ClassVar[str] = "told"
    message_id: int


@dataclass(frozen=True)
class PersonMentioned(Fact):
    """A message calls somebody by name who can read it."""

    kind: ClassVar[str] = "message.mentioned"
    says: ClassVar[str] = N_("%(actor)s mentioned somebody in a message about %(subject)s")
    seen_by: ClassVar[str] = "told"
    message_id: int
    account_id: int


@dataclass(frozen=True)
class MessageEdited(Fact):
    """Within a quarter of an hour an author said it better. What it said before is kept."""

    kind: ClassVar[str] = "message.edited"
    says: ClassVar[str] = N_("%(actor)s changed a message about %(subject)s")
    seen_by: ClassVar[str] = "told"
    message_id: int


@dataclass(frozen=True)
class MessageTakenBack(Fact):
    """Within a quarter of an hour an author took it back; that there was one stays to be seen."""

    kind: ClassVar[str] = "message.taken_back"
    says: ClassVar[str] = N_("%(actor)s took a message about %(subject)s back")
    seen_by: ClassVar[str] = "told"
    message_id: int


@dataclass(frozen=True)
class ThreadLocked(Fact):
    """What both sides read of the conversation takes no more messages."""

    kind: ClassVar[str] = "thread.locked"
    says: ClassVar[str] = N_("%(actor)s closed the conversation about %(subject)s")


@dataclass(frozen=True)
class ThreadUnlocked(Fact):
    """It goes on."""

    kind: ClassVar[str] = "thread.unlocked"
    says: ClassVar[str] = N_("%(actor)s opened the conversation about %(subject)s again")


@dataclass(frozen=True)
class NoteWritten(Fact):
    """Somebody wrote a private note of their side, or another text in its place."""

    kind: ClassVar[str] = "note.written"
    says: ClassVar[str] = N_("%(actor)s wrote a private note about %(subject)s")
    seen_by: ClassVar[str] = "staff"
    number: int  # of the note


@dataclass(frozen=True)
class NoteRemoved(Fact):
    """Somebody removed a private note of theirs."""

    kind: ClassVar[str] = "note.removed"
    says: ClassVar[str] = N_("%(actor)s removed a private note about %(subject)s")
    seen_by: ClassVar[str] = "staff"
    number: int  # of the note
