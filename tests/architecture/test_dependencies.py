"""Every package that runs here has a line that says why, and none is named that does not."""

import re
import tomllib

from tests.architecture.tree import ROOT


def test_every_dependency_has_a_reason():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = {re.match(r"[\w-]+", requirement)[0] for requirement in project["dependencies"]}
    decision = (ROOT / "docs/decisions/0013-dependencies.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([a-z0-9, -]+) \|", decision, re.MULTILINE)

    assert {name for row in rows for name in row.split(", ")} == needed
