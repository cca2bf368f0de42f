"""Documents that are just being written, as what reads a segment sees them: nothing is read back from the files."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from portal.search.engine.library import encode_places
from portal.search.engine.ranking import TEXT_FIELDS, Numbers
from portal.search.engine.schema import LABELS, Entry

Postings = dict[str, tuple[list[int], list[bytes]]]


class Fresh:
    """The entries of one new segment, in the order in which they are written."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = entries
        self._postings = {name: self._words(name) for name in TEXT_FIELDS}
        self._postings |= {f"is_{name}": self._labels(name) for name in LABELS}

    def doc_count_all(self) -> int:
        """How many there are."""
        return len(self._entries)

    def numbers(self, name: str) -> Numbers:
        """A number of each document."""
        return np.array([entry.numbers[name] for entry in self._entries], dtype=np.int64)

    def titles(self) -> list[bytes]:
        """What is shown of each document."""
        return [entry.title.encode() for entry in self._entries]

    def postings_of(self, field: str) -> Iterator[tuple[bytes, Numbers, list[bytes]]]:
        """Each term of the field, in the order of their bytes, with its documents and encoded positions."""
        found = {text.encode(): postings for text, postings in self._postings[field].items()}
        for term in sorted(found):
            documents, values = found[term]
            yield term, np.array(documents, dtype=np.int64), values

    def _words(self, name: str) -> Postings:
        found: Postings = defaultdict(lambda: ([], []))
        for document, entry in enumerate(self._entries):
            places: dict[str, list[int]] = defaultdict(list)
            for place, word in enumerate(entry.words[name]):
                places[word].append(place)
            for word, at in places.items():
                documents, values = found[word]
                documents.append(document)
                values.append(encode_places(at))
        return found

    def _labels(self, name: str) -> Postings:
        found: Postings = defaultdict(lambda: ([], []))
        for document, entry in enumerate(self._entries):
            for text in entry.labels.get(name, ()):  # “closes” is counted from dates
                found[text][0].append(document)
        return found
