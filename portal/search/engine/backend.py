"""What the portal asks of an index, whoever keeps it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from portal.search.engine.documents import Document
from portal.search.engine.query import Completion, Page, Query

Progress = Callable[[int], None]

#: How often a rebuild tells how far it is.
PROGRESS_EVERY = 100


@dataclass(frozen=True)
class Health:
    """State of an index; `problem` is empty when it works."""

    documents: int
    segments: int
    deleted: int
    generation: int
    bytes: int
    problem: str = ""

    @property
    def ok(self) -> bool:
        return not self.problem


class SearchBackend(Protocol):
    """A copy of what can be found, made for questions. Any number of processes and threads may search; changes wait for one
    another.

    Every method that reads or changes may raise `IndexBroken`; the answer to it is `rebuild`.
    """

    @property
    def generation(self) -> int:
        """Of the state that searches answer from now; rises with every change."""

    def search(self, query: Query) -> Page:
        """Answer from the newest generation."""

    def suggest(self, prefix: str, readers: tuple[str, ...], limit: int = 8) -> tuple[Completion, ...]:
        """Visible titles for somebody who is still typing."""

    def similar(self, number: int, query: Query) -> tuple[int, ...]:
        """Ids of what is most like the document with that id, the most alike first.

        Args:
            query: among what to look – its readers, filters and `open_at`, without its text –, and how many, `per_page`.

        Returns:
            nothing where there is no such document, or nothing like it.
        """

    def index(self, batch: Iterable[Document], gone: Iterable[int] = ()) -> int:
        """Add documents, replacing those with the same id; the last of several with one id counts.

        Args:
            gone: ids to forget in the same step.

        Returns:
            the generation in which they are found.

        Raises:
            IndexBusy: somebody else is writing. Nothing was changed.
        """

    def delete(self, ids: Iterable[int]) -> int:
        """Forget documents; unknown ids are no error. Returns the generation without them."""

    def tidy(self) -> None:
        """Join what many small changes left scattered; for idle times."""

    def rebuild(self, documents: Iterable[Document], progress: Progress | None = None, processes: int = 1) -> int:
        """Write everything anew beside the old index, then swap. Searches and changes go on meanwhile.

        Args:
            documents: all there is; read lazily.
            progress: told the number of documents done; may raise to stop, and the old index stays.
            processes: how many may share the work.

        Returns:
            the number of documents read.

        Raises:
            IndexBusy: another rebuild is running.
        """

    def health(self) -> Health:
        """What a reader would find now; raises nothing."""

    def check(self) -> Health:
        """Like `health`, after a look at every part."""

    def digests(self) -> dict[int, int]:
        """Of every document by its id: differs from that of `entry(document)` where the document has changed since."""

    def close(self) -> None:
        """Let go of whatever is held open; the next question opens it again."""
