"""What the demonstration's officers keep of their boards."""

from portal.board.actions import keep_view
from portal.board.inputs import Kept
from portal.kernel.seeding import Stage

KEPT = (
    ("farid", "Past its date", "overdue=y&view=table"),
    ("farid", "In approval", "state=proposal.in_approval&view=table"),
    ("nora", "Running work", "state=collaboration.active&view=table"),
)


def seed(stage: Stage) -> None:
    """None opens by itself: whoever tries the portal meets the lanes first."""
    for key, name, address in KEPT:
        stage.plan(stage.ago(12), lambda k=key, n=name, a=address: _keep(stage, k, n, a))  # type: ignore[misc]


def _keep(stage: Stage, key: str, name: str, address: str) -> None:
    keep_view(stage.session, Kept(name, address), actor=stage.actor_of(key))
