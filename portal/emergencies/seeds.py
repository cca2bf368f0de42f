"""The demonstration's emergency: one administrator asks, another one has not decided yet."""

from portal.accounts.seeds import OPERATOR
from portal.emergencies.actions import ask_to_read
from portal.emergencies.inputs import Emergency
from portal.kernel.seeding import Stage


def seed(stage: Stage) -> None:
    """Yesterday somebody complained of a proposal."""
    stage.plan(stage.ago(1), lambda: _ask(stage))


def _ask(stage: Stage) -> None:
    proposal = stage.made.get(("proposal", "track/ingrid"))
    if proposal is not None:
        reason = "A train driver writes that it names him and his illness. We have to see whether that is so."
        ask_to_read(stage.session, Emergency(proposal.reference, reason), actor=stage.actor_of(OPERATOR))
