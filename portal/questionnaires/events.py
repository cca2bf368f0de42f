"""Facts about the questions of a listing's proposal form."""

from dataclasses import dataclass
from typing import ClassVar

from portal.kernel.events import Fact
from portal.kernel.text import N_


@dataclass(frozen=True)
class QuestionnaireWritten(Fact):
    """The proposal form asks other questions now, or asks them in other words."""

    kind: ClassVar[str] = "questionnaire.written"
    says: ClassVar[str] = N_("%(actor)s changed the questions that %(subject)s asks in proposals")
    seen_by: ClassVar[str] = "staff"
    questions: int
