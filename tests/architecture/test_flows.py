"""Every workflow can be walked from end to end, records each step, and asks through a form; who may do what is golden."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal import wiring
from portal.kernel import subjects
from portal.kernel.events import Fact
from portal.kernel.policy import Rule
from tests.architecture.test_rules import world  # noqa: F401 - a fixture
from tests.fixtures.golden import assert_golden

ALL = {flow.name: flow for flow in wiring.FLOWS}


@pytest.fixture(params=sorted(ALL))
def flow(request):
    return ALL[request.param]


def test_every_state_is_reachable(flow):
    for state in flow.states():
        assert state is flow.start or flow.path_to(state)


def test_only_declared_ends_lead_nowhere(flow):
    dead = {state for state in flow.states() if not flow.rows_from(state)}
    assert dead <= set(flow.ends)


def test_every_row_is_complete(flow):
    for row in flow.table:
        assert issubclass(row.fact, Fact)
        assert row.fact.kind
        assert isinstance(row.who, Rule)
        assert row.label
        assert row.source
        assert row.takes is None or dataclasses.is_dataclass(row.takes)


def test_no_state_offers_one_action_twice(flow):
    for state in flow.states():
        actions = [row.action for row in flow.rows_from(state)]
        assert sorted(set(actions)) == sorted(actions)


@given(data=st.data())
def test_any_walk_stays_inside_the_table(data):
    flow = ALL[data.draw(st.sampled_from(sorted(ALL)))]
    state = flow.start
    for _ in range(20):
        rows = flow.rows_from(state)
        if not rows:
            assert state in flow.ends
            return
        state = data.draw(st.sampled_from(rows)).target
        assert state in flow.states()


def test_who_may_do_what_is_golden(flow, world):  # noqa: F811
    """State × person → r for reading, then the steps they may take. A change of rights shows as a diff."""
    read = subjects.subject_named(flow.name).read
    lines = []
    for state in flow.states():
        things = [thing for thing in world.things[flow.name] if thing.state is state]
        assert things, f"the world has no {flow.name} in {state}"
        for thing in things:
            label = f"{state.value}/{thing.visibility.value}" if hasattr(thing, "visibility") else state.value
            for name, actor in world.actors.items():
                may = ["r"] if read.holds(actor, thing) else []
                may += [row.action for row in flow.rows_from(state) if row.who.holds(actor, thing)]
                lines.append(f"{label:28} {name:22} {' '.join(may) or '–'}")
    assert_golden(f"matrix-{flow.name}.txt", "\n".join(dict.fromkeys(lines)) + "\n")
