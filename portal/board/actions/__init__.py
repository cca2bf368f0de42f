"""The address of one's own calendar, reminders of what has a date, views of the board that are kept, many things at once."""

from portal.board.actions.calendar import close_calendar, forget_calendar, open_calendar
from portal.board.actions.kept import MOST_VIEWS, change_view, forget_views, keep_view, remove_view
from portal.board.actions.reminding import Reminding, forget_reminders
from portal.board.actions.together import Outcome, act_together

__all__ = [
    "MOST_VIEWS",
    "Outcome",
    "Reminding",
    "act_together",
    "change_view",
    "close_calendar",
    "forget_calendar",
    "forget_reminders",
    "forget_views",
    "keep_view",
    "open_calendar",
    "remove_view",
]
