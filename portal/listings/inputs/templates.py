"""What a template is called."""

from dataclasses import dataclass
from functools import partial

from portal.kernel.inputs import line
from portal.listings.inputs.shared import settle


@dataclass(frozen=True)
class TemplateName:
    """A name that posters of the organisation choose by."""

    name: str

    def __post_init__(self) -> None:
        settle(self, name=partial(line, most=120))
