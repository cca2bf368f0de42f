"""The parts of a work plan."""

from dataclasses import dataclass

from portal.kernel import inputs
from portal.kernel.errors import Invalid
from portal.kernel.text import N_
from portal.proposals.inputs.rows import keep


@dataclass(frozen=True)
class WorkPackage:
    """One part of the plan. Months count from the start of the collaboration, the first is 1."""

    title: str
    goal: str
    first_month: int
    last_month: int
    deliverable: str

    def __post_init__(self) -> None:
        inputs.gather(
            lambda: keep(self, "title", inputs.line("title", self.title, most=160)),
            lambda: keep(self, "goal", inputs.passage("goal", self.goal, most=2000, required=False)),
            lambda: keep(self, "first_month", inputs.whole("first_month", self.first_month, least=1, most=120)),
            lambda: keep(self, "last_month", inputs.whole("last_month", self.last_month, least=1, most=120)),
            lambda: keep(self, "deliverable", inputs.line("deliverable", self.deliverable, most=160)),
        )
        if self.last_month < self.first_month:
            raise Invalid("last_month", N_("The last month cannot come before the first."))
