"""What a notification says, in the list and in its mail: made when it is read or sent, with the reader's rights at that time."""

import datetime as dt
import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.kernel.errors import Missing
from portal.kernel.events import Event
from portal.kernel.notices import Notice
from portal.kernel.policy import Actor
from portal.kernel.sentences import Named, actor_words, names_for, spelled
from portal.kernel.settings import Settings
from portal.kernel.subjects import load_subject, subject_named
from portal.kernel.text import N_, Words
from portal.notifications.inputs import Mail, with_params
from portal.notifications.models import Delivery, Notification
from portal.notifications.queries import gathered_in, worded
from portal.notifications.stopping import stop_link
from portal.web.filters import moment
from portal.web.words import SOURCE, gettext

Render = Callable[[str, Mapping[str, Any]], str]  # a template's name and its values → text
_TEMPLATE = "mail/notices/notice"
_GATHERED = "mail/notices/digest"
_SAMPLES = {"title": "Quiet pumps for district heating", "actor": "Helena Brandt"}
_GONE = N_("News about something that you can no longer see")


def subject_line(session: Session, event: Event, notice: Notice, actor: Actor) -> str:
    """The line that says what happened, to a reader who may know."""
    return gettext(Words(worded(session, notice)[0], _values(session, event, actor)))


@dataclass(frozen=True)
class Line:
    """One notification in the list; without `href` its thing can no longer be seen."""

    id: int
    text: Words
    href: str
    why: Words
    at: dt.datetime
    seen: bool


def lines_for(session: Session, actor: Actor, rows: Sequence[Any], notices: Sequence[Notice]) -> list[Line]:
    """Notifications as sentences, with the names of things that may be read now, looked up in one statement."""
    names = names_for(session, actor, {(row.subject_type, row.subject_id): row.event_id for row in rows})
    said = {notice.fact.kind: notice.subject for notice in reversed(notices)}
    return [_line(row, names.get((row.subject_type, row.subject_id)), said.get(row.kind)) for row in rows]


def _line(row: Any, named: Named | None, said: str | None) -> Line:
    text = Words(_GONE)
    if named is not None and said is not None:
        actor = actor_words(row.kind, row.actor_id, row.actor_name)
        text = Words(said, {**spelled(row.subject_type, row.data), "title": named.title, "actor": actor})
    return Line(row.id, text, named.href if named else "", Words(row.reason), row.at, row.seen_at is not None)


class Composer:
    """Writes the mail of a notification when it is about to be sent. Other mails say what they said when they were queued."""

    def __init__(
        self, notices: Sequence[Notice], actor_for: Callable[[Session, int], Actor | None], render: Render, settings: Settings
    ) -> None:
        self._notices = notices
        self._actor_for = actor_for
        self._render = render
        self._settings = settings

    def __call__(self, session: Session, delivery: Delivery) -> Mail | None:
        """The mail, or None where its reader may no longer know what it would tell."""
        if delivery.notification_id is None:
            whole = Mail(delivery.to_address, delivery.subject, delivery.text, delivery.html)
            return whole if delivery.text else self._gathered(session, delivery)
        notification = session.get_one(Notification, delivery.notification_id)
        event = session.get_one(Event, notification.event_id)
        actor = self._actor_for(session, notification.account_id)
        notice = self._notice_for(session, event, notification)
        if actor is None or notice is None or not notice.is_for(session, event, actor):
            return None
        stop_href = stop_link(self._settings, notification.account_id)
        try:
            values = self._mail_values(session, event, notice, actor) | {
                "reason": _reason(notification.reason),
                "stop_href": stop_href,
            }
        except Missing:
            return None
        text, html = (self._render(f"{_TEMPLATE}.{kind}", {"mail": values}) for kind in ("txt", "html"))
        return Mail(delivery.to_address, values["subject"], text, html, stop_href)

    def _gathered(self, session: Session, delivery: Delivery) -> Mail | None:
        """The mail that tells of all that waited for its reader, as far as they may still see it."""
        actor = self._actor_for(session, delivery.account_id) if delivery.account_id else None
        rows = gathered_in(session, delivery)
        if actor is None or not rows:
            return None
        mine = [row for row in rows if self._is_for(session, actor, row)]
        base = self._settings.base_url.rstrip("/")
        lines = [line for line in lines_for(session, actor, mine, self._notices) if line.href]
        if not lines:
            return None
        stop_href = stop_link(self._settings, actor.id or 0)
        values = _frame(self._settings, delivery.subject) | {
            "news": [(gettext(line.text), base + line.href, gettext(line.why)) for line in lines],
            "lead": gettext(N_("What happened since the last mail, and what you have not seen yet.")),
            "button": (gettext(N_("See all notifications")), f"{base}/me/notifications"),
            "reason": gettext(N_("You chose to hear of these together.")),
            "stop_href": stop_href,
        }
        text, html = (self._render(f"{_GATHERED}.{kind}", {"mail": values}) for kind in ("txt", "html"))
        return Mail(delivery.to_address, delivery.subject, text, html, stop_href)

    def _is_for(self, session: Session, actor: Actor, row: Any) -> bool:
        """Whether this is more than the inside of an organisation that the reader has left, and still so."""
        event = session.get_one(Event, row.event_id)
        return any(notice.is_for(session, event, actor) for notice in self._notices if notice.fact.kind == row.kind)

    def _notice_for(self, session: Session, event: Event, notification: Notification) -> Notice | None:
        """The notice that names this person: two features may have something to say about one fact."""
        fitting = [notice for notice in self._notices if notice.fact.kind == event.kind]
        if len(fitting) < 2:
            return next(iter(fitting), None)
        return next(
            (n for n in fitting if any(c.account_id == notification.account_id for c in n.concerned(session, event))), None
        )

    def _mail_values(self, session: Session, event: Event, notice: Notice, actor: Actor) -> dict[str, Any]:
        """What the mail layout wants to know.

        Raises:
            Missing: the reader may not read the thing.
        """
        told = _values(session, event, actor)
        thing = load_subject(session, event.subject_type, event.subject_id, actor=actor)
        base, own = self._settings.base_url.rstrip("/"), subject_named(event.subject_type).href(thing)
        subject, lead = (gettext(Words(sentence, told)) for sentence in worded(session, notice))
        return _frame(self._settings, subject) | {
            "preview": lead,
            "mine": notice.is_turn,
            "turn": gettext(N_("Your turn, %(name)s"), name=actor.name.split(" ")[0]) if notice.is_turn else "",
            "lead": lead,
            "button": (gettext(notice.button), base + (notice.href(session, event) if notice.href else own)),
            "facts": _facts(notice, thing),
        }


