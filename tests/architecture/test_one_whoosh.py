"""Several distributions install a package called `whoosh`; two together overwrite one another without a word."""

import re
from importlib.metadata import packages_distributions

import pytest

from tests.architecture.tree import ROOT

NAMESAKES = {"whoosh", "whoosh-reloaded", "whoosh3", "whoosh-ng"}


def test_exactly_one_distribution_provides_whoosh():
    assert set(packages_distributions()["whoosh"]) == {"Whoosh-Reloaded"}


@pytest.mark.parametrize("lock", sorted(path.name for path in ROOT.glob("requirements*.txt")))
def test_lock_pins_exactly_one_whoosh_with_hashes(lock):
    pins = re.findall(r"^([\w-]+)==(\S+) \\\n    --hash=sha256:", (ROOT / lock).read_text(), re.MULTILINE)

    assert [pin for pin in pins if pin[0] in NAMESAKES] == [("whoosh-reloaded", "2.7.5")]
