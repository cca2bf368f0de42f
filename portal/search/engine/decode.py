"""From the documents of a segment to flat arrays.

Arrays of a segment; a ragged one comes with `.starts`, which is one longer than its entries:

- `term` lexicon of stems; `post.starts`, `post.documents`, `post.impacts`; `place.starts`, `place.at` positions
- `gist` a row for each of the words that are worth most in a document: their places in `term`, -1 where there are fewer
- `begins` first position of each document; its fields lie one after the other, with a gap
- `id`, `published_at`, `closes_at`, `amount`; `title` lexicon in the order of documents
- `<facet>.ordinal` a row per value that a document may have, in it a number per document, 0 is none
- `reader.starts`, `reader.documents`
- `word` lexicon of unstemmed title words; `word.starts`, `word.documents`; `word.letters` which letters occur, as bits
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from portal.search.engine.library import LENGTHS, decode_places
from portal.search.engine.pool import Pool
from portal.search.engine.query import FACETS
from portal.search.engine.ranking import TEXT_FIELDS, Numbers, impacts
from portal.search.engine.schema import NUMBERS
from portal.search.engine.sidecar import SegmentData, lexicon_arrays

_PLACE_BITS = 32
#: Words kept of each document that are worth most in it.
GIST = 24


class Source(Protocol):
    """What a segment is read from."""

    def doc_count_all(self) -> int: ...

    def numbers(self, name: str) -> Numbers: ...

    def titles(self) -> list[bytes]: ...

    def postings_of(self, field: str) -> Iterator[tuple[bytes, Numbers, list[bytes]]]: ...


@dataclass(frozen=True)
class Written:
    """A segment that was just written: what is in columns from its files, its postings from where they were gathered."""

    columns: Source
    pool: Pool

    def doc_count_all(self) -> int:
        return self.columns.doc_count_all()

    def numbers(self, name: str) -> Numbers:
        return self.columns.numbers(name)

    def titles(self) -> list[bytes]:
        return self.columns.titles()

    def postings_of(self, field: str) -> Iterator[tuple[bytes, Numbers, list[bytes]]]:
        return self.pool.postings_of(field)


def decode(source: Source) -> SegmentData:
    """The arrays of a segment. Read through the library they are slow to make, but right without any sidecar."""
    arrays: dict[str, Numbers] = {name: source.numbers(name) for name in NUMBERS}
    strings: dict[str, list[str]] = {}
    arrays |= lexicon_arrays("title", source.titles())
    for facet in FACETS:
        strings[facet], arrays[f"{facet}.ordinal"] = _facet(source, facet)
    readers, starts, documents = _ragged(source, "reader")
    strings["reader"] = [reader.decode() for reader in readers]
    arrays |= {"reader.starts": starts, "reader.documents": documents}
    found, starts, documents = _ragged(source, "word")
    arrays |= lexicon_arrays("word", found)
    arrays |= {"word.starts": starts, "word.documents": documents, "word.letters": letters(found)}
    return SegmentData(source.doc_count_all(), arrays | _postings(source), strings)


def letters(texts: Iterable[bytes]) -> Numbers:
    """For each text a 64-bit number with a bit per letter that occurs: unlike sets mean unlike words."""
    return np.array([sum(1 << bit for bit in {byte & 63 for byte in text}) for text in texts], dtype=np.uint64)


def _ragged(source: Source, label: str) -> tuple[list[bytes], Numbers, Numbers]:
    found = list(source.postings_of(f"is_{label}"))
    starts = _starts([len(documents) for _, documents, _ in found])
    return [text for text, _, _ in found], starts, _joined([documents for _, documents, _ in found]).astype(np.int32)


def _facet(source: Source, facet: str) -> tuple[list[str], Numbers]:
    values, starts, documents = _ragged(source, facet)
    ordinals = np.repeat(np.arange(1, len(values) + 1), np.diff(starts))
    order = np.argsort(documents, kind="stable")
    documents, ordinals = documents[order], ordinals[order]
    # How many values of the same document came before this one: its column.
    column = np.arange(len(documents)) - np.searchsorted(documents, documents)
    width = int(column.max()) + 1 if len(column) else 1
    table = np.zeros((width, source.doc_count_all()), dtype=np.int32)
    table[column, documents] = ordinals
    return [value.decode() for value in values], table


@dataclass(frozen=True)
class _Field:
    """Postings of one text field: number of the stem, document, how often; and all places in the order of postings."""

    stems: Numbers
    documents: Numbers
    frequencies: Numbers
    places: Numbers

    def lengths(self, count: int) -> Numbers:
        return np.bincount(self.documents, weights=self.frequencies, minlength=count).astype(np.int64)


def _postings(source: Source) -> dict[str, Numbers]:
    """The text fields, merged into one list per stem."""
    numbers: dict[bytes, int] = {}
    fields = {name: _field(source, name, numbers) for name in TEXT_FIELDS}
    texts = sorted(numbers)
    rank = np.empty(len(texts), dtype=np.int64)
    rank[[numbers[text] for text in texts]] = np.arange(len(texts))
    lengths = {name: field.lengths(source.doc_count_all()) for name, field in fields.items()}
    room = sum(lengths.values(), np.zeros(source.doc_count_all(), dtype=np.int64)) + len(fields)
    begins = np.concatenate([[0], np.cumsum(room)])
    start = begins[:-1].copy()
    pairs, worths, places = [], [], []
    for name, field in fields.items():
        stems = rank[field.stems]
        stored_lengths = LENGTHS[np.searchsorted(LENGTHS, lengths[name])]
        pairs.append(stems * source.doc_count_all() + field.documents)
        worths.append(impacts(name, field.frequencies, stored_lengths[field.documents]))
        at = np.repeat(start[field.documents], field.frequencies) + field.places
        places.append((np.repeat(stems, field.frequencies) << _PLACE_BITS) + at)
        start += lengths[name] + 1
    arrays = lexicon_arrays("term", texts)
    arrays["begins"] = begins.astype(np.uint32)
    arrays |= _lists(_joined(pairs), _joined(worths), source.doc_count_all(), len(texts))
    arrays["gist"] = _gist(arrays, source.doc_count_all())
    return arrays | _places(_joined(places), len(texts))


def _field(source: Source, name: str, numbers: dict[bytes, int]) -> _Field:
    stems, counts, documents, values = [], [], [], []
    for term, holders, encoded in source.postings_of(name):
        stems.append(numbers.setdefault(term, len(numbers)))
        counts.append(len(holders))
        documents.append(holders)
        values.extend(encoded)
    frequencies, places = decode_places(values)
    return _Field(np.repeat(np.array(stems, dtype=np.int64), counts), _joined(documents), frequencies, places)


def _lists(pairs: Numbers, worths: Numbers, count: int, terms: int) -> dict[str, Numbers]:
    """One posting per pair of stem and document, worth what the fields together are."""
    order = np.argsort(pairs, kind="stable")
    pairs, first = np.unique(pairs[order], return_index=True)
    stems, documents = np.divmod(pairs, max(count, 1))
    return {
        "post.starts": np.searchsorted(stems, np.arange(terms + 1)).astype(np.uint32),
        "post.documents": documents.astype(np.int32),
        "post.impacts": (np.add.reduceat(worths[order], first) if len(first) else first).astype(np.uint16),
    }


def _gist(arrays: dict[str, Numbers], count: int) -> Numbers:
    """Of each document the words worth most, of words worth as much those that come first in the lexicon."""
    terms = np.repeat(np.arange(len(arrays["post.starts"]) - 1), np.diff(arrays["post.starts"]))
    documents = arrays["post.documents"]
    order = np.lexsort((terms, -arrays["post.impacts"].astype(np.int64), documents))
    documents, terms = documents[order], terms[order]
    row = np.arange(len(documents)) - np.searchsorted(documents, documents)
    kept = row < GIST
    table = np.full((GIST, count), -1, dtype=np.int32)
    table[row[kept], documents[kept]] = terms[kept]
    return table


def _places(keys: Numbers, terms: int) -> dict[str, Numbers]:
    keys = np.sort(keys)
    return {
        "place.starts": np.searchsorted(keys, np.arange(terms + 1) << _PLACE_BITS).astype(np.uint32),
        "place.at": (keys & ((1 << _PLACE_BITS) - 1)).astype(np.uint32),
    }


def _starts(lengths: list[int]) -> Numbers:
    return np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)]).astype(np.uint32)


def _joined(parts: list[Numbers]) -> Numbers:
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)
