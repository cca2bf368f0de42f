"""One database session per request: `g.db`, for reading on safe methods, in the writer's place on the others."""

from flask import Flask, current_app, g, request
from sqlalchemy.orm import Session

from portal.kernel.db import Database

SAFE = ("GET", "HEAD", "OPTIONS")


def init_database(app: Flask, database: Database) -> None:
    """Open `g.db` before each request and close it after; nothing is asked of the database until a view does."""
    app.extensions["database"] = database

    @app.before_request
    def _open() -> None:
        if request.method in SAFE:
            g.db = database.reading()
            return
        # All of it, before anything is asked: a slow sender must not hold the writer's place.
        request.get_data(parse_form_data=True)
        g.db = database.writing()

    @app.teardown_request
    def _close(_problem: BaseException | None) -> None:
        if (session := g.pop("db", None)) is not None:
            session.close()


def database_of(app: Flask | None = None) -> Database:
    """The database of `app`, or of the app in force."""
    found: Database = (app or current_app).extensions["database"]
    return found


def session_now() -> Session:
    """The request's session, for libraries that want a callable."""
    found: Session = g.db
    return found
