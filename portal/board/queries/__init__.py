"""Reads for the board."""

from portal.board.queries.ageing import Lane, Lanes, lanes_of
from portal.board.queries.choices import choices_for
from portal.board.queries.rows import Entry, table_of, tickets_of

__all__ = ["Entry", "Lane", "Lanes", "choices_for", "lanes_of", "table_of", "tickets_of"]
