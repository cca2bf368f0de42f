"""What somebody looks for in the log."""

from dataclasses import dataclass
from typing import Any

from portal.kernel.errors import Invalid
from portal.kernel.inputs import gather, line, whole
from portal.kernel.sentences import kinds_of_facts
from portal.kernel.subjects import all_subjects
from portal.kernel.text import N_

ACCOUNT = "account"  # things that have no page of their own and still stand in the log


def things() -> tuple[str, ...]:
    """What facts can be about, by table name."""
    return (*all_subjects(), ACCOUNT)


@dataclass(frozen=True)
class Sought:
    """Filters over the log; empty ones let everything through."""

    kind: str = ""
    thing: str = ""
    number: Any = None
    person: str = ""

    def __post_init__(self) -> None:
        gather(self._check_kind, self._check_thing, self._check_number, self._check_person)

    def _check_kind(self) -> None:
        if self.kind and self.kind not in kinds_of_facts():
            raise Invalid("kind", N_("Choose one of the options."))

    def _check_thing(self) -> None:
        if self.thing and self.thing not in things():
            raise Invalid("thing", N_("Choose one of the options."))

    def _check_number(self) -> None:
        object.__setattr__(self, "number", whole("number", self.number, least=1, most=999_999_999, required=False))
        if self.number is not None and not self.thing:
            raise Invalid("thing", N_("Say what the number is of."))

    def _check_person(self) -> None:
        object.__setattr__(self, "person", line("person", self.person, most=120, required=False))
