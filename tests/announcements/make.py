"""One announcement of every kind."""

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from portal.announcements.actions import announce
from portal.announcements.inputs import Message
from portal.announcements.states import AnnouncementState, Audience
from portal.announcements.workflow import ANNOUNCEMENT_FLOW
from portal.kernel import clock
from tests import build

DAY = dt.timedelta(days=1)


def announce_everything(session: Session, by: Any) -> None:
    """For each audience one in each state, and those whose time is over or has not come although nobody wrote it down."""
    today = clock.now().replace(hour=0, minute=0)
    for audience in Audience:
        given = Message("News.", audience=audience, ends=f"{today + 9 * DAY:%Y-%m-%dT%H:%M}")
        for state in AnnouncementState:
            build.walk(session, ANNOUNCEMENT_FLOW, announce(session, given, actor=by), state, by=by)
        for starts_at in (today - 2 * DAY, today + DAY):
            announcement = announce(session, given, actor=by)
            announcement.starts_at, announcement.ends_at = starts_at, starts_at + DAY
