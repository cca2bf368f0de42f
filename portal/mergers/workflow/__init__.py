"""The table of a merger's steps, and what it moves."""

from portal.mergers.workflow.moving import MOVED
from portal.mergers.workflow.table import MERGER_FLOW

__all__ = ["MERGER_FLOW", "MOVED"]
