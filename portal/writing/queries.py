"""What somebody typed and has not saved."""

from collections.abc import Sequence

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from portal.writing.models import Unsaved

_AT = select(Unsaved).where(Unsaved.account_id == bindparam("account"), Unsaved.path == bindparam("path"))


def unsaved_at(session: Session, account_id: int, path: str) -> Unsaved | None:
    """What this person left in the form at `path`."""
    return session.scalars(_AT, {"account": account_id, "path": path}).one_or_none()


def unsaved_below(session: Session, account_id: int, path: str) -> Sequence[Unsaved]:
    """What this person left in forms whose address begins with `path`, the latest first."""
    begins = func.substr(Unsaved.path, 1, len(path)) == path  # no LIKE: its signs may stand in an address
    return session.scalars(select(Unsaved).where(Unsaved.account_id == account_id, begins).order_by(Unsaved.kept_at.desc())).all()


def how_many(session: Session, account_id: int) -> int:
    """In how many forms this person left something."""
    return session.scalar(select(func.count()).where(Unsaved.account_id == account_id)) or 0
