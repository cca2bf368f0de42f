"""Facts about files of records that people bring in."""

from dataclasses import dataclass
from typing import ClassVar

from portal.imports.states import ImportState
from portal.kernel.events import Fact
from portal.kernel.text import N_


@dataclass(frozen=True)
class ImportUploaded(Fact):
    """A file of records lies ready to be looked at; nothing of it has been taken in."""

    kind: ClassVar[str] = "import.uploaded"
    says: ClassVar[str] = N_("%(actor)s uploaded %(subject)s to be imported")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class ImportColumnsChosen(Fact):
    """Somebody said which column of the file is which field."""

    kind: ClassVar[str] = "import.columns_chosen"
    says: ClassVar[str] = N_("%(actor)s chose the columns of %(subject)s")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class ImportAsked(Fact):
    """The worker is to go through the file: to check it, or in earnest."""

    kind: ClassVar[str] = "import.asked"
    says: ClassVar[str] = N_("%(actor)s sent %(subject)s on its way: %(state)s")
    seen_by: ClassVar[str] = "staff"
    state: ImportState


@dataclass(frozen=True)
class ImportStopAsked(Fact):
    """What was taken in so far stays; the rest of the file is left."""

    kind: ClassVar[str] = "import.stop_asked"
    says: ClassVar[str] = N_("%(actor)s asked to stop %(subject)s")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class ImportEnded(Fact):
    """The worker is through with the file, or gave it up."""

    kind: ClassVar[str] = "import.ended"
    says: ClassVar[str] = N_("%(subject)s: %(state)s")
    seen_by: ClassVar[str] = "staff"
    state: ImportState


@dataclass(frozen=True)
class ImportDiscarded(Fact):
    """Somebody took the file away; what had come in with it stays."""

    kind: ClassVar[str] = "import.discarded"
    says: ClassVar[str] = N_("%(actor)s removed %(subject)s from the imports")
    seen_by: ClassVar[str] = "staff"


@dataclass(frozen=True)
class ImportForgotten(Fact):
    """Nobody went on with the file for a week, so that its bytes were removed."""

    kind: ClassVar[str] = "import.forgotten"
    says: ClassVar[str] = N_("The file of %(subject)s was removed: nobody went on with it")
    seen_by: ClassVar[str] = "staff"
