"""What an upload says about itself: all of it is only data until the bytes have been looked at."""

import re
from dataclasses import dataclass
from typing import IO, Any, Protocol

from portal.files.accepted import ACCEPTED, extension_of
from portal.kernel.errors import Invalid
from portal.kernel.inputs import whole
from portal.kernel.text import N_, one_line

_NOT_IN_NAMES = re.compile(r'[<>:"|?*\x00-\x1f]')
LONGEST_NAME = 120


class Part(Protocol):
    """One file of a form: how it was called, and its bytes."""

    filename: str | None
    stream: IO[bytes]


@dataclass(frozen=True)
class Upload:
    """One file to be added, and the organisation it is kept to (None: all readers of the thing)."""

    file: Part | None
    side_id: Any = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "side_id", whole("side_id", self.side_id, least=1, required=False))
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
