"""Kinds and states of meetings, and of what was agreed to do."""

from portal.kernel.states import Labelled
from portal.kernel.text import N_


class MeetingKind(Labelled):
    """What a meeting is for."""

    STEERING = "steering", N_("Steering group")
    WORKING = "working", N_("Working meeting")


class MeetingState(Labelled):
    """From the invitation to minutes that both sides stand by."""

    PLANNED = "planned", N_("Planned"), "info"
    HELD = "held", N_("Held"), "turn"
    OBJECTED = "objected", N_("Minutes objected to"), "turn"
    CONFIRMED = "confirmed", N_("Minutes confirmed"), "good"
    CANCELLED = "cancelled", N_("Cancelled")


class ActionState(Labelled):
    """Whether what was agreed is done."""

    OPEN = "open", N_("Open"), "turn"
    DONE = "done", N_("Done"), "good"
    DROPPED = "dropped", N_("Dropped")
