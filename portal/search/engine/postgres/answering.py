"""One statement that answers a question: the number of hits, a page of them, and the counts of every facet."""

import itertools
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    FromClause,
    Numeric,
    Select,
    Text,
    and_,
    any_,
    cast,
    desc,
    func,
    literal,
    or_,
    select,
    true,
    tuple_,
    union_all,
)
from sqlalchemy.dialects.postgresql import ARRAY, REAL

from portal.kernel.db import AnyRow, AnySelect
from portal.search.engine.analysis import words_of
from portal.search.engine.parser import Parsed
from portal.search.engine.postgres.asking import bounds, chosen, meets, texts, visible, wanted
from portal.search.engine.postgres.rows import LETTERS, WEIGHTS, storable
from portal.search.engine.postgres.tables import Tables
from portal.search.engine.query import ALL_VALUES, CLOSES_WITHIN_DAYS, Cursor, FacetCounts, Query
from portal.search.engine.schema import NEVER
from portal.search.engine.vector import Answer

#: So many hits are ranked, the newest: to rank one, all its words are read. An index in their order gives the best instead.
RANKED, BEST = 5_000, 1_000
#: PostgreSQL's ranks are between 0 and 1; places are whole numbers.
_RANK_SCALE = 10**9


def asked(tables: Tables, query: Query, parsed: Parsed) -> AnySelect:
    """The statement; `answered` reads its only row."""
    documents = tables.documents
    # A facet is counted as if its own filter were not set; the other filters hold for all.
    beside = [name for name in query.chosen if name in query.facets]
    within = [name for name in query.chosen if name not in beside]
    columns = [documents.c[name] for name in ("id", "published_at", "closes_at", "amount")]
    columns += [documents.c.labels] if query.facets else []
    found = (
        select(*columns, *(chosen(documents, query, name).label(f"in_{name}") for name in beside))
        .where(*_asked_for(documents, query, parsed, within))
        .cte("found")
    )
    hits = select(found).where(_besides(found, beside)).cte("hits") if beside else found
    keyed = _keyed(tables, query, parsed, hits)
    size = query.window[1] - query.window[0]
    start = _start(query, keyed, size)
    page = select(keyed).order_by(*map(desc, _place(keyed))).offset(start).limit(size).subquery()
    rows = select(func.json_agg(func.json_build_array(*_place(page), documents.c.tongue))).select_from(page)
    return select(
        select(func.count()).select_from(hits).scalar_subquery().label("total"),
        start.label("start"),
        rows.join(documents, documents.c.id == page.c.id).scalar_subquery().label("page"),
        _counts(query, found, hits, beside).label("counts"),
        _closing(query, found, beside).label("closing"),
    )


def answered(query: Query, row: AnyRow) -> Answer:
    """What the row of the statement says."""
    rows = sorted(row.page or (), reverse=True)
    size = query.window[1] - query.window[0]
    follows, ahead = row.total > row.start + size, row.start > 0
    after = _cursor(rows[-1], back=False) if rows and follows else None
    before = _cursor(rows[0], back=True) if rows and ahead else None
    facets = {name: _named(name, query, row) for name in query.facets}
    ids, tongues = tuple(each[2] for each in rows), tuple(each[3] for each in rows)
    return Answer(ids, row.total, facets, after, before, tongues)


def _cursor(row: Sequence[Any], *, back: bool) -> Cursor:
    key, published_at, number, *_ = row
    return Cursor(key, published_at, number, back=back)


def _keyed(tables: Tables, query: Query, parsed: Parsed, hits: FromClause) -> FromClause:
    """The hits with what they are ordered by, the greatest first."""
    if query.sort == "best" and parsed.groups:
        return _ranked(tables, query, parsed, hits)
    keys: dict[str, Any] = {"closing": literal(NEVER, BigInteger) - hits.c.closes_at, "amount": hits.c.amount}
    return select(keys.get(query.sort, hits.c.published_at).label("key"), hits.c.published_at, hits.c.id).cte("keyed")


def _ranked(tables: Tables, query: Query, parsed: Parsed, hits: FromClause) -> FromClause:
    documents = tables.documents
    first = (_best(documents, query, parsed) if tables.rum else _newest(hits)).subquery()
    weights = cast([weight / max(WEIGHTS) for weight in WEIGHTS], ARRAY(REAL))
    rank = cast(func.ts_rank(weights, documents.c.words, wanted(parsed)), Numeric) * _RANK_SCALE
    ranks = select(documents.c.id, cast(rank, BigInteger).label("rank")).join(first, first.c.id == documents.c.id).subquery()
    key = func.coalesce(ranks.c.rank, 0).label("key")
    return select(key, hits.c.published_at, hits.c.id).outerjoin(ranks, ranks.c.id == hits.c.id).cte("keyed")


