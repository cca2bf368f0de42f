"""One directory of segments with their sidecars: reads them as a snapshot, changes them in one step."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from portal.search.engine import sidecar
from portal.search.engine.decode import Written, decode
from portal.search.engine.errors import IndexBroken
from portal.search.engine.home import sync
from portal.search.engine.library import Directory, Segment, new_schema
from portal.search.engine.pool import Pool
from portal.search.engine.ranking import Numbers
from portal.search.engine.schema import LABELS, NUMBERS, Entry
from portal.search.engine.sidecar import SegmentData

SCHEMA = new_schema(LABELS, NUMBERS)

#: So many segments of one size class become one of the next.
MERGE_FACTOR = 8
#: Larger merges would keep a published listing waiting; `tidy` does them when nobody waits.
MERGE_AT_ONCE = 256
#: Past so many segments every question suffers, and one long change is the lesser evil.
CROWDED = 48
MERGE_CROWDED = 5_000
_CLASSES = 8

#: A larger segment without its sidecar is not worth waiting for: a rebuild makes a new one.
DECODE_AT_MOST = 500

Result = TypeVar("Result")
Opened = list[tuple[Segment, SegmentData]]


class Store:
    """The segments of one index directory. Data of segments is kept, they never change."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.library = Directory(path, SCHEMA)
        self._data: dict[str, SegmentData] = {}

    def create(self) -> None:
        self.library.create()
        sync(self.path)

    def open(self) -> Opened:
        """All segments that count now.

        Raises:
            IndexBroken: files are missing, cut short or do not match.
            FileNotFoundError: a file went away while we looked, as happens during a change; look again.
        """
        segments = self.segments()
        opened = [(segment, self._data.get(segment.name) or self._load(segment)) for segment in segments]
        self._data = {segment.name: data for segment, data in opened}
        return opened

    def segments(self) -> list[Segment]:
        return _guarded(self.library.segments)

    def change(self, added: Iterable[Entry], deleted: Iterable[int], merge: bool = True) -> None:
        """Remove the documents with ids of `deleted` and of `added`, then add; visible together or not at all."""
        entries = list(added)
        opened = self.open()
        ids = np.array(sorted({*deleted, *(entry.numbers["id"] for entry in entries)}), dtype=np.int64)
        merged = _to_merge([segment for segment, _ in opened], len(entries)) if merge else frozenset()
        self._write(entries, _places(opened, ids), merged)

    def adopt(self, parts: Iterable[Path]) -> None:
        """Take over the segments that lie in these directories, with their sidecars."""
        _guarded(lambda: self.library.adopt(Directory(part, SCHEMA) for part in parts))
        self._settle()

    def tidy(self, documents: int) -> None:
        """Join the smallest segments into one of at most so many documents; what was deleted from them goes."""
        merged: set[str] = set()
        total, worth_it = 0, False
        for segment in sorted(self.segments(), key=_living):
            if total + _living(segment) > documents:
                break
            total += _living(segment)
            worth_it = worth_it or bool(merged) or bool(segment.deleted)
            merged.add(segment.name)
        if worth_it:
            self._write([], [], frozenset(merged))

    def problems(self) -> list[str]:
        """What is wrong with the files, found by reading all of them."""
        found = []
        for segment in self.segments():
            kept, fresh = self._load(segment).arrays, self._decoded(segment).arrays
            if kept.keys() != fresh.keys() or any(not np.array_equal(kept[name], fresh[name]) for name in fresh):
                found.append(f"{segment.name} and its sidecar differ")
        return found

    def _write(self, entries: list[Entry], places: list[int], merged: frozenset[str]) -> None:
        _guarded(lambda: self.library.change(map(_values, entries), places, merged, self._complete))
        self._settle()

    def _settle(self) -> None:
        # What counts must not fall back to an earlier state once somebody was told. The library's own files may: they
        # are needed for merging only, and damage to them is noticed then.
        for path in (*self.path.glob("*.toc"), self.path):
            sync(path)

    def _complete(self, segment: Segment, pool: Pool) -> None:
        with self.library.source(segment) as source:
            sidecar.save(decode(Written(source, pool)), self._sidecar(segment))

    def _load(self, segment: Segment) -> SegmentData:
        try:
            data = sidecar.load(self._sidecar(segment))
        except FileNotFoundError:
            if segment.count > DECODE_AT_MOST:
                raise IndexBroken(f"{segment.name} has lost its sidecar") from None
            return self._decoded(segment)
        if data.count != segment.count:
            raise IndexBroken(f"{segment.name} has {segment.count} documents and {data.count} in its sidecar")
        return data

    def _decoded(self, segment: Segment) -> SegmentData:
        def read() -> SegmentData:
            with self.library.source(segment) as source:
                return decode(source)

        return _guarded(read)

    def _sidecar(self, segment: Segment) -> Path:
        return self.path / f"{segment.name}.side"


def _guarded(work: Callable[[], Result]) -> Result:
    """Do something with the library's files; whatever it raises on damaged ones becomes `IndexBroken`."""
    try:
        return work()
    except (IndexBroken, FileNotFoundError, MemoryError):
        raise
    except Exception as error:  # the library checks nothing: damage shows as any error there is
        raise IndexBroken(f"the index cannot be read: {type(error).__name__}: {error}") from error


def _places(opened: Opened, ids: Numbers) -> list[int]:
    """Places, counted over all segments, of living documents with these ids."""
    found: list[int] = []
    base = 0
    for segment, data in opened:
        for place in np.flatnonzero(np.isin(data.arrays["id"], ids)).tolist():
            if place not in segment.deleted:
                found.append(base + place)
        base += segment.count
    return found


def _living(segment: Segment) -> int:
    return segment.count - len(segment.deleted)


def _to_merge(segments: list[Segment], added: int) -> frozenset[str]:
    """Segments to join with the new one: once a size class has enough of them, they become one of the next class."""
    living = {segment.name: _living(segment) for segment in segments}
    merged = {name for name, size in living.items() if not size}
    limit = MERGE_AT_ONCE if len(segments) < CROWDED else MERGE_CROWDED
    total = added
    for power in range(_CLASSES):
        least, below = MERGE_FACTOR**power, MERGE_FACTOR ** (power + 1)
        peers = {name for name, size in living.items() if least <= size < below}
        size = total + sum(living[name] for name in peers)
        if len(peers) + (least <= total < below) >= MERGE_FACTOR and size <= limit:
            merged |= peers
            total = size
    return frozenset(merged)


def _values(entry: Entry) -> dict[str, Any]:
    return {
        "title_shown": entry.title,
        **entry.words,
        **{f"is_{name}": values for name, values in entry.labels.items()},
        **{f"at_{name}": value for name, value in entry.numbers.items()},
    }
