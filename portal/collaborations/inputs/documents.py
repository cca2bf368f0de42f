"""What people may send about documents; the files are uploads of their own."""

from dataclasses import dataclass
from typing import Any

from portal.collaborations.states import Access, DocumentCategory
from portal.kernel import inputs


@dataclass(frozen=True)
class DocumentEntry:
    """What a document is called, where it stands, and who reads it."""

    title: str
    category: DocumentCategory
    access: Access

    def __post_init__(self) -> None:
        inputs.gather(
            lambda: _keep(self, "title", inputs.line("title", self.title)),
            lambda: _keep(self, "category", inputs.one_of("category", self.category, DocumentCategory)),
            lambda: _keep(self, "access", inputs.one_of("access", self.access, Access)),
        )


def _keep(thing: Any, name: str, value: Any) -> None:
    object.__setattr__(thing, name, value)
