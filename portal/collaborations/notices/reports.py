"""Whom facts about reports concern."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from portal.collaborations.events import ReportDayAsked, ReportDayMoved, ReportDayRefused, ReportMoved, ReportsScheduled
from portal.collaborations.notices.work import leads
from portal.collaborations.queries import parties_of
from portal.collaborations.states import ReportState
from portal.kernel.events import Event
from portal.kernel.notices import Concerned, Notice
from portal.kernel.text import N_


def reader_or_writer(session: Session, event: Event) -> Iterable[Concerned]:
    """The host's lead once it is submitted, the partner's lead when it falls due or was answered; a draft concerns nobody,
    nor what was put off: that it has another day is told to both."""
    parties, state = parties_of(session, event), event.data["state"]
    if not parties or state in (ReportState.DRAFT.value, ReportState.SCHEDULED.value):
        return
    if state == ReportState.SUBMITTED.value:
        yield Concerned(parties[0], N_("because reports are owed to your side"))
    else:
        yield Concerned(parties[1], N_("because your side owes this report"))


NOTICES = (
    Notice(
        ReportMoved,
        reader_or_writer,
        N_("Report of “%(title)s”: %(state)s"),
        N_("If it is due, or came back with questions, you write it. If it was submitted, you accept it or ask."),
        N_("Open the report"),
    ),
    Notice(
        ReportDayAsked,
        leads,
        N_("Another day for the report of “%(title)s”"),
        N_("The other lead asks for it and says why. You agree, or refuse with a reason; until then the day stays."),
        N_("Open the report"),
    ),
    Notice(
        ReportDayRefused,
        leads,
        N_("The report of “%(title)s” keeps its day"),
        N_("The other lead refused another one. The reason stands on its page."),
        N_("Open the report"),
    ),
    Notice(
        ReportDayMoved,
        leads,
        N_("The report of “%(title)s” has another day"),
        N_("You need do nothing now. The day and the reason stand on its page; whoever owes it is reminded before."),
        N_("Open the report"),
    ),
    Notice(
        ReportsScheduled,
        leads,
        N_("Reports of “%(title)s” were scheduled"),
        N_("You need do nothing now. Whoever owes one is reminded before its day."),
        N_("Open the report"),
        mail=False,
    ),
)
