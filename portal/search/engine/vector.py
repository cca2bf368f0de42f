"""Answers a query with whole arrays at a time: the executor for use.

What is asked for is found term by term, ranked and counted on arrays over all documents; nothing is done per document in
Python. `classic` gives the same answers through the search library's own matchers and is what tests compare with.
"""

from dataclasses import dataclass

import numpy as np

from portal.search.engine.parser import Atom, Parsed
from portal.search.engine.query import CLOSES_WITHIN_DAYS, FACET_VALUES, FacetCounts, Query
from portal.search.engine.ranking import Numbers, rarity
from portal.search.engine.schema import NEVER
from portal.search.engine.snapshot import Matches, Snapshot

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
    everything = len(documents)
    if query.open_at is not None:
        documents, scores = _kept(documents, scores, snapshot.column("closes_at").take(documents) >= query.open_at)
    chosen = query.chosen
    closes_at = snapshot.column("closes_at")
    allowed = {
        name: snapshot.chosen(name, values).take(documents)
        if name != "closes"
        else closes_at.take(documents) < query.closing_before(values)
        for name, values in chosen.items()
    }
    hits, scores = _kept(documents, scores, *allowed.values())
    facets = {}
    for name in query.facets:
        counted = hits
        if name in allowed:
            counted = _kept(documents, None, *(mask for other, mask in allowed.items() if other != name))[0]
        if name == "closes":
            facets[name] = _closing(query, closes_at.take(counted))
            continue
        whole = parsed.asks_nothing and len(counted) == everything
        counts = snapshot.tally_of_everything(name, readers) if whole else snapshot.tally(name, counted)
        facets[name] = _most_frequent(snapshot.facet(name).values, counts, chosen.get(name, ()))
    ids = _ranked(snapshot, query, hits, scores)
    return Answer(tuple(ids.tolist()), len(hits), facets)


def _closing(query: Query, closes_at: Numbers) -> FacetCounts:
    """How many close within each window."""
    windows = [str(days) for days in CLOSES_WITHIN_DAYS]
    return tuple((window, int(np.count_nonzero(closes_at < query.closing_before((window,))))) for window in windows)


def _found(snapshot: Snapshot, parsed: Parsed, readers: frozenset[str]) -> tuple[Numbers, Numbers | None]:
    """Visible documents that meet the text, and their scores if there is anything to rank by."""
    visible = snapshot.visible(readers)
    among = int(np.count_nonzero(visible))
    groups = [_group(snapshot, atoms, visible, among) for atoms in parsed.groups]
    if groups:
        groups.sort(key=lambda group: len(group.documents))
        documents, scores = groups[0].documents, groups[0].worths
        for group in groups[1:]:
            documents, scores = _both(documents, scores, group, snapshot.count)
    else:
        documents, scores = snapshot.everything(readers), None
    for atom in parsed.excluded:
        barred = np.zeros(snapshot.count, dtype=bool)
        barred[snapshot.matches(atom, visible).documents] = True
        documents, scores = _kept(documents, scores, ~barred.take(documents))
    return documents, scores


def _group(snapshot: Snapshot, atoms: tuple[Atom, ...], visible: Numbers, among: int) -> Matches:
    weighed = []
    for atom in atoms:
        found = snapshot.matches(atom, visible)
        weighed.append(Matches(found.documents, found.worths * rarity(len(found.documents), among)))
    if len(weighed) == 1:
        return weighed[0]
    total = np.zeros(snapshot.count, dtype=np.int32)
    for found in weighed:
        total[found.documents] += found.worths
    documents = np.flatnonzero(total)
    return Matches(documents, total[documents])


def _both(documents: Numbers, scores: Numbers, group: Matches, count: int) -> tuple[Numbers, Numbers]:
    if len(documents) * _LOPSIDED < len(group.documents):
        places = np.searchsorted(group.documents, documents)
        places[places == len(group.documents)] = 0
        gained = np.where(group.documents.take(places) == documents, group.worths.take(places), 0)
    else:
        spread = np.zeros(count, dtype=np.int32)
        spread[group.documents] = group.worths
        gained = spread.take(documents)
    shared = np.flatnonzero(gained)
    return documents.take(shared), (scores + gained).take(shared)


def _kept(documents: Numbers, scores: Numbers | None, *masks: Numbers) -> tuple[Numbers, Numbers | None]:
    if not masks:
        return documents, scores
    keep = np.flatnonzero(masks[0] if len(masks) == 1 else np.logical_and.reduce(masks))
    return documents.take(keep), None if scores is None else scores.take(keep)


def _ranked(snapshot: Snapshot, query: Query, hits: Numbers, scores: Numbers | None) -> Numbers:
    """Ids of the page: the greatest keys, then the newest, then the highest id."""
    start, end = query.window
    if query.sort == "closing":
        keys = NEVER - snapshot.column("closes_at").take(hits)
    elif query.sort == "best" and scores is not None:
        keys = scores
    else:
        keys = snapshot.column("published_at").take(hits)
    if len(hits) > end:
        # Everything that ties with the last place stays, so that the tie is broken below.
        least = np.partition(keys, len(hits) - end)[len(hits) - end]
        near = np.flatnonzero(keys >= least)
        keys, hits = keys.take(near), hits.take(near)
    ids = snapshot.column("id").take(hits)
    order = np.lexsort((ids, snapshot.column("published_at").take(hits), keys))
    return ids.take(order[::-1][start:end])


def _most_frequent(values: list[str], counts: Numbers, chosen: tuple[str, ...]) -> FacetCounts:
    """Values by falling count, equals by name; chosen ones always."""
    present = np.flatnonzero(counts[1:])
    # Values are sorted, so among equals the smaller number comes first.
    keys = present - counts[1:].take(present) * len(counts)
    order = present.take(np.argsort(keys)[:FACET_VALUES])
    named = tuple(zip(map(values.__getitem__, order.tolist()), counts[1:].take(order).tolist(), strict=True))
    if not chosen:
        return named
    missing = sorted(set(chosen) - {value for value, _ in named})
    number = dict(zip(values, counts[1:].tolist(), strict=True)) if missing else {}
    return (*named, *((value, number.get(value, 0)) for value in missing))
