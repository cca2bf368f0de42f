import contextlib

import pytest
from sqlalchemy import create_engine, text

from portal.search.engine import WhooshIndex
from portal.search.engine.postgres import PostgresIndex
from portal.search.engine.postgres.tables import has_rum


@pytest.fixture
def path(tmp_path):
    return tmp_path / "index"


@pytest.fixture(scope="module")
def postgres_engine(postgres_url):
    """An empty database, with the extension for its index where the server has that."""
    engine = create_engine(postgres_url)
    with engine.begin() as connection:
        if connection.execute(text("SELECT 1 FROM pg_available_extensions WHERE name = 'rum'")).first():
            connection.execute(text("CREATE EXTENSION rum"))
    yield engine
    engine.dispose()


@pytest.fixture
def rum_engine(postgres_engine):
    """The same, for what holds with the extension alone."""
    with postgres_engine.connect() as connection:
        if not has_rum(connection):
            pytest.skip("this PostgreSQL has no RUM: TEST_DATABASE_URL can name one with Debian's postgresql-15-rum")
    return postgres_engine


@pytest.fixture(params=["vector", "classic", "postgres"])
def index(request, path):
    """An empty index of each kind: what holds for one holds for all."""
    if request.param == "postgres":
        made = PostgresIndex(request.getfixturevalue("postgres_engine"))
    else:
        made = WhooshIndex(path, executor=request.param)
    made.rebuild(())
    with contextlib.closing(made):
        yield made
