"""What can be kept of a form."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from portal.kernel.errors import Invalid
from portal.kernel.text import N_

LONGEST_PATH = 300
MOST_CHARACTERS = 300_000  # the longest form, all its fields full
_NOT_TEXT = ("csrf_token", "go", "add", "remove")  # the page's own, and buttons


@dataclass(frozen=True)
class Typed:
    """The fields of a form as they are, with the path of its page. Nothing in them is judged.

    Raises:
        Invalid: the path is none, or it is more text than any form takes.
    """

    path: str
    fields: Iterable[tuple[str, str]]
    kept: list[tuple[str, str]] = field(init=False)

    def __post_init__(self) -> None:
        if not self.path.startswith("/") or len(self.path) > LONGEST_PATH or not self.path.isprintable():
            raise Invalid("path", N_("This is no page of the portal."))
        kept = [(name, text.replace("\0", "")) for name, text in self.fields if name not in _NOT_TEXT]
        if sum(len(name) + len(text) for name, text in kept) > MOST_CHARACTERS:
            raise Invalid("path", N_("This is too long to be kept. Save it, or make it shorter."))
        object.__setattr__(self, "kept", kept)
