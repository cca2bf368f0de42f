"""Answers a query with whole arrays at a time: the executor for use.

What is asked for is found term by term, ranked and counted on arrays over all documents; nothing is done per document in
Python. `classic` gives the same answers through the search library's own matchers and is what tests compare with.
"""

from dataclasses import dataclass

import numpy as np

from portal.search.engine.parser import Atom, Parsed
from portal.search.engine.query import FACET_VALUES, FacetCounts, Query
from portal.search.engine.ranking import Numbers, rarity
from portal.search.engine.schema import NEVER
from portal.search.engine.snapshot import Facet, Matches, Snapshot

#: A list this many times longer than the other is searched instead of spread out.
_LOPSIDED = 16


@dataclass(frozen=True)
class Answer:
    """Hits of one page, their number, and counts per facet."""

    ids: tuple[int, ...]
    total: int
    facets: dict[str, FacetCounts]


def answer(snapshot: Snapshot, query: Query, parsed: Parsed) -> Answer:
    """All of a page but the suggestion."""
    readers = frozenset(query.readers)
    documents, scores = _found(snapshot, parsed, readers)
    if query.open_at is not None:
        documents, scores = _kept(documents, scores, snapshot.column("closes_at")[documents] >= query.open_at)
    chosen = query.chosen
    allowed = {name: snapshot.chosen((name, values))[documents] for name, values in chosen.items()}
    hits, scores = _kept(documents, scores, *allowed.values())
    facets = {}
    for name in query.facets:
        others = [mask for other, mask in allowed.items() if other != name]
        counted = _kept(documents, None, *others)[0] if name in allowed else hits
        facets[name] = count(snapshot.facet(name), counted, chosen.get(name, ()))
    ids = _ranked(snapshot, query, hits, scores)
    return Answer(tuple(ids.tolist()), len(hits), facets)


def _found(snapshot: Snapshot, parsed: Parsed, readers: frozenset[str]) -> tuple[Numbers, Numbers | None]:
    """Visible documents that meet the text, and their scores if there is anything to rank by."""
    visible = snapshot.visible(readers)
    everything = snapshot.everything(readers)
    groups = [_group(snapshot, atoms, visible, len(everything)) for atoms in parsed.groups]
    if groups:
        groups.sort(key=lambda group: len(group.documents))
        documents, scores = groups[0].documents, groups[0].worths
        for group in groups[1:]:
            documents, scores = _both(documents, scores, group, snapshot.count)
    else:
        documents, scores = everything, None
    for atom in parsed.excluded:
        barred = np.zeros(snapshot.count, dtype=bool)
        barred[snapshot.matches(atom, visible).documents] = True
        documents, scores = _kept(documents, scores, ~barred[documents])
    return documents, scores


def _group(snapshot: Snapshot, atoms: tuple[Atom, ...], visible: Numbers, among: int) -> Matches:
    weighed = []
    for atom in atoms:
        found = snapshot.matches(atom, visible)
        weighed.append(Matches(found.documents, found.worths * rarity(len(found.documents), among)))
    if len(weighed) == 1:
        return weighed[0]
    total = np.zeros(snapshot.count, dtype=np.int64)
    for found in weighed:
        total[found.documents] += found.worths
    documents = np.flatnonzero(total)
    return Matches(documents, total[documents])


def _both(documents: Numbers, scores: Numbers, group: Matches, count: int) -> tuple[Numbers, Numbers]:
    if len(documents) * _LOPSIDED < len(group.documents):
        places = np.searchsorted(group.documents, documents)
        places[places == len(group.documents)] = 0
        gained = np.where(group.documents[places] == documents, group.worths[places], 0)
    else:
        spread = np.zeros(count, dtype=np.int64)
        spread[group.documents] = group.worths
        gained = spread[documents]
    keep = gained > 0
    return documents[keep], (scores + gained)[keep]


def _kept(documents: Numbers, scores: Numbers | None, *masks: Numbers) -> tuple[Numbers, Numbers | None]:
    if not masks:
        return documents, scores
    keep = masks[0] if len(masks) == 1 else np.logical_and.reduce(masks)
    return documents[keep], None if scores is None else scores[keep]


def _ranked(snapshot: Snapshot, query: Query, hits: Numbers, scores: Numbers | None) -> Numbers:
    """Ids of the page: the greatest keys, then the newest, then the highest id."""
    start, end = query.window
    published = snapshot.column("published_at")[hits]
    if query.sort == "closing":
        keys = NEVER - snapshot.column("closes_at")[hits]
    elif query.sort == "best" and scores is not None:
        keys = scores
    else:
        keys = published
    ids = snapshot.column("id")[hits]
    if len(hits) > end:
        # Everything that ties with the last place stays, so that the tie is broken below.
        least = np.partition(keys, len(hits) - end)[len(hits) - end]
        near = np.flatnonzero(keys >= least)
        keys, published, ids = keys[near], published[near], ids[near]
    return ids[np.lexsort((ids, published, keys))[::-1][start:end]]


def count(facet: Facet, documents: Numbers, chosen: tuple[str, ...]) -> FacetCounts:
    """How many of the documents have each value, the most frequent first, chosen ones always."""
    counts = np.bincount(facet.ordinals[documents].ravel(), minlength=len(facet.values) + 1)
    counts[0] = 0
    present = np.flatnonzero(counts)
    # Values are sorted, so among equals the smaller number comes first.
    keys = counts[present] * len(counts) - present
    if len(present) > FACET_VALUES:
        present = present[np.argpartition(-keys, FACET_VALUES)[:FACET_VALUES]]
        keys = counts[present] * len(counts) - present
    order = present[np.argsort(-keys)]
    named = [(facet.values[number - 1], int(counts[number])) for number in order.tolist()]
    shown = {value for value, _ in named}
    missing = sorted(value for value in set(chosen) if value not in shown)
    place = {value: number for number, value in enumerate(facet.values, start=1)} if missing else {}
    return (*named, *((value, int(counts[place[value]]) if value in place else 0) for value in missing))
