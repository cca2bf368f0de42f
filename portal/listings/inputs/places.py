"""How many places are filled."""

from dataclasses import dataclass
from functools import partial

from portal.kernel.inputs import whole
from portal.listings.inputs.shared import settle


@dataclass(frozen=True)
class Places:
    """Of all places of a listing, those that somebody has now, found here or elsewhere."""

    filled: int

    def __post_init__(self) -> None:
        settle(self, filled=partial(whole, most=10_000))
