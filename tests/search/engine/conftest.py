import pytest

from portal.search.engine import WhooshIndex


@pytest.fixture
def path(tmp_path):
    return tmp_path / "index"


@pytest.fixture(params=["vector", "classic"])
def index(request, path):
    made = WhooshIndex(path, executor=request.param)
    made.rebuild(())
    yield made
    made.close()
