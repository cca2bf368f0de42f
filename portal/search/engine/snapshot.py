"""All segments at one moment as if they were one: documents are numbered through, columns joined when first used.

Nothing here changes after it was made, so any number of threads may search one snapshot while the next is written.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TypeVar

import numpy as np

from portal.search.engine.parser import Atom
from portal.search.engine.ranking import Numbers
from portal.search.engine.sidecar import SegmentData

#: Viewers whose masks are kept; each costs a byte per document.
_VIEWERS = 64
_CHOICES = 128

Result = TypeVar("Result")


@dataclass(frozen=True)
class Part:
    """A segment, the number of its first document, and what was deleted from it."""

    data: SegmentData
    base: int
    deleted: frozenset[int]


@dataclass(frozen=True)
class Matches:
    """Visible documents, ascending, and what they are worth for one atom."""

    documents: Numbers
    worths: Numbers


@dataclass(frozen=True)
class Facet:
    """A column of values: `ordinals` has a row per document, 0 is none, n is `values[n - 1]`; values are sorted."""

    values: list[str]
    ordinals: Numbers


class Snapshot:
    """The index at one generation."""

    def __init__(self, segments: Iterable[tuple[SegmentData, frozenset[int]]], generation: int) -> None:
        self.generation = generation
        self.parts: list[Part] = []
        self.count = 0
        for data, deleted in segments:
            self.parts.append(Part(data, self.count, deleted))
            self.count += data.count
        self._columns: dict[str, Numbers] = {}
        self._facets: dict[str, Facet] = {}
        self.visible = _remembered(_VIEWERS, self._visible)
        self.everything = _remembered(_VIEWERS, self._everything)
        self.chosen = _remembered(_CHOICES, self._chosen)

    def column(self, name: str) -> Numbers:
        """A number per document."""
        if name not in self._columns:
            self._columns[name] = _joined([part.data.arrays[name] for part in self.parts])
        return self._columns[name]

    def facet(self, name: str) -> Facet:
        if name not in self._facets:
            self._facets[name] = self._joined_facet(name)
        return self._facets[name]

    @cached_property
    def alive(self) -> Numbers:
        mask = np.ones(self.count, dtype=bool)
        mask[[part.base + place for part in self.parts for place in part.deleted]] = False
        return mask

    def _visible(self, readers: frozenset[str]) -> Numbers:
        """Which documents these tokens open."""
        mask = np.zeros(self.count, dtype=bool)
        for part in self.parts:
            for place, token in enumerate(part.data.strings["reader"]):
                if token in readers:
                    mask[part.base + part.data.arrays["reader.documents"][part.data.run("reader.starts", place)]] = True
        return mask & self.alive

    def _everything(self, readers: frozenset[str]) -> Numbers:
        """Numbers of the documents these tokens open."""
        return np.flatnonzero(self.visible(readers))

    def _chosen(self, choice: tuple[str, tuple[str, ...]]) -> Numbers:
        """Which documents have one of the values of a facet."""
        name, wanted = choice
        facet = self.facet(name)
        allowed = np.zeros(len(facet.values) + 1, dtype=bool)
        allowed[1:] = [value in wanted for value in facet.values]
        mask: Numbers = allowed[facet.ordinals]
        return np.any(mask, axis=1) if mask.ndim > 1 else mask

    def matches(self, atom: Atom, visible: Numbers) -> Matches:
        """Documents among the visible that meet the atom."""
        found = [self._in_part(part, atom) for part in self.parts]
        documents = _joined([documents for documents, _ in found])
        keep = visible[documents]
        return Matches(documents[keep], _joined([worths for _, worths in found])[keep])

    def _in_part(self, part: Part, atom: Atom) -> tuple[Numbers, Numbers]:
        if atom.prefix:
            documents, worths = _beginning(part.data, atom)
        elif len(atom.stems) == 1:
            documents, worths = _postings(part.data, part.data.lexicons["term"].find(atom.stems[0].encode()))
        else:
            documents, worths = _side_by_side(part.data, atom.stems)
        return documents + part.base, worths

    def _joined_facet(self, name: str) -> Facet:
        values = sorted({value for part in self.parts for value in part.data.strings[name]})
        place = {value: number for number, value in enumerate(values, start=1)}
        columns = []
        for part in self.parts:
            own, column = part.data.strings[name], part.data.arrays[f"{name}.ordinal"]
            columns.append(column if own == values else np.array([0, *map(place.get, own)], dtype=np.int32)[column])
        width = max((column.shape[1] for column in columns if column.ndim > 1), default=0)
        if width:
            columns = [np.pad(column, ((0, 0), (0, width - column.shape[1]))) for column in columns]
        return Facet(values, _joined(columns))


def _remembered(size: int, function: Callable[..., Numbers]) -> Callable[..., Numbers]:
    return lru_cache(maxsize=size)(function)


def _joined(parts: list[Numbers]) -> Numbers:
    if len(parts) == 1:
        return parts[0]
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)


def _postings(data: SegmentData, term: int) -> tuple[Numbers, Numbers]:
    run = data.run("post.starts", term) if term >= 0 else slice(0, 0)
    return data.arrays["post.documents"][run].astype(np.intp), data.arrays["post.impacts"][run].astype(np.int64)


def _beginning(data: SegmentData, atom: Atom) -> tuple[Numbers, Numbers]:
    """Stems lie sorted, so the postings of all that begin alike are one piece, however many there are."""
    first, end = data.lexicons["term"].starting_with(atom.prefix.encode())
    total = np.zeros(data.count, dtype=np.int64)
    if end > first:
        run = data.run("post.starts", first, end)
        documents, worths = data.arrays["post.documents"][run], data.arrays["post.impacts"][run]
        total += np.bincount(documents, weights=worths, minlength=data.count).astype(np.int64)
    for stem in atom.stems:
        documents, worths = _postings(data, data.lexicons["term"].find(stem.encode()))
        total[documents] += worths
    documents = np.flatnonzero(total)
    return documents, total[documents]


def _side_by_side(data: SegmentData, stems: tuple[str, ...]) -> tuple[Numbers, Numbers]:
    """Documents with the stems next to each other in one field; the rarest is looked at first."""
    terms = [data.lexicons["term"].find(stem.encode()) for stem in stems]
    if min(terms) < 0:
        return _postings(data, -1)
    places = [data.arrays["place.at"][data.run("place.starts", term)] for term in terms]
    order = sorted(range(len(stems)), key=lambda number: len(places[number]))
    begins = places[order[0]].astype(np.int64) - order[0]
    for number in order[1:]:
        begins = begins[_contained(begins + number, places[number])]
    documents = np.unique(np.searchsorted(data.arrays["begins"], begins, side="right") - 1)
    worths = np.zeros(len(documents), dtype=np.int64)
    for term in terms:
        holders, values = _postings(data, term)
        worths += values[np.searchsorted(holders, documents)]
    return documents, worths


def _contained(wanted: Numbers, among: Numbers) -> Numbers:
    """Which of `wanted` occur in the sorted `among`."""
    places = np.searchsorted(among, wanted)
    places[places == len(among)] = 0
    same: Numbers = among[places] == wanted
    return same
