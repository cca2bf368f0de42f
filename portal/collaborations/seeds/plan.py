"""How milestones of the demonstration are begun one after the other, and slip where the work is late."""

import datetime as dt

from portal.collaborations.actions import move_part
from portal.collaborations.inputs import NewDate
from portal.collaborations.models import Collaboration, Milestone
from portal.collaborations.states import AHEAD, MilestoneState
from portal.collaborations.workflow import MILESTONE_FLOW
from portal.kernel.policy import Actor
from portal.kernel.seeding import Stage

_DAYS_MORE = 28


def begin_next(stage: Stage, collaboration: Collaboration, lead: Actor) -> None:
    """What comes next is in progress."""
    following = [milestone for milestone in collaboration.milestones if milestone.state in AHEAD]
    if following and following[0].state is MilestoneState.PLANNED:
        MILESTONE_FLOW.perform(stage.session, following[0], "begin", actor=lead)


def slip(stage: Stage, milestone: Milestone, lead: Actor) -> None:
    """Four weeks more for a milestone that is still ahead."""
    if milestone.state in AHEAD:
        later = milestone.due_on + dt.timedelta(days=_DAYS_MORE)
        move_part(stage.session, milestone, NewDate(later, "The delivery of the second sensor took longer."), actor=lead)
