"""Who sees an announcement: those it is for, while it holds by the clock, whatever the worker has written down."""

from sqlalchemy import and_

from portal.announcements.models import OPEN, Announcement
from portal.announcements.states import Audience
from portal.kernel import clock
from portal.kernel.policy import Actor, Rule
from portal.kernel.text import N_


def audiences_of(actor: Actor) -> tuple[Audience, ...]:
    """Those that this person, or a visitor, belongs to."""
    if not actor.is_person:
        return (Audience.EVERYBODY,)
    return tuple(each for each in Audience if each.value in (Audience.EVERYBODY.value, Audience.SIGNED_IN.value, actor.kind))


AUDIENCE = Rule(
    N_("those it is for"),
    lambda actor, announcement: announcement.audience in audiences_of(actor),
    lambda actor: Announcement.audience.in_(audiences_of(actor)),
)
SHOWN = Rule(
    N_("while it holds"),
    lambda _actor, announcement: announcement.state in OPEN and announcement.starts_at <= clock.now() < announcement.ends_at,
    lambda _actor: and_(Announcement._state.in_(OPEN), Announcement.starts_at <= clock.now(), Announcement.ends_at > clock.now()),
)
SEE = AUDIENCE & SHOWN
