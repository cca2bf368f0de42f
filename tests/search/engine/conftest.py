import contextlib

import pytest
from sqlalchemy import create_engine

from portal.search.engine import WhooshIndex
from portal.search.engine.postgres import PostgresIndex


@pytest.fixture
def path(tmp_path):
    return tmp_path / "index"


@pytest.fixture(scope="module")
def postgres_engine(postgres_url):
    engine = create_engine(postgres_url)
    yield engine
    engine.dispose()


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
