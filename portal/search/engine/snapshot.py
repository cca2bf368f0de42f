"""All segments at one moment as if they were one: documents are numbered through, columns joined when first used.

Nothing here changes after it was made, so any number of threads may search one snapshot while the next is written.
"""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import numpy as np

from portal.search.engine.analysis import words_of
from portal.search.engine.parser import Atom
from portal.search.engine.ranking import PREFIX_LIMIT, Numbers
from portal.search.engine.sidecar import SegmentData
from portal.search.engine.tongues import MARKS, PLAIN, tongue_of

# How many results are kept; each of a viewer or a choice costs a byte per document.
_VIEWERS = 64
_CHOICES = 128
#: Words whose place in each segment is kept.
_TERMS = 4_096

_COLUMNS = 32

Key = TypeVar("Key")
Value = TypeVar("Value")
Readers = frozenset[str]
Choice = tuple[str, tuple[str, ...]]
#: Place of a stem in the lexicon of each segment that has it, by number of the segment.
Home = dict[int, int]


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
    """Values of all documents: n in a column is `values[n - 1]`, 0 is none; values are sorted.

    There are as many columns as any document has values.
    """

    values: list[str]
    columns: list[Numbers]


class _Kept(Generic[Key, Value]):
    """Results by key. Plain dictionary steps are atomic, so threads need no lock; at worst two compute the same."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._results: dict[Key, Value] = {}

    def get(self, key: Key, make: Callable[[Key], Value]) -> Value:
        result = self._results.get(key)
        if result is None:
            if len(self._results) >= self._size:
                self._results = {}
            result = self._results[key] = make(key)
        return result


class Snapshot:
    """The index at one generation."""

    def __init__(self, segments: Iterable[tuple[SegmentData, frozenset[int]]], generation: int) -> None:
        self.generation = generation
        self.parts: list[Part] = []
        self.count = 0
        for data, deleted in segments:
            self.parts.append(Part(data, self.count, deleted))
            self.count += data.count
        #: Languages of its texts: in no other does anything have to be looked up.
        self.tongues = sorted({tongue_of(tag) for part in self.parts for tag in part.data.strings["language"]})
        self._columns = _Kept[str, Numbers](_COLUMNS)
        self._facets = _Kept[str, Facet](_COLUMNS)
        self._visible = _Kept[Readers, Numbers](_VIEWERS)
        self._chosen = _Kept[Choice, Numbers](_CHOICES)
        self._tallies = _Kept[tuple[str, Readers], Numbers](_CHOICES)
        self._homes = _Kept[str, Home](_TERMS)
        self._holders = _Kept[tuple[str, Readers], int](_TERMS)
        self._browsed = _Kept[Hashable, Any](_CHOICES)
        self._folded = _Kept[str, list[str]](_COLUMNS)

    def column(self, name: str) -> Numbers:
        """A number per document."""
        return self._columns.get(name, lambda name: _joined([part.data.arrays[name] for part in self.parts]))

    def facet(self, name: str) -> Facet:
        return self._facets.get(name, self._joined_facet)

    def visible(self, readers: Readers) -> Numbers:
        """Which documents these tokens open."""
        return self._visible.get(readers, self._opened_by)

    def how_many(self, readers: Readers) -> int:
        """How many documents these tokens open."""
        return int(np.count_nonzero(self.visible(readers)))

    def postings(self, stem: str) -> list[tuple[Numbers, Numbers]]:
        """Documents that hold the stem, and what it is worth in each; segment by segment."""
        found = ((part, _postings(part.data, places[0])) for part, places in self._homes_of((stem,)))
        return [(documents + part.base, worths) for part, (documents, worths) in found]

    def holders(self, stem: str, readers: Readers) -> int:
        """How many of the documents that these tokens open hold the stem."""

        def counted(_key: tuple[str, Readers]) -> int:
            visible = self.visible(readers)
            return sum(int(np.count_nonzero(visible.take(documents))) for documents, _worths in self.postings(stem))

        return self._holders.get((stem, readers), counted)

    def everything(self, readers: Readers) -> Numbers:
        """Numbers of the documents these tokens open."""
        return np.flatnonzero(self.visible(readers))

    def chosen(self, name: str, values: tuple[str, ...]) -> Numbers:
        """Which documents have one of the values of a facet."""
        return self._chosen.get((name, values), self._having)

    def tally(self, name: str, documents: Numbers) -> Numbers:
        """How many of the documents have each value of the facet; the first number is that of documents without any."""
        facet = self.facet(name)
        counts = np.zeros(len(facet.values) + 1, dtype=np.int64)
        for column in facet.columns:
            counts += np.bincount(column.take(documents), minlength=len(counts))
        return counts

    def browsed(self, asked: Hashable, moments: tuple[int, ...], make: Callable[[], Value]) -> Value:
        """The answer to a question without words, which many ask again and again: it stays the same until something closes."""
        closing = self._columns.get("closes_at in order", lambda _: np.sort(self.column("closes_at")))
        key = (asked, tuple(np.searchsorted(closing, moments).tolist()))
        answer: Value = self._browsed.get(key, lambda _: make())
        return answer

    def beginning(self, name: str, letters: str) -> Numbers:
        """Which values of the facet have a word that begins so, by their place among its values."""
        names = self._folded.get(name, lambda _: list(map(words_of, self.facet(name).values)))
        wanted = words_of(letters)
        return np.array([place for place, words in enumerate(names) if wanted in words], dtype=np.intp)

    def spoken(self, documents: Numbers) -> tuple[str, ...]:
        """The language each document was stemmed in."""
        facet = self.facet("language")
        tongues = [PLAIN, *map(tongue_of, facet.values)]
        return tuple(tongues[number] for column in facet.columns[:1] for number in column.take(documents).tolist())

    def tally_of_everything(self, name: str, readers: Readers) -> Numbers:
        """Like `tally` for all these tokens open: what an empty question shows, again and again."""
        return self._tallies.get((name, readers), lambda _: self.tally(name, self.everything(readers)))

    def matches(self, atom: Atom, visible: Numbers) -> Matches:
        """Documents among the visible that meet the atom, each in its own language."""
        spoken = [pieces for tongue in self.tongues if (pieces := self._pieces(atom, tongue))]
        found = [piece for pieces in spoken for piece in pieces]
        size = sum(len(documents) for _, (documents, _) in found)
        # Every array that is made costs about as much as what is done with it: two for all segments, and no smaller type
        # for numbers of documents, which would be widened again at each use.
        documents, worths = np.empty(size, dtype=np.intp), np.empty(size, dtype=np.int32)
        end = 0
        for part, (own_documents, own_worths) in found:
            start, end = end, end + len(own_documents)
            np.add(own_documents, part.base, out=documents[start:end])
            worths[start:end] = own_worths
        seen = np.flatnonzero(visible.take(documents))
        matches = Matches(documents.take(seen), worths.take(seen))
        return _sorted(matches) if len(spoken) > 1 else matches

    def _pieces(self, atom: Atom, tongue: str) -> list[tuple[Part, tuple[Numbers, Numbers]]]:
        """What meets the atom in one language, segment by segment."""
        stems = atom.way(tongue)
        if atom.prefix:
            beginning = (MARKS[tongue] + atom.prefix).encode()
            return [(part, _beginning(part.data, beginning, stems)) for part in self.parts]
        if len(stems) == 1:
            return [(part, _postings(part.data, places[0])) for part, places in self._homes_of(stems)]
        return [(part, _side_by_side(part.data, places)) for part, places in self._homes_of(stems)]

    def _homes_of(self, stems: tuple[str, ...]) -> list[tuple[Part, list[int]]]:
        """Segments that hold all the stems, and where in their lexicons."""
        homes = [self._homes.get(stem, self._looked_up) for stem in stems]
        return [
            (self.parts[number], [home[number] for home in homes]) for number in homes[0] if all(number in home for home in homes)
        ]

    def _looked_up(self, stem: str) -> Home:
        encoded = stem.encode()
        found = ((number, part.data.lexicons["term"].find(encoded)) for number, part in enumerate(self.parts))
        return {number: place for number, place in found if place >= 0}

    def _opened_by(self, readers: Readers) -> Numbers:
        mask = np.zeros(self.count, dtype=bool)
        for part in self.parts:
            for place, token in enumerate(part.data.strings["reader"]):
                if token in readers:
                    mask[part.data.arrays["reader.documents"][part.data.run("reader", place)] + part.base] = True
            mask[[part.base + place for place in part.deleted]] = False
        return mask

    def _having(self, choice: Choice) -> Numbers:
        name, values = choice
        facet, wanted = self.facet(name), frozenset(values)
        allowed = np.array([False, *(value in wanted for value in facet.values)])
        mask = np.zeros(self.count, dtype=bool)
        for column in facet.columns:
            mask |= allowed.take(column)
        return mask

    def _joined_facet(self, name: str) -> Facet:
        values = sorted({value for part in self.parts for value in part.data.strings[name]})
        place = {value: number for number, value in enumerate(values, start=1)}
        tables = [part.data.arrays[f"{name}.ordinal"] for part in self.parts]
        columns = [np.zeros(self.count, dtype=np.intp) for _ in range(max((len(table) for table in tables), default=0))]
        for part, table in zip(self.parts, tables, strict=True):
            own = part.data.strings[name]
            numbers = np.array([0, *map(place.__getitem__, own)], dtype=np.intp)
            for column, ordinals in zip(columns, table, strict=False):
                column[part.base : part.base + part.data.count] = ordinals if own == values else numbers.take(ordinals)
        return Facet(values, columns)


def _joined(parts: list[Numbers]) -> Numbers:
    if len(parts) == 1:
        return parts[0]
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)


def _postings(data: SegmentData, term: int) -> tuple[Numbers, Numbers]:
    run = data.run("post", term)
    return data.arrays["post.documents"][run], data.arrays["post.impacts"][run]


def _sorted(matches: Matches) -> Matches:
    """No document is in two languages, but those of one stand between those of another."""
    order = np.argsort(matches.documents, kind="stable")
    return Matches(matches.documents.take(order), matches.worths.take(order))


def _beginning(data: SegmentData, beginning: bytes, stems: tuple[str, ...]) -> tuple[Numbers, Numbers]:
    """Stems lie sorted, so the postings of all that begin alike are one piece, however many there are."""
    first, end = data.lexicons["term"].starting_with(beginning)
    total = np.zeros(data.count, dtype=np.int64)
    if end > first:
        run = data.run("post", first, end)
        documents, worths = data.arrays["post.documents"][run], data.arrays["post.impacts"][run]
        total += np.bincount(documents, weights=worths, minlength=data.count).astype(np.int64)
    for stem in stems:
        place = data.lexicons["term"].find(stem.encode())
        if place >= 0:
            documents, worths = _postings(data, place)
            total[documents] += worths
    documents = np.flatnonzero(total)
    return documents, np.minimum(total[documents], PREFIX_LIMIT)


def _side_by_side(data: SegmentData, terms: list[int]) -> tuple[Numbers, Numbers]:
    """Documents with the terms next to each other in one field; the rarest is looked at first."""
    places = [data.arrays["place.at"][data.run("place", term)] for term in terms]
    order = sorted(range(len(terms)), key=lambda number: len(places[number]))
    # Unsigned: a place too near the beginning wraps round to one that does not exist.
    begins = places[order[0]] - order[0]
    for number in order[1:]:
        begins = begins[_contained(begins + number, places[number])]
    holders = np.searchsorted(data.arrays["begins"], begins, side="right") - 1
    documents = holders[np.flatnonzero(np.diff(holders, prepend=-1))]
    worths = np.zeros(len(documents), dtype=np.int32)
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
