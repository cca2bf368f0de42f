"""Answers a query through the search library's own matchers, one document at a time: slow; the measure of `vector`."""

import threading
from collections import Counter
from functools import cache

import numpy as np

from portal.search.engine.library import Directory
from portal.search.engine.matching import All, Any, Matching, Phrase, Term, Tree
from portal.search.engine.parser import Atom, Parsed
from portal.search.engine.query import CLOSES_WITHIN_DAYS, FACET_VALUES, FacetCounts, Query
from portal.search.engine.ranking import PREFIX_LIMIT, TEXT_FIELDS, impacts, rarity
from portal.search.engine.schema import NEVER
from portal.search.engine.vector import Answer


class Classic:
    """One generation of an index, opened by the library. One question at a time: its files have a reading position."""

    def __init__(self, directory: Directory) -> None:
        self._lock = threading.Lock()
        self._matching = Matching(directory)
        self._numbers = cache(self._matching.numbers)
        self._holders = cache(lambda name, value: self._matching.documents(Term(f"is_{name}", value)))
        self._worths = cache(self._worths_of)

    def answer(self, query: Query, parsed: Parsed) -> Answer:
        """All of a page but the suggestion."""
        with self._lock:
            hits = self._hits(query, parsed, query.chosen)
            facets = {name: self._facet(query, parsed, name, hits) for name in query.facets}
            return Answer(tuple(self._ranked(query, parsed, hits)), len(hits), facets)

    def close(self) -> None:
        with self._lock:
            self._matching.close()

    def _hits(self, query: Query, parsed: Parsed, filters: dict[str, tuple[str, ...]]) -> set[int]:
        wanted: list[Tree] = [_readable(query)]
        wanted += [Any(tuple(map(_tree, group))) for group in parsed.groups]
        facets = {name: values for name, values in filters.items() if name != "closes"}
        wanted += [Any(tuple(Term(f"is_{name}", value) for value in values)) for name, values in facets.items()]
        found = self._matching.documents(All(tuple(wanted)))
        for atom in parsed.excluded:
            # The library's own matcher for "and not" lets some first documents through.
            found -= self._matching.documents(_tree(atom))
        if query.open_at is not None:
            closes_at = self._numbers("closes_at")
            found = {document for document in found if closes_at[document] >= query.open_at}
        if "closes" in filters:
            found &= self._closing(query, filters["closes"])
        return found

    def _closing(self, query: Query, values: tuple[str, ...]) -> set[int]:
        closes_at = self._numbers("closes_at")
        return {document for document in range(len(closes_at)) if closes_at[document] < query.closing_before(values)}

    def _facet(self, query: Query, parsed: Parsed, name: str, hits: set[int]) -> FacetCounts:
        chosen = query.chosen
        if name in chosen:
            hits = self._hits(query, parsed, {other: values for other, values in chosen.items() if other != name})
        if name == "closes":
            return tuple((str(days), len(hits & self._closing(query, (str(days),)))) for days in CLOSES_WITHIN_DAYS)
        counts = {value: len(hits & self._holders(name, value)) for value in self._matching.terms(f"is_{name}")}
        order = sorted((-count, value) for value, count in counts.items() if count)[:FACET_VALUES]
        missing = sorted(set(chosen.get(name, ())) - {value for _, value in order})
        return (*((value, -count) for count, value in order), *((value, counts.get(value, 0)) for value in missing))

    def _ranked(self, query: Query, parsed: Parsed, hits: set[int]) -> list[int]:
        ids, published, closes_at = (self._numbers(name) for name in ("id", "published_at", "closes_at"))
        scores = self._scores(query, parsed) if query.sort == "best" else {}

        def key(document: int) -> tuple[int, int, int]:
            closing = NEVER - closes_at[document] if query.sort == "closing" else 0
            return closing + scores.get(document, 0), published[document], ids[document]

        start, end = query.window
        return [ids[document] for document in sorted(hits, key=key, reverse=True)[start:end]]

    def _scores(self, query: Query, parsed: Parsed) -> dict[int, int]:
        among = len(self._matching.documents(_readable(query)))
        scores: dict[int, int] = {}
        for atom in (atom for group in parsed.groups for atom in group):
            found = self._matching.documents(All((_readable(query), _tree(atom))))
            factor = rarity(len(found), among)
            total: Counter[int] = Counter()
            for stem in self._stems(atom):
                total.update(self._worths(stem))
            for document in found:
                worth = min(total[document], PREFIX_LIMIT) if atom.prefix else total[document]
                scores[document] = scores.get(document, 0) + worth * factor
        return scores

    def _stems(self, atom: Atom) -> list[str]:
        if not atom.prefix:
            return list(atom.stems)
        return sorted({*atom.stems, *(stem for name in TEXT_FIELDS for stem in self._matching.terms(name, atom.prefix))})

    def _worths_of(self, stem: str) -> dict[int, int]:
        worths: dict[int, int] = {}
        for name in TEXT_FIELDS:
            for document, frequency in self._matching.frequencies(name, stem).items():
                length = np.array(self._matching.length(document, name))
                worths[document] = worths.get(document, 0) + int(impacts(name, np.array(frequency), length))
        return worths


def _readable(query: Query) -> Tree:
    return Any(tuple(Term("is_reader", token) for token in query.readers))


def _tree(atom: Atom) -> Tree:
    """The atom in any of the text fields."""
    if atom.prefix:
        beginning = (Term(name, atom.prefix, prefix=True) for name in TEXT_FIELDS)
        return Any((*beginning, *(Term(name, stem) for name in TEXT_FIELDS for stem in atom.stems)))
    if len(atom.stems) > 1:
        return Any(tuple(Phrase(name, atom.stems) for name in TEXT_FIELDS))
    return Any(tuple(Term(name, atom.stems[0]) for name in TEXT_FIELDS))
