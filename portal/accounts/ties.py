"""What still hangs on somebody: things that others are left alone with if the account goes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import literal, select, union_all
from sqlalchemy.orm import Session, aliased

from portal.accounts.models import User
from portal.kernel.db import AnySelect
from portal.kernel.text import N_

AT_MOST = 50  # named at once: the next ones follow when these are settled


@dataclass(frozen=True)
class Tie:
    """One kind of thing that keeps an account open.

    `select(account_id)` gives rows with the columns `id`, `title` and `detail` (text, whatever `href` needs).
    """

    key: str
    why: str  # what to do first: marked with N_
    href: Callable[[int, str], str]
    select: Callable[[int], AnySelect]


@dataclass(frozen=True)
class Tied:
    """One thing that hangs on somebody."""

    title: str
    href: str
    why: str


def ties_of(session: Session, account_id: int, ties: Sequence[Tie]) -> list[Tied]:
    """Everything that hangs on this person, over all features, in one statement."""
    known = {tie.key: tie for tie in ties}
    parts = [tie.select(account_id).add_columns(literal(tie.key).label("tie")) for tie in ties]
    found = session.execute(union_all(*parts).limit(AT_MOST))
    return [Tied(row.title, known[row.tie].href(row.id, row.detail), known[row.tie].why) for row in found]


def _alone(account_id: int) -> AnySelect:
    """The account itself, if it runs the portal and no other does."""
    other = aliased(User)
    others = select(other.id).where(other.is_admin, other.active, other.id != account_id).exists()
    return select(User.id, User.name.label("title"), literal("").label("detail")).where(
        User.id == account_id, User.is_admin, User.active, ~others
    )


LAST_ADMINISTRATOR = Tie(
    "administrator",
    N_("You are the only administrator of the portal: somebody else has to be one first."),
    lambda _number, _detail: "/admin",
    _alone,
)
