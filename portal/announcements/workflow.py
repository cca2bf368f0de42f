"""An announcement begins and ends by the clock; an administrator may take it back before."""

from sqlalchemy import delete

from portal.announcements.events import AnnouncementBegun, AnnouncementEnded, AnnouncementTakenBack
from portal.announcements.models import Announcement, Dismissal
from portal.announcements.states import AnnouncementState as A
from portal.kernel.policy import ADMIN, SYSTEM
from portal.kernel.text import N_
from portal.kernel.workflow import Step, T, Workflow


def forget_who_dismissed_it(step: Step) -> None:
    """Who has read what is nobody's business once nothing depends on it."""
    step.session.execute(delete(Dismissal).where(Dismissal.announcement_id == step.thing.id))


ANNOUNCEMENT_FLOW = Workflow(
    of=Announcement,
    start=A.COMING,
    ends=(A.ENDED, A.TAKEN_BACK),
    table=(
        T("begin", N_("Show it when its time comes"), (A.COMING,), A.RUNNING, SYSTEM, AnnouncementBegun),
        T("end", N_("End it in time"), (A.RUNNING,), A.ENDED, SYSTEM, AnnouncementEnded, effects=(forget_who_dismissed_it,)),
        T(
            "take_back", N_("Take it back"), (A.COMING, A.RUNNING), A.TAKEN_BACK, ADMIN, AnnouncementTakenBack,
            effects=(forget_who_dismissed_it,),
        ),
    ),
)  # fmt: skip
