"""What people do to collaborations and their parts, apart from the steps of their workflows."""

from portal.collaborations.actions.opening import open_for_accepted, release_collaboration
from portal.collaborations.actions.plan import add_part, move_part, record_outcome

__all__ = ["add_part", "move_part", "open_for_accepted", "record_outcome", "release_collaboration"]
