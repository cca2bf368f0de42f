"""Answers a query through the search library's own matchers, one document at a time: slow; the measure of `vector`."""

import threading
from collections import Counter
from functools import cache

import numpy as np

from portal.search.engine.analysis import words_of
from portal.search.engine.library import Directory
from portal.search.engine.matching import All, Any, Matching, Phrase, Term, Tree
from portal.search.engine.parser import Atom, Parsed
from portal.search.engine.query import CLOSES_WITHIN_DAYS, Cursor, FacetCounts, Query
from portal.search.engine.ranking import PREFIX_LIMIT, TEXT_FIELDS, impacts, rarity, shared
from portal.search.engine.schema import NEVER
from portal.search.engine.tongues import MARKS, PLAIN, tongue_of
from portal.search.engine.vector import Answer


class Classic:
    """One generation of an index, opened by the library. One question at a time: its files have a reading position."""

    def __init__(self, directory: Directory) -> None:
        self._lock = threading.Lock()
        self._matching = Matching(directory)
        self._numbers = cache(self._matching.numbers)
        self._holders = cache(lambda name, value: self._matching.documents(Term(f"is_{name}", value)))
        self._worths = cache(self._worths_of)
        self._tongues = cache(self._tongues_of)
        self._spoken = cache(lambda: sorted(set(map(tongue_of, self._matching.terms("is_language")))))

    def answer(self, query: Query, parsed: Parsed) -> Answer:
        """All of a page but the suggestion."""
        with self._lock:
            hits = self._hits(query, parsed, query.chosen)
            facets = {name: self._facet(query, parsed, name, hits) for name in query.facets}
            weights = self._weights(query, parsed)
            return self._page(query, self._ranked(query, parsed, hits, weights), weights, facets)

    def close(self) -> None:
        with self._lock:
            self._matching.close()

    def _hits(self, query: Query, parsed: Parsed, filters: dict[str, tuple[str, ...]]) -> set[int]:
        wanted: list[Tree] = [_readable(query)]
        wanted += [Any(tuple(map(self._tree, group))) for group in parsed.groups]
        facets = {name: values for name, values in filters.items() if name != "closes"}
        wanted += [Any(tuple(Term(f"is_{name}", value) for value in values)) for name, values in facets.items()]
        found = self._matching.documents(All(tuple(wanted)))
        for atom in parsed.excluded:
            # The library's own matcher for "and not" lets some first documents through.
            found -= self._matching.documents(self._tree(atom))
        if query.open_at is not None:
            closes_at = self._numbers("closes_at")
            found = {document for document in found if closes_at[document] >= query.open_at}
        if query.amount is not None:
            amounts = self._numbers("amount")
            found = {
                document for document in found if amounts[document] and query.amount[0] <= amounts[document] <= query.amount[1]
            }
        if query.among is not None:
            ids = self._numbers("id")
            found = {document for document in found if ids[document] in query.among}
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
        wanted = words_of(query.beginning)
        order = sorted((-count, value) for value, count in counts.items() if count and wanted in words_of(value))
        order = order[: query.facet_values]
        missing = sorted(set(chosen.get(name, ())) - {value for _, value in order})
        return (*((value, -count) for count, value in order), *((value, counts.get(value, 0)) for value in missing))

    def _ranked(self, query: Query, parsed: Parsed, hits: set[int], weights: list[int]) -> list[tuple[int, int, int]]:
        """Key, second and id of every hit, in order."""
        ids, published, closes_at, amounts = (self._numbers(name) for name in ("id", "published_at", "closes_at", "amount"))
        scores = self._scores(query, parsed, weights) if query.sort == "best" and parsed.groups else published
        if query.sort == "closing":
            scores = {document: NEVER - closes_at[document] for document in hits}
        if query.sort == "amount":
            scores = amounts
        return sorted(((scores[document], published[document], ids[document]) for document in hits), reverse=True)

    def _page(
        self, query: Query, ranked: list[tuple[int, int, int]], weights: list[int], facets: dict[str, FacetCounts]
    ) -> Answer:
        start, end = query.window
        if query.at is not None:
            place = (query.at.key, query.at.published_at, query.at.id)
            size = end - start
            preceding = sum(row > place if query.at.back else row >= place for row in ranked)
            start = max(preceding - size, 0) if query.at.back else preceding
            end = start + size
        rows = ranked[start:end]
        after = Cursor(*rows[-1], tuple(weights)) if rows and len(ranked) > end else None
        before = Cursor(*rows[0], tuple(weights), back=True) if rows and start else None
        tongues = self._tongues()
        ids = tuple(row[2] for row in rows)
        return Answer(ids, len(ranked), facets, after, before, tuple(tongues.get(number, PLAIN) for number in ids))

    def _tongues_of(self) -> dict[int, str]:
        """The language of each document by its id."""
        ids = self._numbers("id")
        return {
            ids[document]: tongue_of(tag)
            for tag in self._matching.terms("is_language")
            for document in self._holders("language", tag)
        }

    def _weights(self, query: Query, parsed: Parsed) -> list[int]:
        """How rare each atom is among what the viewer sees, or was where the walk began."""
        if query.at is not None and len(query.at.weights) == parsed.atoms:
            return list(query.at.weights)
        among = len(self._matching.documents(_readable(query)))
        return [
            rarity(len(self._matching.documents(All((_readable(query), self._tree(atom))))), among)
            for group in parsed.groups
            for atom in group
        ]

    def _scores(self, query: Query, parsed: Parsed, weights: list[int]) -> dict[int, int]:
        scores: dict[int, int] = {}
        for atom, factor in zip((atom for group in parsed.groups for atom in group), weights, strict=True):
            total: Counter[int] = Counter()
            for stem in self._stems(atom):
                total.update(self._worths(stem))
            for document in self._matching.documents(All((_readable(query), self._tree(atom)))):
                worth = min(total[document], PREFIX_LIMIT) if atom.prefix else total[document]
                scores[document] = scores.get(document, 0) + worth * shared(factor, atom.percent)
        return scores

    def _stems(self, atom: Atom) -> list[str]:
        tongues = self._spoken()
        stems = [stem for tongue in tongues for stem in atom.way(tongue)]
        if not atom.prefix:
            return stems  # a word said twice counts twice
        beginning = [MARKS[tongue] + atom.prefix for tongue in tongues]
        begun = {stem for name in TEXT_FIELDS for prefix in beginning for stem in self._matching.terms(name, prefix)}
        return sorted(begun.union(stems))

    def _tree(self, atom: Atom) -> Tree:
        """The atom in any of the text fields, in any language there is: no document has terms of two."""
        tongues = self._spoken()
        ways = [(name, atom.way(tongue)) for name in TEXT_FIELDS for tongue in tongues]
        if atom.prefix:
            beginning = (Term(name, MARKS[tongue] + atom.prefix, prefix=True) for name in TEXT_FIELDS for tongue in tongues)
            return Any((*beginning, *(Term(name, stem) for name, way in ways for stem in way)))
        if len(atom.stems) > 1:
            return Any(tuple(Phrase(name, way) for name, way in ways))
        return Any(tuple(Term(name, way[0]) for name, way in ways))

    def _worths_of(self, stem: str) -> dict[int, int]:
        worths: dict[int, int] = {}
        for name in TEXT_FIELDS:
            found = self._matching.frequencies(name, stem)
            lengths = np.array([self._matching.length(document, name) for document in found], dtype=np.int64)
            own = impacts(name, np.array(list(found.values()), dtype=np.int64), lengths).tolist()
            for document, worth in zip(found, own, strict=True):
                worths[document] = worths.get(document, 0) + worth
        return worths


def _readable(query: Query) -> Tree:
    return Any(tuple(Term("is_reader", token) for token in query.readers))
