"""The views of the board that somebody keeps."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.board.models import BoardView


def views_of(session: Session, account_id: int | None) -> Sequence[BoardView]:
    """By name, what opens by itself first."""
    query = select(BoardView).where(BoardView.account_id == account_id)
    return session.scalars(query.order_by(BoardView.is_default.desc(), BoardView.name, BoardView.id)).all()
