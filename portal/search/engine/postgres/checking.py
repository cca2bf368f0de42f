"""How the index is: its size, and whether what belongs to it is there."""

from sqlalchemy import Connection, column, func, select, table

from portal.kernel.db import AnyRow
from portal.search.engine.backend import Health
from portal.search.engine.postgres.tables import Tables, schema_of


def health(connection: Connection, found: AnyRow, own: Tables) -> Health:
    """Numbers of one version."""
    sizes = [func.pg_total_relation_size(f"{schema_of(connection)}.{each.name}") for each in (own.documents, own.words)]
    count = select(func.count()).select_from(own.documents).scalar_subquery()
    documents, size = connection.execute(select(count, sizes[0] + sizes[1])).one()
    return Health(documents, 1, 0, int(found.generation), size)


def problem(connection: Connection, _found: AnyRow, own: Tables) -> str:
    """What is wrong with indexes and words, or nothing."""
    sound = _sound_indexes(connection)
    lost = [str(index.name) for index in own.indexes if index.name not in sound]
    told = [f"indexes are missing or damaged: {', '.join(lost)}"] if lost else []
    unknown = _unknown_words(connection, own)
    return "; ".join([*told, *([f"{unknown} words of titles are unknown"] if unknown else [])])


def _sound_indexes(connection: Connection) -> set[str]:
    indexes = table("pg_indexes", column("indexname"), column("schemaname"), column("tablename"))
    state = table("pg_index", column("indexrelid"), column("indisvalid"))
    whole = func.to_regclass(func.format("%I.%I", indexes.c.schemaname, indexes.c.indexname))
    names = select(indexes.c.indexname).join(state, state.c.indexrelid == whole)
    return set(connection.execute(names.where(indexes.c.schemaname == schema_of(connection), state.c.indisvalid)).scalars())


def _unknown_words(connection: Connection, own: Tables) -> int:
    said = select(func.unnest(own.documents.c.title_words).label("word")).distinct().subquery()
    missing = select(func.count()).select_from(said).outerjoin(own.words, own.words.c.word == said.c.word)
    return int(connection.execute(missing.where(own.words.c.word.is_(None))).scalar_one())
