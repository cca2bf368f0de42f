"""What an upload says about itself: all of it is only data until the bytes have been looked at."""

import re
from dataclasses import dataclass
from typing import IO, Any, Protocol

from portal.files.accepted import ACCEPTED, extension_of
from portal.kernel.errors import Invalid
from portal.kernel.ids import row_id
from portal.kernel.scopes import EVERYBODY, Scope
from portal.kernel.text import N_, one_line

_NOT_IN_NAMES = re.compile(r'[<>:"|?*\x00-\x1f]')
LONGEST_NAME = 120


class Part(Protocol):
    """One file of a form: how it was called, and its bytes."""

    filename: str | None
    stream: IO[bytes]


@dataclass(frozen=True)
class Upload:
    """One file to be added, who of the thing's readers it is for – a scope or its key – and the message it belongs to, if any."""

    file: Part | None
    scope: Any = EVERYBODY
    said_with: str = ""

    def __post_init__(self) -> None:
        scope = self.scope if isinstance(self.scope, Scope) else Scope.named(self.scope or EVERYBODY.key)
        if self.said_with:  # a message's file is for those who read the message
            key, _, number = str(self.said_with).rpartition("-")
            scope = None if row_id(number) is None else Scope.named(key)
        if scope is None:
            raise Invalid("scope", N_("Choose one of the options."))
        object.__setattr__(self, "scope", scope)
        if self.file is None or not self.file.filename:
            raise Invalid("file", N_("Choose a file."))
        if extension_of(self.name) not in ACCEPTED:
            raise Invalid("file", N_("This kind of file is not accepted. Accepted are: %(kinds)s."), kinds=", ".join(ACCEPTED))

    @property
    def name(self) -> str:
        """The name without folders, control and direction marks, and characters that some systems cannot store."""
        given = (self.file.filename or "") if self.file else ""
        plain = _NOT_IN_NAMES.sub("", one_line(re.split(r"[/\\]", given)[-1])).strip(" .")
        stem, dot, extension = plain.rpartition(".")
        return f"{stem.strip(' .')[:LONGEST_NAME]}{dot}{extension}" if stem.strip(" .") else ""
