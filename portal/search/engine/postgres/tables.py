"""The tables of the index. They are a cache: rebuilds make and drop them, in a schema of their own; revisions know nothing of it.

state            one row: which version counts, its generation and shape, and which is being built
changed          ids that changed while a rebuild ran, to be copied into its result
document_<n>     what can be found, of one version
word_<n>         words of its titles
"""

from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import BigInteger, Column, Connection, Index, Integer, MetaData, Table, Text, column, select, table
from sqlalchemy.dialects.postgresql import ARRAY, TSVECTOR

from portal.kernel.db import AnyRow
from portal.search.engine.schema import fingerprint

SCHEMA = "search_index"
#: Raise it when tables or rows change in a way that the shape of entries does not show.
SHAPE = 1
#: At the end of the shape of tables whose words lie under the extension's index, which finds the best hits in their order.
_RUM = "-rum"

metadata = MetaData(schema=SCHEMA)
state = Table(
    "state",
    metadata,
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("generation", BigInteger, nullable=False),
    Column("shape", Text, nullable=False),
    Column("building", Integer),
)
changed = Table("changed", metadata, Column("id", BigInteger, primary_key=True, autoincrement=False))


@dataclass(frozen=True)
class Tables:
    """One version of the index."""

    version: int
    documents: Table
    words: Table
    indexes: tuple[Index, ...]
    rum: bool


@lru_cache(maxsize=4)
def tables(version: int, *, rum: bool = False) -> Tables:
    """The tables of a version, whether they exist or not; always the same objects, so that statements are compiled once."""
    own = MetaData(schema=SCHEMA)
    documents = Table(
        f"document_{version}",
        own,
        Column("id", BigInteger, primary_key=True, autoincrement=False),
        Column("digest", BigInteger, nullable=False),
        Column("published_at", BigInteger, nullable=False),
        Column("closes_at", BigInteger, nullable=False),
        Column("amount", BigInteger, nullable=False),
        Column("title", Text, nullable=False),
        Column("tongue", Text, nullable=False),
        Column("readers", ARRAY(Text), nullable=False),
        Column("labels", ARRAY(Text), nullable=False),
        Column("title_words", ARRAY(Text), nullable=False),
        Column("words", TSVECTOR, nullable=False),
    )
    words = Table(
        f"word_{version}",
        own,
        Column("word", Text(collation="C"), primary_key=True),
        Column("near", ARRAY(Integer), nullable=False),
    )
    searched = [documents.c[name] for name in ("readers", "labels", "title_words")]
    indexes = (*map(_index, (*searched, words.c.near)), _index(documents.c.words, rum=rum))
    return Tables(version, documents, words, indexes, rum)


def tables_of(found: AnyRow) -> Tables:
    """The tables that the row of the state names."""
    return tables(found.version, rum=found.shape.endswith(_RUM))


def has_rum(connection: Connection) -> bool:
    """Whether the extension was made in this database, where `words` of new tables are put under its index."""
    extensions = table("pg_extension", column("extname"))
    return connection.execute(select(extensions.c.extname).where(extensions.c.extname == "rum")).first() is not None


def schema_of(connection: Connection) -> str:
    """Where the index lies that this connection asks: each index of a portal has a schema of its own."""
    moved = connection.get_execution_options().get("schema_translate_map") or {}
    return str(moved.get(SCHEMA, SCHEMA))


def shape(*, rum: bool = False) -> str:
    """What tables are that this version of the portal makes."""
    return f"{SHAPE}-{fingerprint()}{_RUM if rum else ''}"


def is_ours(found: AnyRow) -> bool:
    """Whether the tables are as this version of the portal makes them, under either index."""
    return str(found.shape).removesuffix(_RUM) == shape()


def _index(searched: Column[object], *, rum: bool = False) -> Index:
    name = f"{searched.table.name}_{searched.name}"
    if rum:
        return Index(name, searched, postgresql_using="rum", postgresql_ops={searched.name: "rum_tsvector_ops"})
    return Index(name, searched, postgresql_using="gin")
