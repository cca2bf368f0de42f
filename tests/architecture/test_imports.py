"""The import contracts of pyproject.toml hold."""

import pytest
from importlinter.cli import lint_imports

from tests.architecture.tree import ROOT


def test_import_contracts_are_kept(monkeypatch, capsys):
    monkeypatch.chdir(ROOT)

    broken = lint_imports(config_filename="pyproject.toml", cache_dir=".cache/import-linter", no_logo=True)

    if broken:
        pytest.fail(capsys.readouterr().out)
