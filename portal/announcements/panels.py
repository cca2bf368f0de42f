"""What the frame of every page shows of announcements, from memory."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from portal.announcements.policies import SEE
from portal.announcements.queries import standing
from portal.announcements.states import Tone
from portal.kernel.policy import Actor
from portal.web.pages import Strip

LATE_SECONDS = 20.0  # how long a visitor's page may not know what another process changed
_GRAVITY = list(Tone)


@dataclass(frozen=True)
class _Known:
    mark: int
    read_at: float
    rows: Sequence[Any]


class Board:
    """What is announced, one copy per process. Who sees which of it, and whether it holds yet or still, is asked for each page.

    Pages of people bring a number with a statement they make anyway, and the copy is renewed when that is another one. Pages of
    visitors ask nothing: for them it is renewed when it is older than `LATE_SECONDS`.
    """

    def __init__(self) -> None:
        self._known: _Known | None = None

    def strips(self, session: Session, actor: Actor, marks: Sequence[Any]) -> tuple[Strip, ...]:
        """What stands on a page of this person, the gravest first.

        Args:
            marks: values of the columns `queries.marks`, none of a visitor.
        """
        mark, dismissed = marks or (None, None)
        gone = set((dismissed or "").split(","))
        rows = [row for row in self._rows(session, mark) if SEE.holds(actor, row)]
        rows = [row for row in rows if not (row.dismissible and str(row.id) in gone)]
        rows.sort(key=lambda row: (_GRAVITY.index(row.tone), row.ends_at, row.id))
        return tuple(_strip(row, actor) for row in rows)

    def _rows(self, session: Session, mark: int | None) -> Sequence[Any]:
        if mark == 0:  # there never was any
            return ()
        known, now = self._known, time.monotonic()
        if known is None or (now - known.read_at >= LATE_SECONDS if mark is None else mark != known.mark):
            found, rows = standing(session)
            known = self._known = _Known(found, now, rows)
        return known.rows


def _strip(row: Any, actor: Actor) -> Strip:
    address = f"/announcements/{row.id}/dismiss" if row.dismissible and actor.is_person else ""
    return Strip(row.tone.tone, row.tone.label, row.text, row.link_label, row.link_href, address)
