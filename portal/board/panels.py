"""What the board offers to the page where one's work waits."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from portal.board.queries import awaited_by, own_by_state
from portal.kernel.policy import Actor
from portal.web.panels import Panel


def _others(session: Session, actor: Actor, _thing: Any) -> Mapping[str, Any] | None:
    """What others have in hand for this person, and their own things by state."""
    awaited, own = awaited_by(session, actor), own_by_state(session, actor)
    return {"awaited": awaited, "own": own} if awaited or own else None


WORK = Panel("board/panel_work.html", _others)
