"""Facts about reports."""

from dataclasses import dataclass
from typing import Any, ClassVar, Self

from portal.kernel.events import Fact
from portal.kernel.text import N_


@dataclass(frozen=True)
class ReportMoved(Fact):
    """A report fell due, was begun, submitted, asked about, accepted or skipped."""

    kind: ClassVar[str] = "report.moved"
    says: ClassVar[str] = N_("%(actor)s set a report to: %(state)s")
    state: str

    @classmethod
    def of(cls, step: Any) -> Self:
        return cls(state=str(step.row.target.value))


@dataclass(frozen=True)
class ReportWritten(Fact):
    """The draft of a report was written; the other side does not read it yet."""

    kind: ClassVar[str] = "report.written"
    says: ClassVar[str] = N_("%(actor)s wrote a report")


@dataclass(frozen=True)
class ReportDayMoved(Fact):
    """A report got another day; both days and the reason stay on it."""

    kind: ClassVar[str] = "report.day_moved"
    says: ClassVar[str] = N_("%(actor)s moved a report to another day")


@dataclass(frozen=True)
class ReportDayAsked(Fact):
    """One lead asks the other for another day of a report that is due soon."""

    kind: ClassVar[str] = "report.day_asked"
    says: ClassVar[str] = N_("%(actor)s asked for another day of a report")


@dataclass(frozen=True)
class ReportDayRefused(Fact):
    """The other lead said no, with a reason: the report is owed on the day it had."""

    kind: ClassVar[str] = "report.day_refused"
    says: ClassVar[str] = N_("%(actor)s refused another day of a report")


@dataclass(frozen=True)
class ReportsScheduled(Fact):
    """Reports were added to the schedule."""

    kind: ClassVar[str] = "collaboration.reports_scheduled"
    says: ClassVar[str] = N_("%(actor)s scheduled reports of %(subject)s")
    count: int
