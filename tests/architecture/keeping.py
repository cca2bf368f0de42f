"""Databases whose state is kept and brought back, while other processes work on them."""

import shutil
import sqlite3
from contextlib import ExitStack, closing, contextmanager


@contextmanager
def on_sqlite(_server, folder):
    """A database, and what keeps its present state, which gives what brings that state back."""
    file, copy = folder / "portal.sqlite3", folder / "kept.sqlite3"

    def keep():
        shutil.copy(file, copy)
        return restore

    def restore():
        with closing(sqlite3.connect(copy)) as kept, closing(sqlite3.connect(file, timeout=30)) as now:
            kept.backup(now)

    yield f"sqlite:///{file}", keep


@contextmanager
def on_postgresql(server, _folder):
    """The same there, where nobody waits for a writer's place and two really write at the same moment."""
    with server.fresh_database() as url, ExitStack() as copies:
        name = url.rpartition("/")[2].partition("?")[0]

        def keep():
            kept = copies.enter_context(server.fresh_database(name)).rpartition("/")[2].partition("?")[0]
            return lambda: server.replace(name, kept)

        yield url, keep
