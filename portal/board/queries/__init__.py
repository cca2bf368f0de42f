"""Reads for the board, for what one waits for, and for the calendar."""

from portal.board.queries.ageing import Lane, Lanes, lanes_of
from portal.board.queries.awaited import Awaited, awaited_by
from portal.board.queries.choices import choices_for
from portal.board.queries.dates import Entry as Dated
from portal.board.queries.dates import dates_for
from portal.board.queries.feeds import feed_of, owner_of
from portal.board.queries.kept import views_of
from portal.board.queries.own import Mine, own_by_state
from portal.board.queries.rows import Entry, entries_of, table_of, tickets_of

__all__ = [
    "views_of",
    "Awaited",
    "Dated",
    "Entry",
    "Lane",
    "Lanes",
    "Mine",
    "awaited_by",
    "choices_for",
    "entries_of",
    "dates_for",
    "feed_of",
    "lanes_of",
    "own_by_state",
    "owner_of",
    "table_of",
    "tickets_of",
]
