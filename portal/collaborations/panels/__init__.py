"""What the workspace shows above its tables: whose turn it is, and the plan over time."""

from portal.collaborations.panels.money import money
from portal.collaborations.panels.risks import changes_in, matrix
from portal.collaborations.panels.timeline import gantt, timeline
from portal.collaborations.panels.turn import own_side, turn

__all__ = ["changes_in", "matrix", "gantt", "money", "own_side", "timeline", "turn"]
