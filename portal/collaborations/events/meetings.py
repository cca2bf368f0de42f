"""Facts about meetings and what was agreed at them."""

from dataclasses import dataclass
from typing import Any, ClassVar, Self

from portal.kernel.events import Fact
from portal.kernel.text import N_


@dataclass(frozen=True)
class MeetingCalled(Fact):
    """Somebody called a meeting and invited to it."""

    kind: ClassVar[str] = "meeting.called"
    says: ClassVar[str] = N_("%(actor)s called the meeting %(subject)s")


@dataclass(frozen=True)
class MeetingChanged(Fact):
    """A meeting that is still to come has another time, place, agenda or other people."""

    kind: ClassVar[str] = "meeting.changed"
    says: ClassVar[str] = N_("%(actor)s changed the meeting %(subject)s")


@dataclass(frozen=True)
class MeetingMoved(Fact):
    """A meeting was held or cancelled, or its minutes were confirmed or objected to."""

    kind: ClassVar[str] = "meeting.moved"
    says: ClassVar[str] = N_("%(actor)s set the meeting %(subject)s to: %(state)s")
    state: str

    @classmethod
    def of(cls, step: Any) -> Self:
        return cls(state=str(step.row.target.value))


@dataclass(frozen=True)
class MinutesWritten(Fact):
    """A version of the minutes was written; the first has number 1."""

    kind: ClassVar[str] = "meeting.minutes_written"
    says: ClassVar[str] = N_("%(actor)s wrote version %(number)s of the minutes of %(subject)s")
    number: int

    @classmethod
    def of(cls, step: Any) -> Self:
        return cls(number=step.thing.minutes_number)


@dataclass(frozen=True)
class ActionNoted(Fact):
    """Something was agreed at a meeting."""

    kind: ClassVar[str] = "meeting_action.noted"
    says: ClassVar[str] = N_("%(actor)s noted what was agreed: %(subject)s")
    owner_id: int


@dataclass(frozen=True)
class ActionMoved(Fact):
    """What was agreed is done, dropped or open again."""

    kind: ClassVar[str] = "meeting_action.moved"
    says: ClassVar[str] = N_("%(actor)s set %(subject)s to: %(state)s")
    state: str

    @classmethod
    def of(cls, step: Any) -> Self:
        return cls(state=str(step.row.target.value))
