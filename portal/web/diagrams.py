"""State diagrams drawn from workflow tables: states in a column, steps as arcs beside it, so that a phone can show them."""

from dataclasses import dataclass

from portal.kernel.states import Labelled
from portal.kernel.workflow import Workflow

ROW = 40  # pixels from one state to the next
START = 176  # where arcs begin, right of the longest label
REACH = 120  # how far the widest arc swings out


@dataclass(frozen=True)
class Node:
    """One state: its place and how it is drawn."""

    label: str
    tone: str
    y: int
    is_start: bool
    is_end: bool


@dataclass(frozen=True)
class Arc:
    """One or more steps between the same two states; `back` arcs lead upwards and are dashed."""

    path: str
    head: str  # the arrow's point as a polygon
    back: bool


@dataclass(frozen=True)
class Diagram:
    """What the macro draws. The table beside it says the same in words."""

    nodes: tuple[Node, ...]
    arcs: tuple[Arc, ...]
    height: int


def diagram(flow: Workflow) -> Diagram:
    """The picture of one workflow."""
    order = _in_reading_order(flow)
    at = {state: index * ROW + 20 for index, state in enumerate(order)}
    pairs = {(source, row.target) for row in flow.table for source in row.source}
    nodes = tuple(Node(s.label, s.tone, at[s], s is flow.start, s in flow.ends) for s in order)
    arcs = tuple(_arc(at[a], at[b], len(order)) for a, b in sorted(pairs, key=lambda pair: (at[pair[0]], at[pair[1]])))
    return Diagram(nodes, arcs, len(order) * ROW)


def _in_reading_order(flow: Workflow) -> list[Labelled]:
    """As people meet them: the start first, ends that are no success last; the enum's own order decides the rest."""
    return sorted(flow.states(), key=lambda s: (s is not flow.start, s in flow.ends and s.tone != "good"))


def _arc(start: int, end: int, states: int) -> Arc:
    """Arrows leave a state a little below its middle and arrive a little above, so that two-way steps stay apart."""
    back = end < start
    y1, y2 = (start - 5, end + 5) if back else (start + 5, end - 5)
    swing = START + 24 + REACH * abs(end - start) // (ROW * states)
    return Arc(
        f"M{START} {y1} C{swing} {y1} {swing} {y2} {START + 6} {y2}",
        f"{START},{y2} {START + 8},{y2 - 4} {START + 8},{y2 + 4}",
        back,
    )
