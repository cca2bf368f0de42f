"""How a listing comes to be read, answered and put away: what must be true, what then happens, and the table."""

from portal.listings.workflow.effects import withdraw_trust
from portal.listings.workflow.table import LISTING_FLOW

__all__ = ["LISTING_FLOW", "withdraw_trust"]
