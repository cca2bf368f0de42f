"""What is most like a document: what holds most of the words that are worth most in it."""

from dataclasses import replace

from sqlalchemy import Connection, column, func, select, true

from portal.search.engine.parser import Atom, Parsed
from portal.search.engine.postgres.answering import answered, asked
from portal.search.engine.postgres.asking import visible
from portal.search.engine.postgres.rows import WEIGHTS
from portal.search.engine.postgres.tables import Tables
from portal.search.engine.query import Query

#: So many words say what a document is about. How rare they are is not counted: PostgreSQL would read all their holders.
TELLING = 12
#: Shorter words are beginnings of references, which all things of a kind share.
_SHORTEST = 3
_WORTHS = dict(zip("DCBA", WEIGHTS, strict=True))


def most_alike(connection: Connection, own: Tables, number: int, query: Query) -> tuple[int, ...]:
    """Ids, the most alike first; at most `per_page`."""
    atoms = tuple(Atom((word,)) for word in _telling(connection, own, number, query.readers))
    if not atoms:
        return ()
    about = Parsed("", (atoms,), (), ())
    wanted = replace(query, text="", sort="best", page=1, per_page=query.per_page + 1, facets=(), at=None)
    found = answered(wanted, connection.execute(asked(own, wanted, about)).one()).ids
    return tuple(each for each in found if each != number)[: query.per_page]


def _telling(connection: Connection, own: Tables, number: int, readers: tuple[str, ...]) -> list[str]:
    """Its words worth most, none where these readers may not find it."""
    word = func.unnest(own.documents.c.words).table_valued(column("lexeme"), column("positions"), column("weights"))
    query = (
        select(word.c.lexeme, word.c.weights)
        .select_from(own.documents.join(word, true()))
        .where(own.documents.c.id == number, visible(own.documents, readers))
    )
    worths = [(sum(map(_WORTHS.__getitem__, weights or "C")), lexeme) for lexeme, weights in connection.execute(query)]
    worths = [row for row in worths if len(row[1]) >= _SHORTEST]
    return [lexeme for _, lexeme in sorted(worths, key=lambda row: (-row[0], row[1]))[:TELLING]]
