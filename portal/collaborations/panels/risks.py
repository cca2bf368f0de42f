"""Risks as a matrix of likelihood and impact, and how each was assessed over time."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from portal.collaborations.models import Risk, RiskReview
from portal.collaborations.states import IMPACTS, LIKELIHOODS, Rating, rating_of


@dataclass(frozen=True)
class Cell:
    """One likelihood with one impact: its rating, and the risks there."""

    rating: Rating
    risks: Sequence[Risk]


@dataclass(frozen=True)
class Change:
    """An assessment, and the one before it; None for the first."""

    review: RiskReview
    before: RiskReview | None


def matrix(risks: Sequence[Risk]) -> list[tuple[int, str, list[Cell]]]:
    """Rows from the highest likelihood to the lowest, each with its number, its word and a cell for every impact."""
    rows = []
    for likelihood in range(len(LIKELIHOODS), 0, -1):
        cells = [
            Cell(rating_of(likelihood * impact), [one for one in risks if (one.likelihood, one.impact) == (likelihood, impact)])
            for impact in range(1, len(IMPACTS) + 1)
        ]
        rows.append((likelihood, LIKELIHOODS[likelihood - 1], cells))
    return rows


def changes_in(reviews: Sequence[RiskReview]) -> list[Change]:
    """The newest first."""
    return [Change(now, before) for before, now in pairwise((None, *reviews)) if now is not None][::-1]
