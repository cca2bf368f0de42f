"""Whom facts about those who write a proposal together concern."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from portal.kernel.events import Event
from portal.kernel.notices import Concerned, Notice
from portal.kernel.text import N_
from portal.proposals.events import CoAuthorDeclined, CoAuthorEnded, CoAuthorInvited, CoAuthorJoined, CoAuthorRightChanged
from portal.proposals.models import CoAuthor

_OPEN = N_("Open the invitation")
_NOTHING = N_("You need do nothing now.")


def whoever_is_invited(session: Session, event: Event) -> Iterable[Concerned]:
    """Whoever has the address, if there is an account with it; everybody is written to, whether there is or not."""
    co_author = session.get(CoAuthor, event.subject_id)
    if co_author is not None and co_author.account_id not in (None, event.actor_id):
        yield Concerned(int(co_author.account_id or 0), N_("because it is about you"))


def whoever_invited(session: Session, event: Event) -> Iterable[Concerned]:
    """The author."""
    co_author = session.get(CoAuthor, event.subject_id)
    if co_author is not None and co_author.invited_by_id != event.actor_id:
        yield Concerned(co_author.invited_by_id, N_("because you sent the invitation"))


def author_and_co_author(session: Session, event: Event) -> Iterable[Concerned]:
    """The two it is between."""
    yield from whoever_is_invited(session, event)
    yield from whoever_invited(session, event)


NOTICES = (
    Notice(
        CoAuthorInvited,
        whoever_is_invited,
        N_("%(actor)s invites you to write %(title)s together"),
        N_("It is your turn: accept or decline within fourteen days."),
        _OPEN,
        mail=False,
    ),
    Notice(
        CoAuthorJoined,
        whoever_invited,
        N_("%(actor)s takes part in writing %(title)s"),
        N_("You need do nothing. They can do with the draft what you allowed."),
        _OPEN,
    ),
    Notice(CoAuthorDeclined, whoever_invited, N_("%(actor)s does not take part in writing %(title)s"), _NOTHING, _OPEN),
    Notice(
        CoAuthorRightChanged,
        whoever_is_invited,
        N_("%(actor)s changed what you may do with %(title)s: %(right)s"),
        _NOTHING,
        _OPEN,
        mail=False,
    ),
    Notice(CoAuthorEnded, author_and_co_author, N_("A part in writing %(title)s has ended"), _NOTHING, _OPEN),
)
