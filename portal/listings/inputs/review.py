"""What moderation asks of a listing: something on the whole, and remarks on single parts."""

import dataclasses
from dataclasses import dataclass
from functools import partial

from portal.kernel.inputs import Reason, passage
from portal.listings.inputs.shared import settle

_remark = partial(passage, most=1000, required=False)


@dataclass(frozen=True)
class Review(Reason):
    """Why a listing is sent back. Besides `text`, each field is a remark on the part of the form it is named after."""

    title: str = ""
    summary: str = ""
    description: str = ""
    details: str = ""  # the facts of its kind
    closes_on: str = ""
    skills: str = ""

    def __post_init__(self) -> None:
        settle(self, text=partial(passage, most=2000), **dict.fromkeys(self._parts(), _remark))

    @property
    def remarks(self) -> dict[str, str]:
        """The parts that something was said about."""
        return {name: said for name in self._parts() if (said := getattr(self, name))}

    def _parts(self) -> list[str]:
        return [field.name for field in dataclasses.fields(self) if field.name != "text"]
