"""What a message may be."""

from dataclasses import dataclass
from typing import Any

from portal.kernel.inputs import passage, whole

LONGEST = 10_000


@dataclass(frozen=True)
class Post:
    """One message: its Markdown, and the organisation it is kept to (None: all readers of the thing)."""

    text: str
    side_id: Any = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", passage("text", self.text, most=LONGEST))
        object.__setattr__(self, "side_id", whole("side_id", self.side_id, least=1, required=False))
