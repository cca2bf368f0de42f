"""Interests, and what owners answer."""

from dataclasses import dataclass

from portal.kernel import inputs
from portal.proposals.inputs.rows import keep
from portal.proposals.states import DeclineCode, Onward

MOST_INTEREST = 4000


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
            lambda: keep(self, "motivation", inputs.passage("motivation", self.motivation, most=MOST_INTEREST, required=False)),
            lambda: keep(self, "experience", inputs.passage("experience", self.experience, most=MOST_INTEREST, required=False)),
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
class Query:
    """What the owner has to know before answering."""

    text: str

    def __post_init__(self) -> None:
        keep(self, "text", inputs.passage("text", self.text, most=2000))


@dataclass(frozen=True)
class Reply:
    """What the author says to that."""

    text: str

    def __post_init__(self) -> None:
        keep(self, "text", inputs.passage("text", self.text, most=4000))


@dataclass(frozen=True)
class PassOn:
    """To a listing or a person that serves the author better, or to the own organisation's role mailbox; never without a text.

    `target` is the listing's reference, or the address of either's page or its last part; the office needs none.
    """

    to: Onward
    target: str
    text: str

    def __post_init__(self) -> None:
        inputs.gather(
            lambda: keep(self, "to", inputs.one_of("to", self.to, Onward)),
            lambda: keep(self, "target", inputs.line("target", self.target, most=300, required=self.to != Onward.OFFICE)),
            lambda: keep(self, "text", inputs.passage("text", self.text, most=4000)),
        )

    @property
    def name(self) -> str:
        """The last part of what was entered."""
        return self.target.partition("?")[0].partition("#")[0].rstrip("/").rpartition("/")[2]


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
