"""What administrators say who want to read what is not theirs."""

from dataclasses import dataclass

from portal.kernel import inputs
from portal.kernel.errors import Invalid
from portal.kernel.ids import parse_reference
from portal.kernel.text import N_

TYPES = {"PR": "proposal", "CO": "collaboration"}
LEAST_REASON = 20  # characters: more than “needed”


@dataclass(frozen=True)
class Emergency:
    """Which proposal or collaboration, by its reference, and why."""

    reference: str
    reason: str

    def __post_init__(self) -> None:
        inputs.gather(self._check_reference, self._check_reason)

    @property
    def subject(self) -> tuple[str, int]:
        """Its type and number."""
        prefix, number = parse_reference(self.reference) or ("", 0)
        return TYPES[prefix], number

    def _check_reference(self) -> None:
        object.__setattr__(self, "reference", inputs.line("reference", self.reference, most=20).upper())
        known = parse_reference(self.reference)
        if known is None or known[0] not in TYPES:
            raise Invalid("reference", N_("Give the reference of a proposal or a collaboration, such as PR-0873 or CO-0012."))

    def _check_reason(self) -> None:
        object.__setattr__(self, "reason", inputs.passage("reason", self.reason, most=2000))
        if len(self.reason) < LEAST_REASON:
            raise Invalid("reason", N_("Say in a sentence what happened: both parties read it."))
