"""Answers a query with whole arrays at a time: the executor for use.

What is asked for is found term by term, ranked and counted on arrays over all documents; nothing is done per document in
Python. `classic` gives the same answers through the search library's own matchers and is what tests compare with.
"""

from dataclasses import dataclass

import numpy as np

from portal.search.engine.parser import Parsed
from portal.search.engine.query import CLOSES_WITHIN_DAYS, Cursor, FacetCounts, Query
from portal.search.engine.ranking import Numbers, rarity, shared
from portal.search.engine.schema import NEVER
from portal.search.engine.snapshot import Matches, Snapshot

Place = tuple[int, int, int]  # key, second of publication, id
# Ids of the page, their languages, and where to go on from after and before it.
Ranked = tuple[tuple[int, ...], tuple[str, ...], Place | None, Place | None]

#: A list this many times longer than the other is searched instead of spread out.
_LOPSIDED = 16


@dataclass(frozen=True)
class Answer:
    """Hits of one page, their number, counts per facet, and where to go on from."""

    ids: tuple[int, ...]
    total: int
    facets: dict[str, FacetCounts]
    after: Cursor | None
    before: Cursor | None
    tongues: tuple[str, ...]


def answer(snapshot: Snapshot, query: Query, parsed: Parsed) -> Answer:
    """All of a page but the suggestion."""
    readers = frozenset(query.readers)
    weights = query.at.weights if query.at else ()
    documents, scores, weights = _found(snapshot, parsed, readers, weights)
    everything = len(documents)
    documents, scores = _kept(documents, scores, *_bounds(snapshot, query, documents))
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
        facets[name] = _most_frequent(snapshot, query, name, counts)
    ids, tongues, after, before = _ranked(snapshot, query, hits, _keys(snapshot, query, hits, scores))
    return Answer(ids, len(hits), facets, _place(after, weights, back=False), _place(before, weights, back=True), tongues)


def _bounds(snapshot: Snapshot, query: Query, documents: Numbers) -> list[Numbers]:
    """Masks of what is asked besides the text and the facets."""
    masks = []
    if query.open_at is not None:
        masks.append(snapshot.column("closes_at").take(documents) >= query.open_at)
    if query.amount is not None:
        amounts = snapshot.column("amount").take(documents)
        masks.append((amounts >= max(query.amount[0], 1)) & (amounts <= query.amount[1]))
    if query.among is not None:
        masks.append(np.isin(snapshot.column("id").take(documents), list(query.among)))
    return masks


def _closing(query: Query, closes_at: Numbers) -> FacetCounts:
    """How many close within each window."""
    windows = [str(days) for days in CLOSES_WITHIN_DAYS]
    return tuple((window, int(np.count_nonzero(closes_at < query.closing_before((window,))))) for window in windows)


def _found(
    snapshot: Snapshot, parsed: Parsed, readers: frozenset[str], weights: tuple[int, ...]
) -> tuple[Numbers, Numbers | None, tuple[int, ...]]:
    """Visible documents that meet the text, their scores if there is anything to rank by, and what each atom weighed for them.

    Args:
        weights: what each is to weigh; if it is not as many as there are atoms, they are weighed anew.
    """
    visible = snapshot.visible(readers)
    found = [[snapshot.matches(atom, visible) for atom in atoms] for atoms in parsed.groups]
    if len(weights) != parsed.atoms:
        among = int(np.count_nonzero(visible))
        weights = tuple(rarity(len(matches.documents), among) for alternatives in found for matches in alternatives)
    left = iter(weights)
    groups = [
        _group(snapshot, [(matches, shared(next(left), atom.percent)) for atom, matches in zip(atoms, alternatives, strict=True)])
        for atoms, alternatives in zip(parsed.groups, found, strict=True)
    ]
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
    return documents, scores, weights


def _group(snapshot: Snapshot, alternatives: list[tuple[Matches, int]]) -> Matches:
    weighed = [Matches(found.documents, found.worths * weight) for found, weight in alternatives]
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


def _keys(snapshot: Snapshot, query: Query, hits: Numbers, scores: Numbers | None) -> Numbers:
    """What the hits are ordered by, the greatest first."""
    if query.sort == "closing":
        return NEVER - snapshot.column("closes_at").take(hits)
    if query.sort == "best" and scores is not None:
        return scores
    return snapshot.column("amount" if query.sort == "amount" else "published_at").take(hits)


def _ranked(snapshot: Snapshot, query: Query, hits: Numbers, keys: Numbers) -> Ranked:
    """The greatest keys first, then the newest, then the highest id."""
    everything = len(hits)
    start, end = query.window
    size = end - start
    if query.at is not None:
        side = np.flatnonzero(_beyond(snapshot, query.at, hits, keys))
        start = max(len(side) - size, 0) if query.at.back else 0
        # Less than a page is left towards the beginning: the first page, then, and whole.
        if start or not query.at.back:
            hits, keys = hits.take(side), keys.take(side)
        end = start + size
    ahead = start > 0 or (query.at is not None and not query.at.back and len(hits) < everything)
    follows = len(hits) > end or (query.at is not None and query.at.back and len(hits) < everything)
    if len(hits) > end:
        # Everything that ties with the last place stays, so that the tie is broken below.
        least = np.partition(keys, len(hits) - end)[len(hits) - end]
        near = np.flatnonzero(keys >= least)
        keys, hits = keys.take(near), hits.take(near)
    ids, published = snapshot.column("id").take(hits), snapshot.column("published_at").take(hits)
    order = np.lexsort((ids, published, keys))[::-1][start:end]
    rows = list(zip(keys.take(order).tolist(), published.take(order).tolist(), ids.take(order).tolist(), strict=True))
    tongues = snapshot.spoken(hits.take(order))
    return tuple(row[2] for row in rows), tongues, rows[-1] if rows and follows else None, rows[0] if rows and ahead else None


def _beyond(snapshot: Snapshot, at: Cursor, hits: Numbers, keys: Numbers) -> Numbers:
    """Which hits stand after the place, or before it if the way is back."""
    beyond = np.zeros(len(hits), dtype=bool)
    level = np.ones(len(hits), dtype=bool)
    published, ids = snapshot.column("published_at").take(hits), snapshot.column("id").take(hits)
    columns = ((keys, at.key), (published, at.published_at), (ids, at.id))
    for values, own in columns:
        beyond |= level & ((values > own) if at.back else (values < own))
        level &= values == own
    return beyond


def _place(row: Place | None, weights: tuple[int, ...], *, back: bool) -> Cursor | None:
    return Cursor(*row, weights, back) if row else None


def _most_frequent(snapshot: Snapshot, query: Query, name: str, counts: Numbers) -> FacetCounts:
    """Values by falling count, equals by name; chosen ones always."""
    values, chosen = snapshot.facet(name).values, query.chosen.get(name, ())
    present = np.flatnonzero(counts[1:])
    if query.beginning:
        present = np.intersect1d(present, snapshot.beginning(name, query.beginning), assume_unique=True)
    # Values are sorted, so among equals the smaller number comes first.
    keys = present - counts[1:].take(present) * len(counts)
    order = present.take(np.argsort(keys)[: query.facet_values])
    named = tuple(zip(map(values.__getitem__, order.tolist()), counts[1:].take(order).tolist(), strict=True))
    if not chosen:
        return named
    missing = sorted(set(chosen) - {value for value, _ in named})
    number = dict(zip(values, counts[1:].tolist(), strict=True)) if missing else {}
    return (*named, *((value, number.get(value, 0)) for value in missing))
