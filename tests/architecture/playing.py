"""The demonstration, played into a folder of its own."""

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

from portal import demo
from portal.app import create_app
from portal.kernel.db import Base, Database
from portal.kernel.settings import Settings
from portal.search.indexing import ensure_all


@contextmanager
def play(folder: Path) -> Iterator[Flask]:
    """The portal in demo mode with everything in it, and no worker."""
    settings = Settings(instance=folder, secret_key="a key for tests only", durable=False, worker_thread=False, rate_limits=False)
    app = create_app(dataclasses.replace(settings, demo=True))
    database: Database = app.extensions["database"]
    Base.metadata.create_all(database.engine)
    demo.fill(database, folder)
    ensure_all(database, app.extensions["shelves"])
    yield app
    database.dispose()
