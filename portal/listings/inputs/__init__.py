"""What people and importers may say in a listing: the shared core, and the details of its kind."""

import dataclasses
from dataclasses import dataclass
from typing import Any

from portal.kernel.inputs import gather
from portal.listings.inputs.deadline import deadline, shown_by_clocks
from portal.listings.inputs.details import (
    DETAIL_INPUTS,
    ChallengeInput,
    ComputeInput,
    Details,
    InternshipInput,
    ProjectInput,
    TrainingInput,
)
from portal.listings.inputs.owners import Colleague, Heir, NamedResponsible
from portal.listings.inputs.places import Places
from portal.listings.inputs.readers import Readers
from portal.listings.inputs.review import Review
from portal.listings.inputs.rows import MOST_ROWS, CourseSession, Phase
from portal.listings.inputs.shared import MOST_FIELDS, MOST_SKILLS, ListingCore, source_address
from portal.listings.inputs.templates import TemplateName
from portal.listings.inputs.trust import Trust
from portal.listings.inputs.vocabulary import NewTerm, TermText
from portal.listings.states import Kind

__all__ = [
    "DETAIL_INPUTS",
    "MOST_FIELDS",
    "MOST_ROWS",
    "MOST_SKILLS",
    "ChallengeInput",
    "Colleague",
    "ComputeInput",
    "CourseSession",
    "Details",
    "Heir",
    "InternshipInput",
    "ListingCore",
    "NamedResponsible",
    "NewTerm",
    "Phase",
    "Places",
    "ProjectInput",
    "Readers",
    "Review",
    "TemplateName",
    "TermText",
    "TrainingInput",
    "Trust",
    "Written",
    "deadline",
    "shown_by_clocks",
    "source_address",
    "written",
]

_CORE = frozenset(field.name for field in dataclasses.fields(ListingCore))


@dataclass(frozen=True)
class Written:
    """The whole text of one listing."""

    kind: Kind
    core: ListingCore
    details: Details

    def __post_init__(self) -> None:
        if not isinstance(self.details, DETAIL_INPUTS[self.kind]):
            raise TypeError(f"a {self.kind} has no {type(self.details).__name__}")


def written(kind: Kind, /, **values: Any) -> Written:
    """The text made of flat `values`: those that are the core's go there, all others must be details of `kind`.

    Raises:
        Invalid: with every problem of both parts.
    """
    core = {name: value for name, value in values.items() if name in _CORE}
    details = {name: value for name, value in values.items() if name not in _CORE}
    made: dict[str, Any] = {}
    gather(
        lambda: made.update(core=ListingCore(**core)),
        lambda: made.update(details=DETAIL_INPUTS[kind](**details, currency=str(core.get("currency", "EUR")))),
    )
    return Written(kind, **made)
