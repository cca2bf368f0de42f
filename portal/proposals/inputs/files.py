"""The files that go with the text of a proposal, as its versions name them."""

from dataclasses import dataclass
from urllib.parse import quote

from portal.kernel import inputs
from portal.proposals.inputs.plan import code
from portal.proposals.inputs.rows import keep
from portal.proposals.states import FileCategory


@dataclass(frozen=True)
class Enclosed:
    """One file: which bytes they are, and what they are for.

    Args:
        version: among the files of its name, as its address has it.
        confidential: read by the two parties alone.
        code: `F1`; given to it where it has none. It stays when another file takes its place.
    """

    name: str
    category: FileCategory
    sha256: str
    size_bytes: int
    version: int = 1
    confidential: bool = False
    code: str = ""

    def __post_init__(self) -> None:
        inputs.gather(
            lambda: keep(self, "category", inputs.one_of("category", self.category, FileCategory)),
            lambda: keep(self, "code", code("code", self.code)),
        )

    @property
    def path(self) -> str:
        """Its address below that of the files of one text."""
        return f"{self.version}/{quote(self.name, safe='')}"

    @property
    def mark(self) -> str:
        """Tells it from what anybody makes of it."""
        return f"{self.sha256[:16]}-{self.category}-{int(self.confidential)}"


@dataclass(frozen=True)
class Enclosing:
    """What somebody says of a file that they add or change; `replaces` is the code of the one whose place it takes, if any."""

    category: FileCategory = FileCategory.OTHER
    confidential: bool = False
    replaces: str = ""

    def __post_init__(self) -> None:
        inputs.gather(
            lambda: keep(self, "category", inputs.one_of("category", self.category, FileCategory)),
            lambda: keep(self, "confidential", bool(self.confidential)),
            lambda: keep(self, "replaces", code("replaces", self.replaces)),
        )
