"""What the demonstration's administrator told everybody: something that is over, and a maintenance that is to come."""

import datetime as dt
from zoneinfo import ZoneInfo

from portal.accounts.seeds import OPERATOR
from portal.announcements.actions import announce
from portal.announcements.inputs import Message
from portal.announcements.states import Audience, Tone
from portal.kernel import clock
from portal.kernel.seeding import Stage

_ZONE = "Europe/Brussels"
_MAINTENANCE = (
    "On %s between 22:00 and 23:00 the portal is updated and cannot be reached. Drafts are kept; send what is due before."
)
_QUESTIONS = "New: questions about an internship can be asked on its own page, and everybody can read the answer."


def seed(stage: Stage) -> None:
    """One of them ran its course two months ago."""
    stage.plan(stage.ago(62), lambda: _announce(stage, _QUESTIONS, 7, tone=Tone.NEWS, audience=Audience.STUDENTS))
    stage.plan(stage.ago(1), lambda: _announce_maintenance(stage))


def _announce_maintenance(stage: Stage) -> None:
    day = clock.now().astimezone(ZoneInfo(_ZONE)) + dt.timedelta(days=4)
    link = {"link_label": "How the portal is run", "link_href": "/help/operators"}
    _announce(stage, _MAINTENANCE % f"{day:%A} {day.day} {day:%B}", 4, tone=Tone.MAINTENANCE, **link)


def _announce(stage: Stage, text: str, days: int, **values: object) -> None:
    ends = clock.now().astimezone(ZoneInfo(_ZONE)) + dt.timedelta(days=days)
    message = Message(text, ends=f"{ends:%Y-%m-%d}T23:00", zone=_ZONE, **values)  # type: ignore[arg-type]
    announce(stage.session, message, actor=stage.actor_of(OPERATOR))
