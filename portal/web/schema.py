"""The database's schema: brought up to date by revisions, compared with the models by a test."""

import logging
from pathlib import Path
from typing import Any

from flask import Flask
from flask_alembic import Alembic
from sqlalchemy import Enum

from portal.kernel.db import Base, Database, UtcDateTime
from portal.web.database import database_of

FOLDER = Path(__file__).parents[1] / "migrations"


def init_schema(app: Flask, database: Database) -> None:
    """Bind the revisions to `app`; nothing is changed until somebody asks."""
    app.config["ALEMBIC"] = {"script_location": str(FOLDER), "version_path_separator": "os"}
    app.config["ALEMBIC_CONTEXT"] = {"render_as_batch": True, "render_item": _plain_type, "compare_type": True}
    Alembic(app, run_mkdir=False, command_name="", metadatas=Base.metadata, engines=database.schema_engine())
    logging.getLogger("alembic").setLevel(logging.WARNING)  # the extension has set it to tell of every step


def alembic_of(app: Flask) -> Alembic:
    """The revisions of `app`: `upgrade()`, `downgrade()`, `compare_metadata()` inside an app context."""
    found: Alembic = app.extensions["alembic"]
    return found


def newest_revision(app: Flask) -> str:
    """The revision that this version of the portal works with."""
    with app.app_context():
        return str(alembic_of(app).script_directory.get_current_head())


def upgrade(app: Flask) -> None:
    """Bring the database to the newest revision; safe to repeat, and to run from two processes one after the other.

    Raises:
        RuntimeError: a row refers to one that is not there. Go back to the copy from before the upgrade, and report it.
    """
    with app.app_context():
        alembic_of(app).upgrade()
        _check_references(database_of(app))


def _check_references(database: Database) -> None:
    """What SQLite did not look after while tables were copied."""
    if database.engine.dialect.name != "sqlite":
        return
    with database.engine.connect() as connection:
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        tables = ", ".join(sorted({str(row[0]) for row in broken}))
        raise RuntimeError(f"After the upgrade rows refer to others that are not there, in: {tables}.")


def _plain_type(kind: str, thing: Any, _context: Any) -> Any:
    """Revisions name the database's own types, so that they never depend on our code."""
    if kind != "type":
        return False
    if isinstance(thing, UtcDateTime):
        return "sa.DateTime()"
    if isinstance(thing, Enum):
        return f"sa.String({thing.length})"
    return "sa.UnicodeText()" if type(thing).__name__ == "AsaList" else False
