"""What people may ask and answer."""

from dataclasses import dataclass

from portal.kernel.inputs import passage

MOST_QUESTION, MOST_ANSWER = 1000, 4000


@dataclass(frozen=True)
class Asked:
    """One question, in plain text."""

    text: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", passage("text", self.text, most=MOST_QUESTION))


@dataclass(frozen=True)
class Answered:
    """The answer to one, in Markdown."""

    text: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", passage("text", self.text, most=MOST_ANSWER))