def _newest(hits: FromClause) -> Select[Any]:
    return select(hits.c.id).order_by(hits.c.published_at.desc(), hits.c.id.desc()).limit(RANKED)


def _best(documents: FromClause, query: Query, parsed: Parsed) -> Select[Any]:
    """Out of the table itself, whose index gives them in this order; those of the hits would all be compared.

    Ordered by nothing else: only then does PostgreSQL, before its version 16, ask the index for the order.
    """
    far = documents.c.words.op("<=>")(wanted(parsed))
    found = select(documents.c.id).where(*_asked_for(documents, query, parsed, query.chosen))
    return found.order_by(far).limit(BEST)


def _asked_for(documents: FromClause, query: Query, parsed: Parsed, names: Iterable[str]) -> list[ColumnElement[bool]]:
    """What a hit meets, of its facets those called `names`."""
    within = [chosen(documents, query, name) for name in names]
    return [visible(documents, query.readers), meets(documents, parsed), bounds(documents, query), *within]


def _start(query: Query, keyed: FromClause, size: int) -> ColumnElement[int]:
    """How many hits stand before the page."""
    if query.at is None:
        return literal(query.window[0], BigInteger)
    given = (query.at.key, query.at.published_at, query.at.id)
    here = tuple_(*(literal(number, BigInteger) for number in given))
    rows = tuple_(*_place(keyed))
    preceding = func.count().filter(rows > here if query.at.back else rows >= here)
    start = func.greatest(preceding - size, 0) if query.at.back else preceding
    return select(start).select_from(keyed).scalar_subquery()


def _place(rows: FromClause) -> list[ColumnElement[int]]:
    return [rows.c.key, rows.c.published_at, rows.c.id]


def _besides(found: FromClause, names: Sequence[str]) -> ColumnElement[bool]:
    return and_(true(), *(found.c[f"in_{name}"] for name in names))


def _counts(query: Query, found: FromClause, hits: FromClause, beside: list[str]) -> ColumnElement[Any]:
    """Label and count of the most frequent values of each facet, and of those chosen."""
    plain = [LETTERS[name] for name in query.facets if name not in beside and name != "closes"]
    parts = [_labels(hits, plain, true())] if plain else []
    for name in beside:
        if name != "closes":
            parts.append(_labels(found, [LETTERS[name]], _besides(found, [other for other in beside if other != name])))
    if not parts:
        return literal(None, Text)
    counted = union_all(*parts).subquery()
    label = counted.c.label.collate("C")
    order = func.row_number().over(partition_by=func.left(counted.c.label, 1), order_by=(counted.c.number.desc(), label.asc()))
    placed = select(counted, order.label("place")).subquery()
    wanted_anyway = storable(LETTERS[name] + value for name in beside for value in query.chosen[name] if name != "closes")
    most = ALL_VALUES if query.beginning else query.facet_values
    kept = or_(placed.c.place <= most, placed.c.label == any_(texts(wanted_anyway)))
    row = func.json_build_array(placed.c.label, placed.c.number, placed.c.place)
    return select(func.json_agg(row)).where(kept).scalar_subquery()


def _labels(rows: FromClause, letters: list[str], condition: ColumnElement[bool]) -> Select[Any]:
    # Taken apart among the columns: as a table beside the rows each array would be stored before it is read.
    label = select(func.unnest(rows.c.labels).label("label")).where(condition).subquery().c.label
    first = func.left(label, 1)
    asked_for = first == letters[0] if len(letters) == 1 else first == any_(texts(letters))
    return select(label, func.count().label("number")).where(asked_for).group_by(label)


def _closing(query: Query, found: FromClause, beside: list[str]) -> ColumnElement[Any]:
    """How many close within each window."""
    if "closes" not in query.facets:
        return literal(None, Text)
    counts = [func.count().filter(found.c.closes_at < query.closing_before((str(days),))) for days in CLOSES_WITHIN_DAYS]
    condition = _besides(found, [name for name in beside if name != "closes"])
    return select(func.json_build_array(*counts)).select_from(found).where(condition).scalar_subquery()


def _named(name: str, query: Query, row: AnyRow) -> FacetCounts:
    if name == "closes":
        return tuple(zip(map(str, CLOSES_WITHIN_DAYS), row.closing, strict=True))
    own = [(place, label[1:], number) for label, number, place in row.counts or () if label[0] == LETTERS[name]]
    wanted = words_of(query.beginning)
    begun = ((value, number) for _place, value, number in sorted(own) if wanted in words_of(value))
    named = tuple(itertools.islice(begun, query.facet_values))
    counted = {value: number for _place, value, number in own}
    missing = sorted(set(query.chosen.get(name, ())) - {value for value, _ in named})
    return (*named, *((value, counted.get(value, 0)) for value in missing))
