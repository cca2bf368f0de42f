"""The question as PostgreSQL takes it: every part is bound, none is put together with the text of a statement."""

from collections.abc import Iterable

from sqlalchemy import BigInteger, ColumnElement, FromClause, Integer, Text, and_, any_, bindparam, cast, true
from sqlalchemy.dialects.postgresql import ARRAY, TSQUERY

from portal.search.engine.parser import Atom, Parsed
from portal.search.engine.postgres.rows import LETTERS, lexeme, storable
from portal.search.engine.query import Query
from portal.search.engine.tongues import MARKS, TONGUES, term

Condition = ColumnElement[bool]
_LARGEST = (1 << 63) - 1
_WHOLE = 100  # percent


def visible(documents: FromClause, readers: tuple[str, ...]) -> Condition:
    """What these tokens open."""
    return documents.c.readers.bool_op("&&")(texts(storable(readers)))


def meets(documents: FromClause, parsed: Parsed) -> Condition:
    """What the text asks for."""
    barred = [f"!({_atom(atom)})" for atom in parsed.excluded]
    asked = " & ".join([*map(_any, parsed.groups), *barred])
    return documents.c.words.bool_op("@@")(tsquery(asked)) if asked else true()


def wanted(parsed: Parsed) -> ColumnElement[object]:
    """What documents are ranked by: what was typed, without what it excludes; other ways to write it find, but count nothing."""
    typed = [[atom for atom in group if atom.percent == _WHOLE] for group in parsed.groups]
    return tsquery(" & ".join(map(_any, filter(None, typed))))


def bounds(documents: FromClause, query: Query) -> Condition:
    """What is asked besides the text and the facets."""
    found: list[Condition] = []
    if query.open_at is not None:
        found.append(documents.c.closes_at >= _whole(query.open_at))
    if query.amount is not None:
        least, most = query.amount
        found.append(documents.c.amount.between(_whole(max(least, 1)), _whole(most)))
    if query.among is not None:
        found.append(documents.c.id == any_(cast(sorted(query.among), ARRAY(BigInteger))))
    return and_(true(), *found)


def chosen(documents: FromClause, query: Query, name: str) -> Condition:
    """What has one of the values that were chosen of a facet."""
    values = query.chosen[name]
    if name == "closes":
        return documents.c.closes_at < _whole(query.closing_before(values))
    return documents.c.labels.bool_op("&&")(texts(storable(LETTERS[name] + value for value in values)))


def texts(values: list[str]) -> ColumnElement[object]:
    return cast(values, ARRAY(Text))


def numbers(values: list[int]) -> ColumnElement[object]:
    return cast(values, ARRAY(Integer))


def tsquery(text: str) -> ColumnElement[object]:
    return cast(bindparam(None, text, Text), TSQUERY)


def word_in_any_language(plain: str) -> ColumnElement[object]:
    return tsquery(" | ".join(lexeme(term(plain, tongue)) for tongue in TONGUES))


def _any(group: Iterable[Atom]) -> str:
    return f"({' | '.join(map(_atom, group))})"


def _atom(atom: Atom) -> str:
    """In the words of every language: a document has those of its own."""
    if atom.prefix:
        beginnings = [f"{lexeme(MARKS[tongue] + atom.prefix)}:*" for tongue in TONGUES]
        return " | ".join([*beginnings, *(lexeme(stem) for way in atom.ways for stem in way)])
    return " | ".join(f"({' <-> '.join(map(lexeme, way))})" for way in atom.ways)


def _whole(number: int) -> int:
    return min(max(number, -_LARGEST), _LARGEST)
