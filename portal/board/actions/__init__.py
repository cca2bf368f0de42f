"""The address of one's own calendar, and reminders of what has a date."""

from portal.board.actions.calendar import close_calendar, forget_calendar, open_calendar
from portal.board.actions.reminding import Reminding, forget_reminders

__all__ = ["Reminding", "close_calendar", "forget_calendar", "forget_reminders", "open_calendar"]
