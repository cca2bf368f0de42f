"""The postings of a segment that is being written, gathered by field and word.

The library's own pool holds one tuple for each and sorts them all, by way of files where they are many. Words come back in
order here because they are sorted once each, and their documents because they were added in order.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from portal.search.engine.ranking import Numbers

Item = tuple[str, bytes, int, float, bytes | None]  # field, word, document, weight, positions


class Pool:
    """Lasts until its segment is complete: the sidecar is made from it too, and nothing is read back from the files."""

    def __init__(self) -> None:
        self._found: dict[str, dict[bytes, tuple[array[int], array[float], list[bytes]]]] = defaultdict(dict)

    def add(self, item: Item) -> None:
        """One posting; those of one word come in the order of their documents."""
        field, word, document, weight, value = item
        words = self._found[field]
        postings = words.get(word)
        if postings is None:
            postings = words[word] = (array("I"), array("f"), [])
        postings[0].append(document)
        postings[1].append(weight)
        postings[2].append(value or b"")

    def iter_postings(self) -> Iterator[Item]:
        """All of them, by field, word and document."""
        for field, words in sorted(self._found.items()):
            for word in sorted(words):
                for document, weight, value in zip(*words[word], strict=True):
                    yield field, word, document, weight, value

    def postings_of(self, field: str) -> Iterator[tuple[bytes, Numbers, list[bytes]]]:
        """Each word of a field with its documents and positions."""
        words = self._found.get(field, {})
        for word in sorted(words):
            documents, _weights, values = words[word]
            yield word, np.array(documents, dtype=np.int64), values

    def cleanup(self) -> None:
        """The library is done with it; the sidecar is not."""
