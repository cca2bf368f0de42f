"""The difference of two texts, line by line and then word by word.

The cost is bounded: where two texts differ too much to compare within `MOST_STEPS`, one is shown as replacing the other.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Literal

Op = Literal["same", "del", "ins"]
Part = tuple[Op, str]
MOST_STEPS = 60_000  # a few hundredths of a second for each text
_WORD = re.compile(r"\w+|\s+|[^\w\s]")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")


def difference(before: str, after: str) -> list[Part]:
    """What leads from `before` to `after`. Same and deleted parts together are `before`, same and inserted ones `after`."""
    parts: list[Part] = []
    for deleted, inserted, same in _hunks(_edits(_LINE.findall(before), _LINE.findall(after))):
        if deleted and inserted:
            parts += _by_words(deleted, inserted)
        else:
            parts += _pair(deleted, inserted)
        parts += [("same", same)] if same else []
    return [(op, "".join(text for _, text in run)) for op, run in groupby(parts, key=lambda part: part[0])]


def _by_words(before: str, after: str) -> Iterator[Part]:
    """Changes with nothing but spaces between them are one change: single words in turn are hard to read."""
    waiting = ["", ""]
    for deleted, inserted, same in _hunks(_edits(_WORD.findall(before), _WORD.findall(after))):
        waiting = [waiting[0] + deleted, waiting[1] + inserted]
        if same.isspace():
            waiting = [waiting[0] + same, waiting[1] + same]
        elif same:
            yield from _pair(*waiting)
            yield ("same", same)
            waiting = ["", ""]
    yield from _pair(*waiting)


def _pair(deleted: str, inserted: str) -> list[Part]:
    if deleted == inserted:
        return [("same", deleted)] if deleted else []
    parts: tuple[Part, Part] = (("del", deleted), ("ins", inserted))
    return [part for part in parts if part[1]]


def _hunks(edits: Iterable[Part]) -> Iterator[tuple[str, str, str]]:
    """What was deleted, what was inserted in its place, and what then stayed the same."""
    deleted = inserted = same = ""
    for op, text in edits:
        if op != "same" and same:
            yield deleted, inserted, same
            deleted = inserted = same = ""
        if op == "same":
            same += text
        elif op == "del":
            deleted += text
        else:
            inserted += text
    yield deleted, inserted, same


def _edits(a: Sequence[str], b: Sequence[str]) -> Iterator[Part]:
    """The fewest deletions and insertions that turn `a` into `b`, the ends they share set aside first."""
    start = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    most = min(len(a), len(b)) - start
    end = next((i for i in range(most) if a[-1 - i] != b[-1 - i]), most)
    old, new = a[start : len(a) - end], b[start : len(b) - end]
    yield from (("same", text) for text in a[:start])
    path = _path(old, new)
    if path is None:
        yield from (("del", text) for text in old)
        yield from (("ins", text) for text in new)
    else:
        yield from path
    yield from (("same", text) for text in a[len(a) - end :])


def _path(a: Sequence[str], b: Sequence[str]) -> list[Part] | None:
    """The shortest path by Myers' greedy algorithm, or None where it takes more than `MOST_STEPS`.

    Source: E. W. Myers, An O(ND) Difference Algorithm and Its Variations, Algorithmica 1 (1986).
    """
    furthest, trace, steps = {1: 0}, [], 0
    for depth in range(len(a) + len(b) + 1):
        trace.append(dict(furthest))
        for diagonal in range(-depth, depth + 1, 2):
            x = _entry(furthest, diagonal, depth)
            entered = x
            while x < len(a) and x - diagonal < len(b) and a[x] == b[x - diagonal]:
                x += 1
            furthest[diagonal] = x
            steps += 1 + x - entered
            if x >= len(a) and x - diagonal >= len(b):
                return _walked_back(a, b, trace)
            if steps > MOST_STEPS:
                return None
    return []


def _entry(furthest: dict[int, int], diagonal: int, depth: int) -> int:
    """Where the path enters `diagonal`: from above (an insertion) or from the left (a deletion)."""
    if _came_down(furthest, diagonal, depth):
        return furthest[diagonal + 1]
    return furthest[diagonal - 1] + 1


def _walked_back(a: Sequence[str], b: Sequence[str], trace: list[dict[int, int]]) -> list[Part]:
    x, y = len(a), len(b)
    path: list[Part] = []
    for depth in range(len(trace) - 1, -1, -1):
        diagonal = x - y
        entered = _entry(trace[depth], diagonal, depth)
        while x > entered:
            x, y = x - 1, y - 1
            path.append(("same", a[x]))
        if depth and _came_down(trace[depth], diagonal, depth):
            y -= 1
            path.append(("ins", b[y]))
        elif depth:
            x -= 1
            path.append(("del", a[x]))
    return path[::-1]


def _came_down(furthest: dict[int, int], diagonal: int, depth: int) -> bool:
    return diagonal == -depth or (diagonal != depth and furthest[diagonal - 1] < furthest[diagonal + 1])
