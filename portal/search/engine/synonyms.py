"""What else a word may be written as: acronyms, and what they stand for."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from portal.search.engine.analysis import plain_words
from portal.search.engine.tongues import ENGLISH, term

MOST = 8  # per question: each costs about as much as a word of its own
_LIST = Path(__file__).parents[1] / "data" / "acronyms.txt"

Written = tuple[str, tuple[str, ...]]  # as it is shown, and its words
Places = tuple[int, ...]  # of words of a question


def also_written(asked: Sequence[str | None]) -> list[tuple[Places, Written]]:
    """Which words of a question, alone or one after the other, may be written otherwise, and how.

    Args:
        asked: each word, folded; None where something stands that means only what it says, such as a phrase.
    """
    stems = [term(word, ENGLISH) if word else None for word in asked]
    found = []
    for start in range(len(stems)):
        for size in _sizes():
            words = tuple(stems[start : start + size])
            if len(words) == size:
                found += [(tuple(range(start, start + size)), other) for other in _known().get(words, ())]
    return found[:MOST]


@cache
def _sizes() -> tuple[int, ...]:
    """How many words there are in what is known to be written otherwise."""
    return tuple(sorted({len(words) for words in _known()}))


@cache
def _known() -> Mapping[tuple[str | None, ...], list[Written]]:
    known: dict[tuple[str | None, ...], list[Written]] = {}
    for line in _LIST.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        acronym, words = line.split(" ", 1)
        for said, other in ((acronym, words), (words, acronym)):
            key = tuple(term(word, ENGLISH) for word in plain_words(said))
            known.setdefault(key, []).append((other, tuple(plain_words(other))))
    return known
