"""Revisions lead from an empty database to the models and back, on both systems."""

import dataclasses
import datetime as dt

import pytest
from sqlalchemy import MetaData, inspect, text
from sqlalchemy.exc import DatabaseError

from portal.app import create_app
from portal.kernel.db import Base
from portal.web.schema import alembic_of, upgrade


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_app(request, settings, tmp_path, postgres_server):
    if request.param == "sqlite":
        app = create_app(dataclasses.replace(settings, database_url=f"sqlite:///{tmp_path / 'empty.sqlite3'}"))
        yield app
        app.extensions["database"].dispose()
        return
    with postgres_server.fresh_database() as url:
        app = create_app(dataclasses.replace(settings, database_url=url))
        yield app
        app.extensions["database"].dispose()


def tables(app):
    return set(inspect(app.extensions["database"].engine).get_table_names()) - {"alembic_version"}


def test_revisions_up_down_up_end_at_the_models(empty_app):
    upgrade(empty_app)
    first = tables(empty_app)
    with empty_app.app_context():
        assert list(alembic_of(empty_app).compare_metadata()) == []
        alembic_of(empty_app).downgrade("base")
    assert tables(empty_app) == set()

    upgrade(empty_app)
    upgrade(empty_app)

    assert tables(empty_app) == first
    assert "event" in first


def test_the_migrated_log_refuses_changes(empty_app):
    upgrade(empty_app)
    engine = empty_app.extensions["database"].engine
    row = (
        "INSERT INTO event (id, at, kind, subject_type, subject_id, data, prev_hash, hash) "
        "VALUES (1, '2026-01-01 00:00:00', 'x.y', 'x', 1, '{}', '', 'h')"
    )
    with engine.begin() as connection:
        connection.execute(text(row))

    for statement in ("UPDATE event SET kind = 'z'", "DELETE FROM event"):
        with pytest.raises(DatabaseError, match="append-only"), engine.begin() as connection:
            connection.execute(text(statement))


def filled(app):
    """A row in every table that the first revision makes, each referring to the others; which tables those are."""
    engine, known = app.extensions["database"].engine, MetaData()
    known.reflect(engine)
    names = []
    with engine.begin() as connection:
        for table in known.sorted_tables:
            if table.name in ("alembic_version", "event"):
                continue
            row = {column.name: a_value(column) for column in table.columns}
            connection.execute(table.insert().values(**row))
            names.append(table.name)
    return names


def a_value(column):
    fixed = {"state": "draft", "kind": "challenge", "visibility": "public", "roles": "[]", "closed": None}
    if column.name in fixed and not column.foreign_keys:
        return fixed[column.name]
    if column.foreign_keys or (column.primary_key and column.name == "id"):
        return 1
    if column.nullable:
        return None
    samples = {
        bool: True,
        int: 1,
        dt.datetime: dt.datetime.fromisoformat("2026-01-01T00:00:00"),
        dt.date: dt.date(2026, 1, 1),
        dict: [],
        bytes: b"x",
    }
    return samples.get(column.type.python_type, "x")


def rows(app, names):
    with app.extensions["database"].engine.connect() as connection:
        return {name: connection.execute(text(f'SELECT count(*) FROM "{name}"')).scalar() for name in names}


def test_no_revision_loses_what_is_there(empty_app):
    with empty_app.app_context():
        alembic_of(empty_app).upgrade("0001")
    names = filled(empty_app)

    upgrade(empty_app)

    assert {"listing", "listing_challenge", "listing_field", "proposal", "membership", "message"} <= set(names)
    assert rows(empty_app, names) == dict.fromkeys(names, 1)
    with empty_app.app_context():
        alembic_of(empty_app).downgrade("0001")
    assert rows(empty_app, names) == dict.fromkeys(names, 1)


def test_no_index_of_some_rows_compares_with_one_value():
    """SQLite would compile each statement that gives a value for that column anew at every execution, to see if it fits."""
    partial = {
        index.name: str(index.dialect_options["sqlite"]["where"])
        for table in Base.metadata.tables.values()
        for index in table.indexes
        if index.dialect_options["sqlite"]["where"] is not None
    }

    assert partial
    assert [name for name, condition in partial.items() if " = " in condition or "<>" in condition] == []
