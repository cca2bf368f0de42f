"""Facts about documents. Each version is a file, which tells of itself."""

from dataclasses import dataclass
from typing import Any, ClassVar, Self

from portal.kernel.events import Fact
from portal.kernel.text import N_


@dataclass(frozen=True)
class DocumentFiled(Fact):
    """A document was added, with its first version."""

    kind: ClassVar[str] = "document.filed"
    says: ClassVar[str] = N_("%(actor)s filed the document %(subject)s")


@dataclass(frozen=True)
class DocumentRenamed(Fact):
    """It has another title or stands in another category."""

    kind: ClassVar[str] = "document.renamed"
    says: ClassVar[str] = N_("%(actor)s changed title or category of the document %(subject)s")


@dataclass(frozen=True)
class DocumentShared(Fact):
    """Others than before read it."""

    kind: ClassVar[str] = "document.shared"
    says: ClassVar[str] = N_("%(actor)s changed who reads the document %(subject)s: %(access)s")
    access: str


@dataclass(frozen=True)
class DocumentMoved(Fact):
    """It was locked as final, unlocked or removed."""

    kind: ClassVar[str] = "document.moved"
    says: ClassVar[str] = N_("%(actor)s set the document %(subject)s to: %(state)s")
    state: str

    @classmethod
    def of(cls, step: Any) -> Self:
        return cls(state=str(step.row.target.value))
