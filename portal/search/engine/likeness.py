"""What a document is about, in a few words, and which others are about the same.

The words of a document that are worth most are kept beside it when it is written (`decode`): no text has to be read again. How
rare each is gets counted among what the viewer sees, as for any question, so that nothing hidden moves the order.
"""

import numpy as np

from portal.search.engine.query import Query
from portal.search.engine.ranking import Numbers, rarity
from portal.search.engine.snapshot import Snapshot

#: So many words, rare and worth much, say what a document is about.
TELLING = 12
#: A word that more than one in so many visible documents hold tells nothing, unless these few are all.
COMMON = 20
FEW = 5


def most_alike(snapshot: Snapshot, number: int, query: Query) -> tuple[int, ...]:
    """Ids of what is most like the document with the id `number`, among what the query allows without its text; at most
    `per_page`, none where there is no such document."""
    readers = frozenset(query.readers)
    own = [place for place in np.flatnonzero(snapshot.column("id") == number).tolist() if snapshot.visible(readers)[place]]
    if not own:
        return ()
    scores = _scores(snapshot, _telling(snapshot, own[0], readers))
    scores[own[0]] = 0
    documents = _allowed(snapshot, query, np.flatnonzero(scores > 0))
    if len(documents) > query.per_page:
        worths = scores.take(documents)  # what ties with the last place stays, so that the tie is broken below
        documents = documents[worths >= np.partition(worths, -query.per_page)[-query.per_page]]
    columns = (snapshot.column("id"), snapshot.column("published_at"), scores)
    order = np.lexsort([column.take(documents) for column in columns])[::-1][: query.per_page]
    return tuple(snapshot.column("id").take(documents.take(order)).tolist())


def _telling(snapshot: Snapshot, document: int, readers: frozenset[str]) -> list[tuple[str, int]]:
    """Stems that say what the document is about, and what each weighs; the heaviest first."""
    among = snapshot.how_many(readers)
    part = next(part for part in reversed(snapshot.parts) if part.base <= document)
    place = document - part.base
    found = []
    for term in part.data.arrays["gist"][:, place].tolist():
        if term < 0:
            continue
        stem = part.data.lexicons["term"][term].decode()
        holders = snapshot.holders(stem, readers)
        if 1 < holders <= max(among // COMMON, FEW):
            run = part.data.run("post", term)
            worth = part.data.arrays["post.impacts"][run][np.searchsorted(part.data.arrays["post.documents"][run], place)]
            weight = rarity(holders, among)
            found.append((int(worth) * weight, weight, stem))
    return [(stem, weight) for _, weight, stem in sorted(found, reverse=True)[:TELLING]]


def _scores(snapshot: Snapshot, telling: list[tuple[str, int]]) -> Numbers:
    scores = np.zeros(snapshot.count, dtype=np.int32)
    for stem, weight in telling:
        for documents, worths in snapshot.postings(stem):
            scores[documents] += np.multiply(worths, weight, dtype=np.int32)
    return scores


def _allowed(snapshot: Snapshot, query: Query, documents: Numbers) -> Numbers:
    masks = [snapshot.visible(frozenset(query.readers))]
    masks += [snapshot.chosen(name, values) for name, values in query.chosen.items()]
    for mask in masks:
        documents = documents[mask.take(documents)]
    if query.open_at is not None:
        documents = documents[snapshot.column("closes_at").take(documents) >= query.open_at]
    return documents
