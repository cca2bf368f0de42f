"""Past a limit a file or function is split by noun; the limit is never raised."""

import ast

import pytest

from tests.architecture.tree import ROOT, functions, length, name, python_files

FILE, CONFTEST, TEMPLATE = 300, 200, 150
FUNCTION, VIEW, PARAMETERS = 40, 12, 6
ROUTES = {"get", "post", "put", "patch", "delete", "route"}

OURS = python_files("portal", "bench", "tests")


def lines(path):
    return len(path.read_text(encoding="utf-8").splitlines())


def is_view(function):
    """Mounted on a blueprint: `@bp.get(…)` and the like."""
    calls = (decorator.func for decorator in function.decorator_list if isinstance(decorator, ast.Call))
    return any(isinstance(call, ast.Attribute) and call.attr in ROUTES for call in calls)


def parameters(function):
    given = function.args
    named = [argument.arg for argument in (*given.posonlyargs, *given.args, *given.kwonlyargs)]
    return len([argument for argument in named if argument not in ("self", "cls")])


def test_files_stay_short():
    too_long = {name(path): lines(path) for path in OURS if lines(path) > FILE}

    assert too_long == {}


def test_shared_fixtures_stay_short():
    too_long = {name(path): lines(path) for path in ROOT.glob("tests/**/conftest.py") if lines(path) > CONFTEST}

    assert too_long == {}


@pytest.mark.parametrize(("folder", "kind", "limit"), [("templates", "*.*", TEMPLATE), ("portal/static", "*.js", FILE)])
def test_templates_and_scripts_stay_short(folder, kind, limit):
    too_long = {name(path): lines(path) for path in (ROOT / folder).rglob(kind) if lines(path) > limit}

    assert too_long == {}


def test_functions_stay_short():
    too_long = {
        name(path, function.lineno): length(function)
        for path in OURS
        for function in functions(path)
        if length(function) > FUNCTION
    }

    assert too_long == {}


def test_views_only_load_permit_call_and_answer():
    too_long = {
        name(path, function.lineno): length(function)
        for path in python_files("portal")
        for function in functions(path)
        if is_view(function) and length(function) > VIEW
    }

    assert too_long == {}


def test_functions_take_few_parameters():
    too_many = {
        name(path, function.lineno): parameters(function)
        for path in python_files("portal", "bench")
        for function in functions(path)
        if parameters(function) > PARAMETERS
    }

    assert too_many == {}
