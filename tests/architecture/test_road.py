"""Whatever people do on the road, in whatever order: the matrix, the tables, the log and the parties' secrets hold."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.architecture.road import Road
from tests.architecture.stage import Stage

THOROUGH = {"max_examples": 200, "stateful_step_count": 50}
QUICK = {"max_examples": 12, "stateful_step_count": 30}


@pytest.fixture
def stage(sqlite_template, tmp_path):
    stage = Stage.set_up(sqlite_template, tmp_path)
    yield stage
    stage.database.dispose()


@pytest.mark.timeout(4 * 3600)  # the thorough play takes most of an hour of one processor
def test_what_has_to_stay_true_stays_true(stage, request):
    """`./dev test --hypothesis-profile thorough tests/architecture/test_road.py` plays 200 times 50 steps."""
    is_thorough = settings.get_current_profile_name() == "thorough"
    extent, least = (THOROUGH, 50) if is_thorough else (QUICK, 12)
    Road.stage, Road.taken = stage, Counter()

    run_state_machine_as_test(Road, settings=settings(deadline=None, suppress_health_check=list(HealthCheck), **extent))

    assert len(Road.taken) > least, sorted(Road.taken.items())  # different steps of all tables
