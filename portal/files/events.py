"""Facts about files. Their subject is the thing the file was added to; its name stays with the file."""

from dataclasses import dataclass
from typing import ClassVar

from portal.kernel.events import Fact
from portal.kernel.text import N_


@dataclass(frozen=True)
class FileAdded(Fact):
    """Everybody who can read the thing can fetch a new file."""

    kind: ClassVar[str] = "file.added"
    says: ClassVar[str] = N_("%(actor)s added a file to %(subject)s")
    file_id: int


@dataclass(frozen=True)
class SideFileAdded(Fact):
    """The people of one organisation can fetch a new file; the other side does not learn of it."""

    kind: ClassVar[str] = "file.added_inside"
    says: ClassVar[str] = N_("%(actor)s added a file to %(subject)s for colleagues")
    seen_by: ClassVar[str] = "staff"
    file_id: int


@dataclass(frozen=True)
class FileRemoved(Fact):
    """Whoever added the file took it away, bytes and all."""

    kind: ClassVar[str] = "file.removed"
    says: ClassVar[str] = N_("%(actor)s removed a file from %(subject)s")
    file_id: int


@dataclass(frozen=True)
class SideFileRemoved(Fact):
    """Whoever added a file for colleagues took it away."""

    kind: ClassVar[str] = "file.removed_inside"
    says: ClassVar[str] = N_("%(actor)s removed a file for colleagues from %(subject)s")
    seen_by: ClassVar[str] = "staff"
    file_id: int


@dataclass(frozen=True)
class OfficersFileAdded(Fact):
    """Partnership officers of both sides, or of one, can fetch a new file."""

    kind: ClassVar[str] = "file.added_officers"
    says: ClassVar[str] = N_("%(actor)s added a file for partnership officers to %(subject)s")
    seen_by: ClassVar[str] = "told"
    file_id: int


@dataclass(frozen=True)
class OfficersFileRemoved(Fact):
    """Whoever added a file for partnership officers took it away."""

    kind: ClassVar[str] = "file.removed_officers"
    says: ClassVar[str] = N_("%(actor)s removed a file for partnership officers from %(subject)s")
    seen_by: ClassVar[str] = "told"
    file_id: int


@dataclass(frozen=True)
class FileQuarantined(Fact):
    """The scanner found something in it: nobody can fetch it."""

    kind: ClassVar[str] = "file.quarantined"
    says: ClassVar[str] = N_("%(actor)s held %(subject)s back: the scanner found something in it")
    seen_by: ClassVar[str] = "told"


@dataclass(frozen=True)
class FileSentToCheck(Fact):
    """An administrator of the portal lets a file that was held back be looked at again."""

    kind: ClassVar[str] = "file.rechecked"
    says: ClassVar[str] = N_("%(actor)s let %(subject)s be checked again")
    seen_by: ClassVar[str] = "told"