def _facts(notice: Notice, thing: Any) -> list[tuple[str, str]]:
    pairs = notice.facts(thing) if notice.facts is not None else ()
    return [(gettext(label), moment(v) if isinstance(v, dt.datetime) else str(v)) for label, v in pairs if v]


def _frame(settings: Settings, subject: str) -> dict[str, Any]:
    """What every mail's layout wants to know."""
    return {
        "lang": SOURCE,
        "dir": "ltr",
        "portal_name": settings.portal_name,
        "subject": subject,
        "heading": subject,
        "settings_href": f"{settings.base_url.rstrip('/')}/me/notifications/choices",
    }


def _reason(why: str) -> str:
    return gettext(Words(N_("You get this %(why)s."), {"why": Words(why)}))


def _values(session: Session, event: Event, actor: Actor) -> dict[str, Any]:
    """What the sentences of a notice may use.

    Raises:
        Missing: the reader may not read the thing.
    """
    thing = load_subject(session, event.subject_type, event.subject_id, actor=actor)
    account = session.get(User, event.actor_id) if event.actor_id is not None else None
    return {
        **spelled(event.subject_type, event.data),
        "title": subject_named(event.subject_type).title(thing),
        "actor": actor_words(event.kind, event.actor_id, account.name if account else None),
    }


def fields_of(notice: Notice) -> tuple[str, ...]:
    """What the words of its mails may name; numbers of rows say nothing to anybody."""
    return ("title", "actor", *(name for name in inspect.signature(notice.fact).parameters if not name.endswith("_id")))


def sample_mail(notice: Notice, subject: str, lead: str, settings: Settings, render: Render) -> tuple[str, str]:
    """Subject and plain text of a mail as somebody would get it, with made-up values."""
    values = {name: _SAMPLES.get(name, "3") for name in fields_of(notice)}
    said, first = (gettext(Words(with_params(text), values)) for text in (subject, lead))
    base = settings.base_url.rstrip("/")
    mail = {
        "heading": said,
        "lead": first,
        "turn": gettext(N_("Your turn, %(name)s"), name="Ada") if notice.is_turn else "",
        "button": (gettext(notice.button), f"{base}/…"),
        "facts": (),
        "otherwise": "",
        "settings_href": f"{base}/me/notifications/choices",
        "reason": _reason(N_("because you take part in this")),
    }
    return said, render(f"{_TEMPLATE}.txt", {"mail": mail})
