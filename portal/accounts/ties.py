"""What still hangs on somebody: things that others are left alone with if the account goes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from portal.accounts.queries import is_last_administrator
from portal.kernel.text import N_


@dataclass(frozen=True)
class Tie:
    """One thing that keeps an account open; `why` says what to do first."""

    title: str
    href: str
    why: str


Ties = Callable[[Session, int], Sequence[Tie]]


def ties_of(session: Session, account_id: int, looks: Sequence[Ties], portal_name: str) -> list[Tie]:
    """Everything that hangs on this person: the portal itself, and what `looks` find in the features."""
    found = [tie for look in looks for tie in look(session, account_id)]
    if is_last_administrator(session, account_id):
        why = N_("You are its only administrator: somebody else has to be one first.")
        found.insert(0, Tie(portal_name, "/admin", why))
    return found
