"""What people may send about a collaboration."""

from portal.collaborations.inputs.plan import HandIn, NewDate, OutcomeEntry, PartKind, PlanPart

__all__ = ["HandIn", "NewDate", "OutcomeEntry", "PartKind", "PlanPart"]
