"""Passwords that leaked so often that everybody who guesses has them, from a list that comes with the portal.

Source: `portal/data/leaked_passwords.txt.gz`; where it comes from stands in `portal/data/README.md`. Nobody outside is asked.
"""

import gzip
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files

_LIST = "leaked_passwords.txt.gz"


def is_leaked(texts: Iterable[str], *, over: int) -> bool:
    """Whether one of `texts` (in lower case) is a leaked password with fewer than `over` characters before and behind it."""
    known = _leaked()
    return any(text[start : len(text) - end] in known for text in texts for start in range(over) for end in range(over - start))


@lru_cache(maxsize=1)
def _leaked() -> frozenset[str]:
    """The list, read when the first password is chosen."""
    packed = files("portal").joinpath("data", _LIST).read_bytes()
    return frozenset(gzip.decompress(packed).decode("ascii").split("\n")[:-1])
