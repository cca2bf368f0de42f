"""Whom an author invites to write together, and what they may do."""

from dataclasses import dataclass

from portal.kernel import inputs
from portal.proposals.inputs.rows import keep
from portal.proposals.states import Right


@dataclass(frozen=True)
class NewCoAuthor:
    """An address, and what whoever has it may do."""

    email: str
    right: Right = Right.EDIT

    def __post_init__(self) -> None:
        inputs.gather(
            lambda: keep(self, "email", inputs.email("email", self.email).lower()),
            lambda: keep(self, "right", inputs.one_of("right", self.right, Right)),
        )


@dataclass(frozen=True)
class RightGiven:
    """What a co-author may do from now on."""

    right: Right

    def __post_init__(self) -> None:
        keep(self, "right", inputs.one_of("right", self.right, Right))
