"""What an import did, as numbers that add up and reasons that can be acted on."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum

from portal.kernel.errors import Invalid, PortalError
from portal.kernel.text import N_, Words

_NUMBERS = N_("%(kind)s: %(read)s read, %(created)s created, %(updated)s updated, %(unchanged)s unchanged, %(refused)s refused.")


class Outcome(Enum):
    """What became of one record; the values are the names of the report's numbers."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True)
class Reason:
    """One thing that was wrong, and the field it was wrong in, if it was in one."""

    why: Words
    field: str | None = None

    def __str__(self) -> str:
        return f"{self.field}: {self.why}" if self.field else str(self.why)


@dataclass(frozen=True)
class Refusal:
    """A record that was left out: where it stands, whose it is as far as could be read, and all that was wrong."""

    line: int
    source_id: str | None
    reasons: tuple[Reason, ...]


def reasons_of(problem: PortalError) -> tuple[Reason, ...]:
    """Every sentence that `problem` holds."""
    if isinstance(problem, Invalid):
        return tuple(Reason(each.why, each.field) for each in problem.all())
    return (Reason(problem.why),)


@dataclass
class ImportReport:
    """Counts of one run. `read` is always created + updated + unchanged + refused; blank lines stand apart."""

    kind: str
    dry_run: bool = False
    most_refusals: int = 100  # that are kept with their reasons; the number counted is always exact
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: int = 0
    blank: int = 0
    interrupted: bool = False
    refusals: list[Refusal] = field(default_factory=list)

    @property
    def read(self) -> int:
        """Records read, good and bad."""
        return self.created + self.updated + self.unchanged + self.refused

    def add(self, outcome: Outcome) -> None:
        """Count one record."""
        setattr(self, outcome.value, getattr(self, outcome.value) + 1)

    def refuse(self, refusal: Refusal) -> None:
        """Count one record that was left out, and keep why."""
        self.add(Outcome.REFUSED)
        if len(self.refusals) < self.most_refusals:
            self.refusals.append(refusal)

    def include(self, part: "ImportReport") -> None:
        """Add the numbers and refusals of `part`, a batch that is now settled."""
        for outcome in Outcome:
            setattr(self, outcome.value, getattr(self, outcome.value) + getattr(part, outcome.value))
        self.blank += part.blank
        self.refusals.extend(part.refusals[: self.most_refusals - len(self.refusals)])

    def sentences(self) -> Iterator[Words]:
        """The report for a person, line by line."""
        if self.dry_run:
            yield Words(N_("Dry run: nothing was written."))
        yield Words(_NUMBERS, self._numbers())
        if self.blank:
            yield Words(N_("%(blank)s blank lines skipped."), {"blank": self.blank})
        for refusal in self.refusals:
            told = "; ".join(str(reason) for reason in refusal.reasons)
            if refusal.source_id:
                place = {"line": refusal.line, "id": refusal.source_id}
                yield Words(N_("Line %(line)s (%(id)s): %(why)s"), {**place, "why": told})
            else:
                yield Words(N_("Line %(line)s: %(why)s"), {"line": refusal.line, "why": told})
        if self.refused > len(self.refusals):
            yield Words(N_("… and %(more)s more refused."), {"more": self.refused - len(self.refusals)})
        if self.interrupted:
            yield Words(N_("Interrupted: what is counted here was kept. Run it again to go on."))

    def as_text(self) -> str:
        """All sentences, in English."""
        return "\n".join(str(sentence) for sentence in self.sentences())

    def as_json(self) -> str:
        """The same for a program."""
        refusals = [
            {
                "line": refusal.line,
                "source_id": refusal.source_id,
                "reasons": [{"field": reason.field, "why": str(reason.why)} for reason in refusal.reasons],
            }
            for refusal in self.refusals
        ]
        flags = {"dry_run": self.dry_run, "interrupted": self.interrupted}
        return json.dumps({**self._numbers(), "blank": self.blank, **flags, "refusals": refusals}, ensure_ascii=False)

    def _numbers(self) -> dict[str, str | int]:
        return {"kind": self.kind, "read": self.read, **{each.value: getattr(self, each.value) for each in Outcome}}
