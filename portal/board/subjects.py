"""How the engines find, name and guard what people keep beside the board."""

from portal.board.models import CalendarFeed
from portal.board.policies import OWN_FEED
from portal.kernel.subjects import Subject
from portal.kernel.text import N_

SUBJECTS = {
    "calendar_feed": Subject(
        CalendarFeed, N_("calendar"), OWN_FEED, lambda _feed: "iCalendar", lambda _feed: "/calendar/address"
    ),
}
