"""Facts about questions. Who asked is nobody's business but theirs."""

from dataclasses import dataclass
from typing import ClassVar

from portal.kernel.events import Fact
from portal.kernel.text import N_


@dataclass(frozen=True)
class QuestionAsked(Fact):
    """Somebody wants to know more about a listing; its owner is told, and not by whom."""

    kind: ClassVar[str] = "question.asked"
    says: ClassVar[str] = N_("Somebody asked a question about %(subject)s")
    seen_by: ClassVar[str] = "staff"
    hides_actor: ClassVar[bool] = True


@dataclass(frozen=True)
class QuestionAnswered(Fact):
    """The listing's owner answered, for everybody who reads the listing."""

    kind: ClassVar[str] = "question.answered"
    says: ClassVar[str] = N_("A question about %(subject)s was answered")
