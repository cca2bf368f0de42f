"""Risks: how likely, how grave, what follows from both, and whether one is still open."""

from portal.kernel.states import Labelled
from portal.kernel.text import N_

LIKELIHOODS = (N_("Rare"), N_("Unlikely"), N_("Possible"), N_("Likely"), N_("Almost certain"))  # 1 to 5
IMPACTS = (N_("Negligible"), N_("Minor"), N_("Moderate"), N_("Major"), N_("Severe"))  # 1 to 5
GREEN_UP_TO, AMBER_UP_TO = 4, 12  # likelihood times impact


class Rating(Labelled):
    """What likelihood and impact make together."""

    GREEN = "green", N_("Green"), "good"
    AMBER = "amber", N_("Amber"), "turn"
    RED = "red", N_("Red"), "bad"


class RiskState(Labelled):
    """Whether it is still to be watched, and if not, why."""

    OPEN = "open", N_("Open"), "info"
    OCCURRED = "occurred", N_("Occurred"), "bad"
    GONE = "gone", N_("No longer possible"), "good"
    ACCEPTED = "accepted", N_("Accepted as it is")


def rating_of(score: int) -> Rating:
    """The rating of a likelihood times an impact, 1 to 25."""
    return Rating.GREEN if score <= GREEN_UP_TO else Rating.AMBER if score <= AMBER_UP_TO else Rating.RED
