"""A stranger knows where to look: features hold the same kinds of file, and no drawer for odds and ends exists."""

import tomllib

from tests.architecture.tree import ROOT, name, python_files

ENGINES = {"accounts", "activity", "api", "approvals", "files", "imports", "notifications", "search", "threads", "writing"}
NO_FEATURE = ENGINES | {"kernel", "web", "wiring", "webhooks", "migrations", "static", "data"}
DRAWERS = {"base", "common", "core", "helpers", "managers", "misc", "services", "tools", "utils"}


def file_kinds():
    """The kinds that the import contract orders, so that a kind without a place in it cannot exist."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    (layers,) = (contract["layers"] for contract in contracts if contract["id"] == "feature")
    return {word.strip("()") for layer in layers for word in layer.split() if word not in ("|", ":")}


def test_features_hold_only_known_kinds_of_file():
    allowed = file_kinds() | {"__init__"}
    parts = {path: path.relative_to(ROOT / "portal").with_suffix("").parts for path in python_files("portal")}
    strange = [
        name(path) for path, (package, *rest) in parts.items() if rest and package not in NO_FEATURE and rest[0] not in allowed
    ]

    assert strange == []


def test_no_drawer_for_odds_and_ends():
    drawers = [name(path) for path in python_files("portal") if {path.stem, path.parent.name} & DRAWERS]

    assert drawers == []


def test_every_package_says_what_it_is_for():
    silent = [name(path) for path in (ROOT / "portal").rglob("__init__.py") if not path.read_text().startswith('"""')]

    assert silent == []
