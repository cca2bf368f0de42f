"""What a message may be."""

from dataclasses import dataclass
from typing import Any

from portal.kernel.errors import Invalid
from portal.kernel.inputs import gather, passage
from portal.kernel.scopes import EVERYBODY, Scope
from portal.kernel.text import N_
from portal.threads.mentioning import is_only_quoted

LONGEST = 10_000


@dataclass(frozen=True)
class Post:
    """One message: its Markdown, and who of the thing's readers it is for – a scope or its key."""

    text: str
    scope: Any = EVERYBODY

    def __post_init__(self) -> None:
        gather(self._read_text, self._read_scope)

    def _read_text(self) -> None:
        object.__setattr__(self, "text", passage("text", self.text, most=LONGEST))
        if is_only_quoted(self.text):
            raise Invalid("text", N_("Write something of your own under what you quote."))

    def _read_scope(self) -> None:
        scope = self.scope if isinstance(self.scope, Scope) else Scope.named(self.scope or EVERYBODY.key)
        if scope is None:
            raise Invalid("scope", N_("Choose one of the options."))
        object.__setattr__(self, "scope", scope)
