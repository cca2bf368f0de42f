"""Enums whose members carry the word people read and the tone it is shown in."""

from enum import Enum
from typing import Any, Self

from sqlalchemy import Enum as EnumColumn


class Labelled(str, Enum):  # noqa: UP042 - StrEnum takes no further values
    """A stored value with its label (marked with `N_`) and its tone: good, turn, bad, info or quiet."""

    label: str
    tone: str

    def __new__(cls, value: str, label: str, tone: str = "quiet") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        member.tone = tone
        return member

    def __str__(self) -> str:
        return str(self.value)


def enum_column(kind: type[Enum]) -> EnumColumn:
    """The column type that stores the members' values as text, on every database alike."""
    return EnumColumn(
        kind,
        native_enum=False,
        length=32,
        values_callable=lambda k: [member.value for member in k],
        validate_strings=True,
    )


def choices(kind: type[Labelled]) -> list[tuple[str, str]]:
    """Value and label of each member, in order, as a select field wants them."""
    return [(str(member.value), member.label) for member in kind]


def member_of(kind: type[Labelled], value: Any) -> Any:
    """The member with that value, or None for anything else."""
    return next((member for member in kind if member.value == value), None)
