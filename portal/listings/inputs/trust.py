"""Why an organisation may publish at once."""

from dataclasses import dataclass
from functools import partial

from portal.kernel.inputs import Reason, line, passage
from portal.listings.inputs.shared import settle


@dataclass(frozen=True)
class Trust(Reason):
    """An organisation by its name, and the reason, which other administrators read."""

    organisation: str = ""

    def __post_init__(self) -> None:
        settle(self, organisation=line, text=partial(passage, most=2000))
