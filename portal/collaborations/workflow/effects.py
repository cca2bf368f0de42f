"""What several of the tables do when a step is taken."""

from portal.kernel.workflow import Step


def keep_reason(step: Step) -> None:
    step.thing.note = step.given.text
