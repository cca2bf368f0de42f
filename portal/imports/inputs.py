"""What people say about a file of records: whose it is, what it holds, and which column is which field."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO, Any, Protocol

from portal.kernel.errors import Invalid
from portal.kernel.inputs import line, whole
from portal.kernel.text import N_, folded, one_line

MOST_COLUMNS = 200
_FIELD = re.compile(r"[a-z][a-z0-9_]{0,59}", re.ASCII)
_NOT_IN_NAMES = re.compile(r'[<>:"|?*/\\]')


class Part(Protocol):
    """One file of a form."""

    filename: str | None
    stream: IO[bytes]


@dataclass(frozen=True)
class Uploaded:
    """A file of one kind of record, for one organisation (None: records of public sources)."""

    file: Part | None
    kind: str
    organisation_id: Any = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "organisation_id", whole("organisation_id", self.organisation_id, least=1, required=False))
        if self.file is None or not self.file.filename:
            raise Invalid("file", N_("Choose a file."))

    @property
    def name(self) -> str:
        """What the file is called, without folders."""
        given = (self.file.filename or "") if self.file else ""
        return _NOT_IN_NAMES.sub("", one_line(re.split(r"[/\\]", given)[-1]))[:160].strip(" .") or "records"


@dataclass(frozen=True)
class ColumnsChosen:
    """The field of each header, an empty one leaving the column out; kept under `name` where that is given."""

    fields: Mapping[str, str]
    name: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", line("name", self.name, most=120, required=False))
        chosen = {folded(header): field.strip() for header, field in self.fields.items()}
        for place, (header, field) in enumerate(self.fields.items()):
            if field.strip() and not _FIELD.fullmatch(field.strip()):
                raise Invalid(f"column_{place}", N_("Choose one of the fields."))
            if field.strip() and list(chosen.values()).count(field.strip()) > 1:
                raise Invalid(f"column_{place}", N_("“%(header)s” and another column are the same field."), header=header)
        object.__setattr__(self, "fields", chosen)
