"""What waits for whom: each feature names the reasons, one page and one counter read them all in one statement."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import literal, union_all
from sqlalchemy.sql.selectable import CompoundSelect

from portal.kernel.db import AnySelect
from portal.kernel.policy import Actor


@dataclass(frozen=True)
class Source:
    """One reason why something waits for somebody.

    `select(actor)` gives rows with the columns `id`, `title`, `detail` (text, whatever `href` needs), `since` and `due_at`
    of what waits for this actor, or None where nothing of the kind ever can.
    """

    key: str  # “proposal.decide”
    asks: str  # “Decide on”: marked with N_, followed by the title
    button: str  # “Open the proposal”: marked with N_
    href: Callable[[int, str], str]  # (id, detail) → page where it is done
    select: Callable[[Actor], AnySelect | None]


def waiting(sources: Sequence[Source], actor: Actor) -> CompoundSelect[*tuple[Any, ...]] | None:
    """One statement over all sources, with the column `source` naming the key; None where nothing can wait."""
    parts = [
        chosen.add_columns(literal(source.key).label("source"))
        for source in sources
        if (chosen := source.select(actor)) is not None
    ]
    return union_all(*parts) if parts else None
