"""What is looked for and not found, told to operators without anybody's words.

A search leaves its words in a file for a minute or two. The worker reads from it which terms of the vocabularies were asked
for, adds to the counts of the day, and deletes it: what no vocabulary holds – names above all – is counted and forgotten.
"""

import datetime as dt
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import delete
from sqlalchemy.orm import Session

from portal.kernel import clock
from portal.kernel.text import folded
from portal.search.models import SearchTally
from portal.search.sources import Searched

SLOW_MS = 500
LONGEST = 200  # characters of a text
FULL = 2_000_000  # bytes; nobody has read it for long, and what follows is not counted
MOST_WORDS, LONGEST_TERM = 20, 4  # words of a text, and of a term
KEPT = dt.timedelta(days=400)


@dataclass(frozen=True)
class Searching:
    """One search with words: how many were found, and how long that took in milliseconds."""

    text: str
    total: int
    ms: int


class Notepad:
    """The file, for any number of processes."""

    def __init__(self, folder: Path) -> None:
        self._new = folder / "searches.new"
        self._read = folder / "searches.read"

    def note(self, searching: Searching) -> None:
        """Add one. What cannot be written is no reason to refuse an answer."""
        line = json.dumps([searching.text[:LONGEST], searching.total, searching.ms]) + "\n"
        try:
            file = os.open(self._new, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                if os.fstat(file).st_size < FULL:
                    os.write(file, line.encode("utf-8", "replace"))
            finally:
                os.close(file)
        except OSError:
            return

    def take(self) -> Iterator[Searching]:
        """What was written up to the last time; what has come since is taken the next time, when nobody writes to it any more."""
        try:
            lines = self._read.read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            lines = []
        self._read.unlink(missing_ok=True)
        if self._new.exists():
            self._new.replace(self._read)
        for line in lines:
            try:
                text, total, ms = json.loads(line)
                yield Searching(str(text), int(total), int(ms))
            except (ValueError, TypeError):  # half a line of somebody who was killed
                continue


class Tallying:
    """A timed move: adds what was noted to the counts of the day."""

    def __init__(self, notepad: Notepad, searched: Searched) -> None:
        self._notepad = notepad
        self._searched = searched

    def __call__(self, session: Session) -> int:
        """How many searches were counted."""
        searchings = list(self._notepad.take())
        said = {phrase for searching in searchings for phrase in phrases_of(searching.text)}
        terms = self._searched.terms(session, said) if said else {}
        for searching in searchings:
            found = {terms[phrase] for phrase in phrases_of(searching.text) if phrase in terms}
            for term in ("", *sorted(found)):
                _add(session, term, searching)
        session.execute(delete(SearchTally).where(SearchTally.day < clock.today() - KEPT))
        return len(searchings)


def phrases_of(text: str) -> set[str]:
    """All runs of up to four words of a text, as terms of a vocabulary may be written."""
    words = folded(text).split()[:MOST_WORDS]
    ends = range(1, LONGEST_TERM + 1)
    return {" ".join(words[start : start + length]) for start in range(len(words)) for length in ends}


def _add(session: Session, term: str, searching: Searching) -> None:
    tally = session.get(SearchTally, (clock.today(), term))
    if tally is None:
        tally = SearchTally(day=clock.today(), term=term, searches=0, empty=0, slow=0, longest_ms=0)
        session.add(tally)
    tally.searches += 1
    tally.empty += searching.total == 0
    tally.slow += searching.ms > SLOW_MS
    tally.longest_ms = max(tally.longest_ms, searching.ms)
