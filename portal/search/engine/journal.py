"""Changes made while a rebuild runs: written to the old index at once, and here to be repeated on the new one."""

import json
from collections.abc import Iterator
from dataclasses import asdict

from portal.search.engine.errors import IndexBusy
from portal.search.engine.home import Home
from portal.search.engine.schema import Entry


class Journal:
    """Kept only while the rebuild lock is held by someone; all methods but `end` expect the write lock to be held."""

    def __init__(self, home: Home) -> None:
        self._home = home

    def begin(self) -> None:
        self._home.journal.write_bytes(b"")

    def note(self, added: list[Entry], deleted: tuple[int, ...]) -> None:
        """Write the change down, if a rebuild is running."""
        if not self._home.journal.exists() or self._abandoned():
            return
        with self._home.journal.open("a") as file:
            file.write(json.dumps({"added": [asdict(entry) for entry in added], "deleted": deleted}) + "\n")

    def changes(self) -> Iterator[tuple[list[Entry], tuple[int, ...]]]:
        """What was noted, in order."""
        with self._home.journal.open() as file:
            for line in file:
                change = json.loads(line)
                yield [_entry(**raw) for raw in change["added"]], tuple(change["deleted"])

    def end(self) -> None:
        self._home.journal.unlink(missing_ok=True)

    def _abandoned(self) -> bool:
        """The rebuild that began this journal died: nobody will read it."""
        try:
            with self._home.locked("rebuild", 0):
                self.end()
                return True
        except IndexBusy:
            return False


def _entry(words: dict[str, list[str]], labels: dict[str, list[str]], numbers: dict[str, int], title: str) -> Entry:
    return Entry(
        {name: tuple(values) for name, values in words.items()},
        {name: tuple(values) for name, values in labels.items()},
        numbers,
        title,
    )
