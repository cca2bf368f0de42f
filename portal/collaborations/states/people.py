"""Who takes part beside the two leads, and how one lead follows another."""

from portal.kernel.states import Labelled
from portal.kernel.text import N_


class Part(Labelled):
    """As what somebody takes part beside the leads."""

    MEMBER = "member", N_("Member of the team")
    GUEST = "guest", N_("Guest")


class PartState(Labelled):
    """Where somebody's part stands."""

    INVITED = "invited", N_("Invited"), "turn"
    ACTIVE = "active", N_("Takes part"), "good"
    DECLINED = "declined", N_("Declined"), "bad"
    WITHDRAWN = "withdrawn", N_("Withdrawn")
    EXPIRED = "expired", N_("Expired")
    ENDED = "ended", N_("Ended")


class HandOverState(Labelled):
    """Whether the successor took over."""

    PROPOSED = "proposed", N_("The successor was asked"), "turn"
    DONE = "done", N_("Taken over"), "good"
    DECLINED = "declined", N_("Declined"), "bad"
    WITHDRAWN = "withdrawn", N_("Withdrawn")


LIVE = (PartState.INVITED, PartState.ACTIVE)
