"""The search library's types, bent to the portal's needs. With `matching`, the only place that imports it.

The library is untyped; what leaves this module and `matching` has types.
"""

import contextlib
import os
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import numpy as np
from whoosh import columns, fields, formats
from whoosh.codec.whoosh3 import W3Codec
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import BufferFile, StructFile
from whoosh.index import FileIndex
from whoosh.lang.porter import stem as _porter_stem
from whoosh.lang.snowball import classes as _snowballs
from whoosh.reading import SegmentReader
from whoosh.util.numeric import byte_to_length
from whoosh.writing import SegmentWriter

from portal.search.engine.pool import Pool
from portal.search.engine.ranking import TEXT_FIELDS, Numbers

#: Lengths a field can be stored with; others are rounded up to the next.
LENGTHS = np.array([byte_to_length(code) for code in range(256)], dtype=np.int64)

#: Positions are stored as 16-bit numbers.
_POSITION = "H"
_POSITION_BYTES = array(_POSITION).itemsize
#: A smaller file is read in one piece: the library asks for a few bytes at a time.
_IN_MEMORY_BYTES = 8 << 20


def stem(word: str) -> str:
    """The English stem of a lower-case ASCII word."""
    return str(_porter_stem(word))


def snowball(language: str) -> Callable[[str], str]:
    """What cuts lower-case words of a language, by its two letters."""
    cut: Callable[[str], str] = _snowballs[language]().stem
    return cut


class _Places(formats.Positions):  # type: ignore[misc] # the library is untyped
    """Positions as plain 16-bit numbers: unlike the library's own, they are no pickles and decode in one step."""

    def encode(self, poslist: Iterable[int]) -> bytes:
        return array(_POSITION, poslist).tobytes()

    def decode_positions(self, valuestring: bytes) -> list[int]:
        return array(_POSITION, valuestring).tolist()

    def decode_frequency(self, valuestring: bytes) -> int:
        return len(valuestring) // _POSITION_BYTES

    def combine(self, vs: Iterable[bytes]) -> bytes:
        return self.encode(sorted({position for value in vs for position in self.decode_positions(value)}))


