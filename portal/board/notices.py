"""Who is reminded, and who is told when reminding did not help."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from portal.board.events import DateEscalated, DateNear, DatePassed, HolderAsked
from portal.kernel.events import Event
from portal.kernel.notices import Concerned, Notice
from portal.kernel.policy import Role
from portal.kernel.text import N_
from portal.organisations.queries import holders_of


def whoever_has_it(_session: Session, event: Event) -> Iterable[Concerned]:
    """The person for whom it waits."""
    yield Concerned(event.data["account_id"], N_("because this waits for you and has a date"))


def their_office(session: Session, event: Event) -> Iterable[Concerned]:
    """Officers and administrators of the organisation of whoever has it in hand."""
    if event.organisation_id is None:
        return
    for who in holders_of(session, event.organisation_id, Role.OFFICER, Role.ADMINISTRATOR):
        if who != event.data["account_id"]:
            yield Concerned(who, N_("because somebody of your organisation has this in hand and its date has passed"))


def whoever_was_asked(_session: Session, event: Event) -> Iterable[Concerned]:
    """The person whom an officer reminded."""
    yield Concerned(event.data["account_id"], N_("because this waits for you and a partnership officer asked"))


NOTICES = (
    Notice(
        HolderAsked,
        whoever_was_asked,
        N_("%(actor)s reminds you of “%(title)s”"),
        N_("It is your turn: this waits for you. If somebody else should do it, say so in its conversation."),
        N_("Open it"),
    ),
    Notice(
        DateNear,
        whoever_has_it,
        N_("Due soon: “%(title)s”"),
        N_("It is your turn: this is due soon. Days left: %(days)s."),
        N_("Open it"),
    ),
    Notice(
        DatePassed,
        whoever_has_it,
        N_("Past its date: “%(title)s”"),
        N_("It is your turn: this should have been done. Days past its date: %(days)s. Silence is never taken for a yes."),
        N_("Open it"),
    ),
    Notice(
        DateEscalated,
        their_office,
        N_("Held up: “%(title)s”"),
        N_(
            "You need do nothing at once: ask whoever has it in hand, or let somebody else take over. "
            "Days past its date: %(days)s."
        ),
        N_("Open it"),
    ),
)
