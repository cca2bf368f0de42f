"""One door to a state, one place that commits."""

import ast
import re

from tests.architecture.tree import ROOT, name, python_files

STATE_DOOR = {ROOT / "portal/kernel/workflow.py"}
COMMIT_DOORS = {ROOT / "portal/kernel/db.py", ROOT / "portal/kernel/subscribers.py"}


def places(pattern, allowed):
    found = []
    for path in python_files("portal"):
        if path in allowed:
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if re.search(pattern, line) and not line.lstrip().startswith("#"):
                found.append(name(path, number))
    return found


def test_only_the_workflow_engine_sets_a_state():
    assert places(r"\._state = ", STATE_DOOR) == []


def test_only_the_database_floor_commits():
    assert places(r"\.commit\(\)", COMMIT_DOORS) == []


def test_no_rule_aborts_and_nothing_is_swallowed_whole():
    """Refusals are raised as what they are; only the toolkit's own views may end a request."""
    assert places(r"\babort\(", set((ROOT / "portal/web").rglob("*.py"))) == []
    assert places(r"except:", set()) == []
    assert [place for place, handler in handlers_of_everything() if not isinstance(handler.body[-1], ast.Raise)] == []


def handlers_of_everything():
    """Where `BaseException` is caught, to put things in order: an interruption must go on afterwards."""
    for path in python_files("portal"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ExceptHandler) and isinstance(node.type, ast.Name) and node.type.id == "BaseException":
                yield name(path, node.lineno), node
