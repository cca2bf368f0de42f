"""How the engines find, name and guard what people keep beside the board."""

from portal.board.models import BoardView, CalendarFeed
from portal.board.policies import OWN_FEED, OWN_VIEW
from portal.kernel.subjects import Subject
from portal.kernel.text import N_

SUBJECTS = {
    "calendar_feed": Subject(
        CalendarFeed, N_("calendar"), OWN_FEED, lambda _feed: "iCalendar", lambda _feed: "/calendar/address"
    ),
    "board_view": Subject(BoardView, N_("view"), OWN_VIEW, lambda view: str(view.name), lambda view: str(view.href)),
}
