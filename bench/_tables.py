"""The same questions asked of SQLite: its full-text index FTS5 for the words, SQL for who may read and for the counts."""

import sqlite3
from collections.abc import Iterable

from portal.search.engine import Document, Query

COLUMNS = {"kind": "kind", "organisation": "organisation_id", "state": "state", "place": "place", "remote": "remote"}
_SCHEMA = """
CREATE VIRTUAL TABLE words USING fts5(title, reference, summary, organisation, text, tokenize = 'porter unicode61', content = '');
CREATE TABLE document (id INTEGER PRIMARY KEY, kind, organisation_id, state, place, remote, published_at);
CREATE TABLE field (document_id, value, PRIMARY KEY (document_id, value)) WITHOUT ROWID;
CREATE TABLE reader (document_id, value, PRIMARY KEY (document_id, value)) WITHOUT ROWID;
CREATE TEMP TABLE hit (id INTEGER PRIMARY KEY, score);
"""
_FOUND = """
INSERT INTO hit SELECT rowid, bm25(words, 5, 4, 2.5, 2, 1) FROM words WHERE words MATCH ?
AND EXISTS (SELECT 1 FROM reader WHERE document_id = words.rowid AND value IN (%s))
"""


class Tables:
    """A database in memory."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._base = sqlite3.connect(":memory:")
        self._base.executescript(_SCHEMA)
        for one in documents:
            words = one.id, one.title, one.reference, one.summary, one.organisation, one.text
            self._base.execute(
                "INSERT INTO words (rowid, title, reference, summary, organisation, text) VALUES (?,?,?,?,?,?)", words
            )
            row = one.id, one.kind, one.organisation_id, one.state, one.place, one.remote, one.published_at
            self._base.execute("INSERT INTO document VALUES (?,?,?,?,?,?,?)", row)
            self._base.executemany("INSERT INTO field VALUES (?,?)", [(one.id, value) for value in set(one.fields)])
            self._base.executemany("INSERT INTO reader VALUES (?,?)", [(one.id, value) for value in one.readers])

    def search(self, query: Query) -> tuple[int, list[int], dict[str, list[tuple[str, int]]]]:
        """Total, first ids, facet counts."""
        self._base.execute("DELETE FROM hit")
        self._base.execute(_FOUND % ",".join("?" * len(query.readers)), (query.text, *query.readers))
        total = self._base.execute("SELECT count(*) FROM hit").fetchone()[0]
        ids = [row[0] for row in self._base.execute("SELECT id FROM hit ORDER BY score, id LIMIT 20")]
        return total, ids, {name: self._counts(name) for name in query.facets}

    def _counts(self, name: str) -> list[tuple[str, int]]:
        if name == "field":
            asked = "SELECT value, count(*) FROM hit JOIN field ON document_id = hit.id GROUP BY value ORDER BY 2 DESC LIMIT 100"
        else:
            column = COLUMNS[name]
            asked = f"SELECT {column}, count(*) FROM hit JOIN document USING (id) GROUP BY {column} ORDER BY 2 DESC LIMIT 100"
        return self._base.execute(asked).fetchall()