class _Words(fields.FieldType):  # type: ignore[misc] # the library is untyped
    """Words that were stemmed before they came here, with their positions."""

    def __init__(self) -> None:
        super().__init__(format=_Places(), analyzer=None, scorable=True)

    def index(self, value: tuple[str, ...], **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        places: dict[str, list[int]] = defaultdict(list)
        for place, word in enumerate(value):
            places[word].append(place)
        for word, found in places.items():
            yield word.encode(), len(found), float(len(found)), self.format.encode(found)


class _Labels(fields.FieldType):  # type: ignore[misc] # the library is untyped
    """Exact values; a document either has one or not."""

    def __init__(self) -> None:
        super().__init__(format=formats.Existence(), analyzer=None)

    def index(self, value: tuple[str, ...], **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        for text in value:
            yield text.encode(), 1, 1.0, b""


class _Column(fields.FieldType):  # type: ignore[misc] # the library is untyped
    """A value per document that is read, never searched."""

    indexed = False

    def __init__(self, column: Any) -> None:
        super().__init__(format=None, analyzer=None, sortable=column)

    def to_column_value(self, value: Any) -> Any:
        return value.encode() if isinstance(value, str) else value

    def from_column_value(self, value: Any) -> Any:
        return value


def new_schema(labels: Iterable[str], numbers: Iterable[str]) -> Any:
    """The library's schema for our fields; a column called "title" holds what is shown of a document."""
    return fields.Schema(
        title_shown=_Column(columns.VarBytesColumn()),
        **{name: _Words() for name in TEXT_FIELDS},
        **{f"is_{name}": _Labels() for name in labels},
        **{f"at_{name}": _Column(columns.NumericColumn("q", default=-1)) for name in numbers},
    )


@dataclass(frozen=True)
class Segment:
    """One immutable part of an index. `deleted` holds places in it that no longer count."""

    name: str
    count: int
    deleted: frozenset[int]
    raw: Any


class Files(FileStorage):  # type: ignore[misc] # the library is untyped
    """A directory that knows what was opened in it: the library leaves files open where it fails on damaged ones."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self._opened: list[IO[bytes]] = []

    def open_file(self, name: str, **kwargs: Any) -> Any:
        path = Path(self.folder, name)
        if path.stat().st_size <= _IN_MEMORY_BYTES:
            return BufferFile(path.read_bytes(), name=name, **kwargs)
        self._opened.append(path.open("rb"))
        return StructFile(self._opened[-1], name=name, **kwargs)

    def create_file(self, name: str, excl: bool = False, mode: str = "wb", **kwargs: Any) -> Any:
        file = super().create_file(name, excl, mode, **kwargs)
        self._opened.append(file.raw_file())
        return file

    def release(self) -> None:
        for file in self._opened:
            file.close()
        self._opened = []


class Source(SegmentReader):  # type: ignore[misc] # the library is untyped
    """Reads what the library wrote of one segment."""

    def numbers(self, name: str) -> Numbers:
        return np.array(list(self.column_reader(f"at_{name}")), dtype=np.int64)

    def titles(self) -> list[bytes]:
        return [bytes(title) for title in self.column_reader("title_shown")]

    def postings_of(self, field: str) -> Iterator[tuple[bytes, Numbers, list[bytes]]]:
        """Each term of the field with its documents and, where the field has any, their encoded positions."""
        for (name, term), info in self._terms.items_from(field, b""):
            if name != field:
                return
            blocks = list(self._blocks(field, info))
            values = [value for _, found in blocks for value in found]
            yield bytes(term), np.concatenate([documents for documents, _ in blocks]), values

    def iter_postings(self) -> Iterator[tuple[str, bytes, int, float, bytes]]:
        """What a merge copies. The library's own version looks every term up again and goes from posting to posting."""
        for (field, term), info in self._terms.items():
            for documents, values in self._blocks(field, info):
                for number, document in enumerate(documents.tolist()):
                    if not self.is_deleted(document):
                        value = values[number] if values else b""
                        yield field, term, document, len(value) / _POSITION_BYTES or 1.0, value

    def _blocks(self, field: str, info: Any) -> Iterator[tuple[Numbers, list[bytes]]]:
        matcher = self._codec.postings_reader(self._terms._postfile, info, self.schema[field].format)
        while matcher.is_active():
            matcher._read_data()
            yield np.cumsum(matcher._data[0], dtype=np.int64), matcher._data[2] or []
            matcher._next_block()


def decode_places(values: list[bytes]) -> tuple[Numbers, Numbers]:
    """Frequencies of a list of postings, and all their positions one after the other."""
    frequencies = np.fromiter((len(value) // _POSITION_BYTES for value in values), dtype=np.int64, count=len(values))
    return frequencies, np.frombuffer(b"".join(values), dtype=_POSITION).astype(np.int64)


def _codec() -> Any:
    codec = W3Codec(compression=0)
    # Shortest and longest field per block would help the library's own ranking only, at a sixth of the time to write.
    codec.length_stats = False
    return codec


class _Writer(SegmentWriter):  # type: ignore[misc] # the library is untyped
    """Writes one segment; calls `before_announced` when its files are complete and nobody knows of them yet."""

    def __init__(self, index: Any, before_announced: Callable[[Segment, Pool], None]) -> None:
        # Compound files would be copied into the memory of every process that opens them.
        super().__init__(index, compound=False, codec=_codec())
        self.pool = Pool()
        self._before_announced = before_announced

    def _commit_toc(self, segments: list[Any]) -> None:
        if self._added:
            self._before_announced(_segment(self.get_segment()), self.pool)
        super()._commit_toc(segments)


class Directory:
    """One index directory of the library's."""

    def __init__(self, path: Path, schema: Any) -> None:
        self.path = path
        self.schema = schema

    @contextlib.contextmanager
    def index(self) -> Iterator[Any]:
        """The library's view of the directory; whatever is opened through it is closed in the end."""
        files = Files(self.path)
        try:
            yield FileIndex(files, self.schema, "MAIN")
        finally:
            files.release()

    def create(self) -> None:
        FileIndex.create(Files(self.path), self.schema, "MAIN")

    def segments(self) -> list[Segment]:
        with self.index() as index:
            return [_segment(raw) for raw in index._read_toc().segments]

    @contextlib.contextmanager
    def source(self, segment: Segment) -> Iterator[Source]:
        with self.index() as index:
            yield Source(index.storage, self.schema, segment.raw)

    def change(
        self,
        added: Iterable[dict[str, Any]],
        deleted: Iterable[int],
        merged: frozenset[str],
        before_announced: Callable[[Segment, Pool], None],
    ) -> None:
        """Write one new segment and announce it, together with deletions, in one step.

        Args:
            added: values per field of the schema.
            deleted: places counted over all segments in order.
            merged: names of segments whose documents move into the new one.
        """
        with self.index() as index:
            writer = _Writer(index, before_announced)
            try:
                for place in deleted:
                    writer.delete_document(place)
                for values in added:
                    writer.add_document(**values)
                writer.commit(mergetype=lambda _, segments: self._merge(writer, segments, merged))
            except BaseException:
                with contextlib.suppress(Exception):  # the first error is the one to tell
                    writer.cancel()
                raise

    def adopt(self, others: Iterable["Directory"]) -> None:
        """Take over all segments of other directories in one step; their files get a second name in this one."""
        with self.index() as index:
            toc = index._read_toc()
            for other in others:
                for segment in other.segments():
                    for file in other.path.glob(f"{segment.name}.*"):
                        os.link(file, self.path / file.name)
                    toc.segments.append(segment.raw)
            toc.generation += 1
            toc.write(index.storage, index.indexname)

    def _merge(self, writer: _Writer, segments: list[Any], names: frozenset[str]) -> list[Any]:
        for segment in segments:
            if segment.segment_id() in names and segment.doc_count():
                reader = Source(writer.storage, self.schema, segment)
                writer.add_reader(reader)
                reader.close()
        return [segment for segment in segments if segment.segment_id() not in names]


def _segment(raw: Any) -> Segment:
    return Segment(raw.segment_id(), raw.doc_count_all(), frozenset(raw.deleted_docs()), raw)
