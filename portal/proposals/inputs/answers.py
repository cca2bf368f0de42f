"""Interests, and what owners answer."""

from dataclasses import dataclass

from portal.kernel import inputs
from portal.proposals.inputs.rows import keep
from portal.proposals.states import DeclineCode


@dataclass(frozen=True)
class InterestText:
    """The one page: why this listing, and what the author brings. A draft may be incomplete; sending asks for the rest.

    `declared`: the author says that nothing in it is confidential, for no agreement protects it yet.
    """

    motivation: str = ""
    experience: str = ""
    declared: bool = False

    def __post_init__(self) -> None:
        inputs.gather(
            lambda: keep(self, "motivation", inputs.passage("motivation", self.motivation, most=4000, required=False)),
            lambda: keep(self, "experience", inputs.passage("experience", self.experience, most=4000, required=False)),
        )


@dataclass(frozen=True)
class Answer:
    """What the owner writes when inviting, acknowledging or accepting; may be empty."""

    text: str = ""

    def __post_init__(self) -> None:
        keep(self, "text", inputs.passage("text", self.text, most=4000, required=False))


@dataclass(frozen=True)
class Acceptance(Answer):
    """The yes to a proposal, which sets the officers of both sides to work."""


@dataclass(frozen=True)
class Decline:
    """A refusal: never without a code and a text."""

    code: DeclineCode
    text: str

    def __post_init__(self) -> None:
        inputs.gather(
            lambda: keep(self, "code", inputs.one_of("code", self.code, DeclineCode)),
            lambda: keep(self, "text", inputs.passage("text", self.text, most=4000)),
        )
