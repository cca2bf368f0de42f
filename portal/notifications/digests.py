"""News in one mail: gathered until seven in the morning of its reader, every day or on Mondays.

Nothing remembers when the last mail went: what waits since before the latest such morning is due. A worker that was off for days
sends one mail, and one that runs twice sends none.
"""

import datetime as dt
from zoneinfo import ZoneInfo

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.kernel import clock
from portal.kernel.errors import Invalid
from portal.kernel.text import N_
from portal.notifications.actions import queue_mail
from portal.notifications.models import DigestItem
from portal.notifications.queries import preference_of
from portal.notifications.states import Channel
from portal.web.words import gettext

HOUR = dt.time(7)
AT_ONCE = 200  # people per run: the writer's place is held meanwhile
_HEADINGS = {Channel.DAILY: N_("Your news of the day"), Channel.WEEKLY: N_("Your news of the week")}


def send_digests(session: Session) -> int:
    """Queue a mail for everybody whose morning has come since something began to wait for them; returns how many."""
    waiting = select(DigestItem.account_id, DigestItem.often, func.min(DigestItem.at).label("since"), User.time_zone)
    waiting = waiting.join(User, User.id == DigestItem.account_id).where(DigestItem.delivery_id.is_(None), User.active)
    waiting = waiting.group_by(DigestItem.account_id, DigestItem.often, User.time_zone)
    due = [row for row in session.execute(waiting).all() if row.since < last_morning(row.often, row.time_zone or "UTC")]
    return sum(_send(session, row.account_id, row.often) for row in due[:AT_ONCE])


def last_morning(often: Channel, zone: str) -> dt.datetime:
    """The latest seven o'clock that has passed there – of a Monday, where mails are weekly."""
    local = clock.now().astimezone(ZoneInfo(zone))
    day = local.date() if local.time() >= HOUR else local.date() - dt.timedelta(days=1)
    if often is Channel.WEEKLY:
        day -= dt.timedelta(days=day.weekday())
    return dt.datetime.combine(day, HOUR, local.tzinfo).astimezone(clock.UTC)


def _send(session: Session, account_id: int, often: Channel) -> int:
    """The mail gets its text when it is sent, with what its reader may still see and has not seen yet."""
    mine = DigestItem.account_id == account_id, DigestItem.often == often, DigestItem.delivery_id.is_(None)
    items = select(DigestItem.notification_id).where(*mine).with_for_update(skip_locked=True)
    numbers = session.scalars(items).all()  # none where another worker was faster
    account = session.get_one(User, account_id)
    if not numbers:
        return 0
    try:
        mail = queue_mail(session, to=account.email, subject=gettext(_HEADINGS[often]), text="", account_id=account.id)
    except Invalid:  # no mail can be sent there: what happened stands in the list
        session.execute(delete(DigestItem).where(*mine))
        return 0
    mail.next_at = preference_of(session, account_id).after_quiet(mail.next_at, account.time_zone or "UTC")
    session.execute(update(DigestItem).where(DigestItem.notification_id.in_(numbers)).values(delivery_id=mail.id))
    return 1
