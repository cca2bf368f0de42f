"""The way over another service and back: what this browser's cookie remembers of it.

Coming back changes nothing by itself. Who was shown waits in the signed cookie until the person presses a button here, so no
page elsewhere can sign anybody in or link anything; and a link takes nothing that was shown before its last use.
"""

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any

import structlog
from flask import current_app, request, url_for
from flask import session as cookie

from portal.accounts.fetching import Unreachable
from portal.accounts.models import Link
from portal.accounts.oidc import Conversation, NotShown, Question, Shown
from portal.kernel import clock
from portal.kernel.errors import Missing
from portal.kernel.settings import Provider, Settings

ASKED_KEY, SHOWN_KEY = "elsewhere-asked", "elsewhere-shown"
ENTER, LINK, AGAIN = "enter", "link", "again"
_ASKED_FOR, _SHOWN_FOR = dt.timedelta(minutes=10), dt.timedelta(hours=1)  # as long as the mail that confirms an address
_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Arrival:
    """Whom a provider showed in this browser, when, and what for."""

    shown: Shown
    purpose: str
    at: dt.datetime

    @property
    def provider(self) -> Provider | None:
        """None where the settings name it no longer."""
        return next((one for one in providers() if one.issuer == self.shown.issuer), None)

    def is_of(self, link: Link) -> bool:
        return (link.issuer, link.subject) == (self.shown.issuer, self.shown.subject)

    def opens(self, link: Link) -> bool:
        """Whether it is the link's own and was shown after the link's last use."""
        return self.is_of(link) and self.at > link.used_at


def providers() -> tuple[Provider, ...]:
    """Who may say who people are."""
    settings: Settings = current_app.extensions["settings"]
    return settings.providers


def set_out(key: str, purpose: str, target: str) -> str:
    """Where to send the browser.

    Raises:
        Missing: there is no such provider.
        Unreachable: it does not answer.
    """
    talk = _conversation(key)
    address, question = talk.begin(_back(key), again=purpose == AGAIN)
    cookie[ASKED_KEY] = {"key": key, "purpose": purpose, "target": target, **asdict(question)}
    return address


def come_in(key: str) -> str:
    """Take what the provider `key` sent back with this request; returns where the person was going.

    Raises:
        Missing: there is no such provider.
        Unreachable: it does not answer.
        NotShown: the answer is not to this browser's question, or proves nothing.
    """
    talk, asked = _conversation(key), cookie.pop(ASKED_KEY, None)
    if not isinstance(asked, dict) or asked.pop("key") != key or asked["state"] != request.args.get("state"):
        raise NotShown("no answer to a question of this browser")
    purpose, target = asked.pop("purpose"), str(asked.pop("target"))
    question = Question(**asked)
    if clock.now().timestamp() - question.asked_at > _ASKED_FOR.total_seconds():
        raise NotShown("too late")
    if request.args.get("iss", talk.provider.issuer) != talk.provider.issuer or not (code := request.args.get("code")):
        raise NotShown(f"refused there: {request.args.get('error', '')[:40]!r}")
    shown = talk.finish(code, question, _back(key), again=purpose == AGAIN)
    cookie[SHOWN_KEY] = {"purpose": purpose, "at": clock.now().timestamp(), **asdict(shown)}
    return target


def arrived() -> Arrival | None:
    """Whom a provider showed in this browser within the last hour."""
    kept = cookie.get(SHOWN_KEY)
    if not isinstance(kept, dict):
        return None
    shown: dict[str, Any] = {name: value for name, value in kept.items() if name not in ("purpose", "at")}
    at = dt.datetime.fromtimestamp(kept["at"], clock.UTC)
    return Arrival(Shown(**shown), kept["purpose"], at) if dt.timedelta(0) <= clock.now() - at <= _SHOWN_FOR else None


def forget() -> None:
    """Nobody is shown any more."""
    cookie.pop(SHOWN_KEY, None)


def note(key: str, problem: Exception) -> None:
    """For whoever runs the portal: why somebody did not get in over another service."""
    away = isinstance(problem, Unreachable)
    _log.warning("provider_away" if away else "provider_not_believed", provider=key, why=str(problem)[:300])


def _conversation(key: str) -> Conversation:
    talks: dict[str, Conversation] = current_app.extensions.setdefault("providers", {})
    if key not in talks:
        provider = next((one for one in providers() if one.key == key), None)
        if provider is None:
            raise Missing
        talks[key] = Conversation(provider)
    return talks[key]


def _back(key: str) -> str:
    """The one address that the provider knows, whatever host this request names."""
    settings: Settings = current_app.extensions["settings"]
    return settings.base_url.rstrip("/") + url_for("accounts.come_back", key=key)
