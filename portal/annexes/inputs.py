"""What an annex may say."""

from dataclasses import dataclass

from portal.kernel.inputs import passage

MOST = 40_000


@dataclass(frozen=True)
class AnnexText:
    """The text, in Markdown."""

    text: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", passage("text", self.text, most=MOST))
