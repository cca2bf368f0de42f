"""The search library's own matchers, behind types: what the classic executor is made of."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass

from whoosh import query as q
from whoosh.reading import TermNotFound

from portal.search.engine.library import Directory


@dataclass(frozen=True)
class Term:
    """A term, or with `prefix` any that begins so, in a field of the schema."""

    field: str
    text: str
    prefix: bool = False


@dataclass(frozen=True)
class Phrase:
    field: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class All:
    parts: tuple["Tree", ...]


@dataclass(frozen=True)
class Any:
    parts: tuple["Tree", ...]


Tree = Term | Phrase | All | Any


class Matching:
    """One look at an index through the library's searcher."""

    def __init__(self, directory: Directory) -> None:
        self._opened = contextlib.ExitStack()
        self._searcher = self._opened.enter_context(directory.index()).searcher()

    def documents(self, tree: Tree) -> set[int]:
        return set(self._searcher.docs_for_query(_query(tree)))

    def frequencies(self, field: str, text: str) -> dict[int, int]:
        """How often the term occurs, per document that has it."""
        try:
            matcher = self._searcher.reader().postings(field, text)
        except TermNotFound:
            return {}
        found = {}
        while matcher.is_active():
            found[matcher.id()] = int(matcher.value_as("frequency"))
            matcher.next()
        return found

    def length(self, document: int, field: str) -> int:
        return int(self._searcher.reader().doc_field_length(document, field, 0))

    def terms(self, field: str, prefix: str = "") -> Iterator[str]:
        reader = self._searcher.reader()
        if field in reader.indexed_field_names():
            for term in reader.expand_prefix(field, prefix):
                yield term.decode()

    def numbers(self, name: str) -> list[int]:
        return list(self._searcher.reader().column_reader(f"at_{name}")) if self._searcher.doc_count_all() else []

    def close(self) -> None:
        self._opened.close()


def _query(tree: Tree) -> q.Query:
    match tree:
        case Term(field, text, prefix):
            return q.Prefix(field, text) if prefix else q.Term(field, text)
        case Phrase(field, words):
            return q.Phrase(field, list(words))
        case All(parts):
            return q.And([_query(part) for part in parts])
        case Any(parts):
            return q.Or([_query(part) for part in parts]) if parts else q.NullQuery
